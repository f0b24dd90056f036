package io.sluice.integration.evasion;

import io.sluice.integration.evasion.EvasionCase.Kind;
import io.sluice.integration.peer.Asked;
import io.sluice.integration.peer.FrameSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Plays {@link Cases} from a link without help of the kernel's TCP. Requests:
 * {@code play CASE PORT VALUE DECOY PATIENCE}, where PATIENCE is how many milliseconds the answer to the subject may take; 0 waits
 * until it is acknowledged. It answers with {@code answered}, {@code reset}, {@code closed} or {@code silence}; and the bytes of a
 * read in hexadecimal that a connection made afterwards got through, or {@code refused}. {@code end} resets both connections: a
 * server's process that is slow may have read nothing before, and a reset throws away what it has not read.
 */
public final class EvasionPlayer {
    /** Long enough for the answer to a read to come before the play goes on. */
    private static final int SETTLE_MILLISECONDS = 5, UNTIL_ACKNOWLEDGED = 0;

    private final FrameSocket socket;
    private final String mac;
    private final String serverMac;
    private final List<RawConnection> open = new ArrayList<>();

    private EvasionPlayer(FrameSocket socket, String mac, String serverMac) {
        this.socket = socket;
        this.mac = mac;
        this.serverMac = serverMac;
    }

    /** Arguments: link, own Ethernet address, the server's. */
    public static void main(String[] arguments) throws Exception {
        try (FrameSocket socket = new FrameSocket(arguments[0])) {
            Asked.serve(new EvasionPlayer(socket, arguments[1], arguments[2])::answer);
        }
    }

    private List<String> answer(String[] words) {
        return switch (words[0]) {
            case "play" -> play(words);
            case "end" -> end();
            default -> List.of("unknown: " + words[0]);
        };
    }

    private List<String> end() {
        open.forEach(RawConnection::close);
        open.clear();
        return List.of();
    }

    private RawConnection connection(Ends ends) {
        RawConnection connection = new RawConnection(socket, ends);
        open.add(connection);
        return connection;
    }

    private List<String> play(String[] words) {
        EvasionCase played = Cases.named(words[1]);
        int port = Integer.parseInt(words[2]);
        Ends ends = ends(played.kind(), port);
        Material material = Material.of(Integer.parseInt(words[3]), Integer.parseInt(words[4]));
        String saw = play(played, connection(ends), material, Integer.parseInt(words[5]));
        byte[] last = Material.last();
        return List.of(saw, again(connection(ends), last) ? HexFormat.of().formatHex(last) : "refused");
    }

    private Ends ends(Kind kind, int port) {
        return switch (kind) {
            case VLAN -> new Ends(mac, "10.3.10.106", serverMac, "10.3.10.10", port, 10);
            case IPV6 -> new Ends(mac, "fd00:3::106", serverMac, "fd00:3::10", port, 0);
            default -> new Ends(mac, "10.3.1.106", serverMac, "10.3.1.10", port, 0);
        };
    }

    private static String play(EvasionCase played, RawConnection connection, Material material, int patience) {
        int start = 0;
        if (played.kind() == Kind.TIMESTAMPS) {
            connection.withTimestamps();
        }
        if (played.kind() != Kind.CLOSED) {
            if (!connection.open()) {
                return "no connection";
            }
            connection.segment(0, material.read());
            start = material.read().length;
            if (!connection.awaitAcknowledged(start)) {
                return "no acknowledgment of the first read";
            }
            connection.pause(SETTLE_MILLISECONDS);
        }
        played.script().play(new Play(connection, material, start));
        int end = start + material.subject().length;
        if (patience == UNTIL_ACKNOWLEDGED) {
            connection.awaitAcknowledged(end);
            return "silence";
        }
        return saw(connection, material, patience);
    }

    /** The answer to a write of one register is its echo: Modbus application protocol V1.1b3 §6.6. */
    private static String saw(RawConnection connection, Material material, int patience) {
        connection.await(() -> connection.isOver() || contains(connection.received(), material.subject()), patience);
        if (contains(connection.received(), material.subject())) {
            return "answered";
        }
        return connection.isReset() ? "reset" : connection.isOver() ? "closed" : "silence";
    }

    private static boolean contains(byte[] all, byte[] part) {
        for (int from = 0; from + part.length <= all.length; from++) {
            if (Arrays.equals(all, from, from + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }

    private static boolean again(RawConnection connection, byte[] read) {
        if (!connection.open()) {
            return false;
        }
        connection.segment(0, read);
        return connection.awaitAcknowledged(read.length) && !connection.isReset();
    }
}
