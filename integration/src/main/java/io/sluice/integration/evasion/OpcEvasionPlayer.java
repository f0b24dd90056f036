package io.sluice.integration.evasion;

import io.sluice.integration.peer.Asked;
import io.sluice.integration.peer.FrameSocket;
import io.sluice.integration.peer.OpcSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;

/**
 * Plays {@link OpcCases}: Milo's client makes the messages, and a {@link RawRelay} sends the write as the case says. Requests:
 * {@code play CASE VALUE}. It answers with what the client saw, {@code answered} or a fault, and the bytes of the write in
 * hexadecimal.
 */
public final class OpcEvasionPlayer {
    private static final String SPEED = "Line3.Speed";
    private static final int WIDE = 65_535, NARROW = 8_196, IMAGE = 20_000;

    /** A number that the policy allows, of the form that the other bytes have as well. */
    private static final double PERMITTED = 777.25;

    private final FrameSocket socket;
    private final Ends ends;

    private OpcEvasionPlayer(FrameSocket socket, Ends ends) {
        this.socket = socket;
        this.ends = ends;
    }

    /** Arguments: link, own Ethernet address, own address, the server's Ethernet address, its address. */
    public static void main(String[] arguments) throws Exception {
        try (FrameSocket socket = new FrameSocket(arguments[0])) {
            Ends ends = new Ends(arguments[1], arguments[2], arguments[3], arguments[4], 4840, 0);
            Asked.serve(new OpcEvasionPlayer(socket, ends)::answer);
        }
    }

    private List<String> answer(String[] words) throws Exception {
        EvasionCase played = OpcCases.named(words[1]);
        double value = Double.parseDouble(words[2]);
        boolean chunked = played.name().equals("chunked");
        try (RawRelay relay = new RawRelay(socket, ends);
                OpcSession session = OpcSession.open("127.0.0.1", relay.port(), chunked ? NARROW : WIDE)) {
            relay.arm(played.script(), bytes -> replaced(bytes, value));
            String saw = switch (played.name()) {
                case "with-read", "swallow" -> session.readAndWrite(SPEED, value);
                case "chunked" -> session.writeBehind("Line3.Image", IMAGE, SPEED, value);
                default -> session.write(SPEED, value);
            };
            byte[] bytes = relay.played();
            return List.of(saw.equals("Good") ? "answered" : saw, bytes == null ? "" : HexFormat.of().formatHex(bytes));
        }
    }

    /** A message with another number in the place of one. */
    private static byte[] replaced(byte[] bytes, double value) {
        String number = hex(value);
        return HexFormat.of().parseHex(HexFormat.of().formatHex(bytes).replace(number, hex(PERMITTED)));
    }

    private static String hex(double value) {
        return HexFormat.of().formatHex(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array());
    }
}
