package io.sluice.engine;

import static io.sluice.testdata.PacketBuilder.RST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.engine.Cuts.Piece;
import io.sluice.rules.CompiledPolicy;
import io.sluice.testdata.TcpOptions;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Two ends that read only the frames a host would send stay in step, whatever one of them does, until both are reset. */
class EmissionProperties {
    private static final CompiledPolicy RESET = Desk.policy("enforce", "reset");
    private static final CompiledPolicy DROP = Desk.policy("enforce", "drop");
    private static final int[] STARTS = {1000, -1, -2, -40, Integer.MAX_VALUE - 20, Integer.MIN_VALUE, 0};

    /** The server's end: takes segments as a receiver does that keeps nothing out of order. */
    private static final class Server {
        private final ByteArrayOutputStream read = new ByteArrayOutputStream();
        private final int first;
        private boolean reset;

        Server(int first) {
            this.first = first;
        }

        int expected() {
            return first + read.size();
        }

        void receive(Emitted frame) {
            assertFalse(reset, "a frame behind the RST");
            Packet p = frame.packet();
            if ((p.flags() & RST) != 0) {
                assertEquals(expected(), p.sequence(), "RFC 5961 would not believe it");
                reset = true;
                return;
            }
            int old = expected() - p.sequence();
            assertTrue(old >= 0, "a gap of " + -old);
            byte[] payload = frame.payload();
            for (int i = 0; i < Math.min(old, payload.length); i++) {
                int at = p.sequence() + i - first;
                assertEquals(read.toByteArray()[at], payload[i], "other content for byte " + at);
            }
            if (payload.length > old) {
                read.write(payload, old, payload.length - old);
            }
        }
    }

    private static void play(int seed) {
        RandomGenerator random = new SplittableRandom(seed);
        Requests requests = Requests.draw(1 + random.nextInt(40), random.nextBoolean(), random);
        Wire wire = new Wire(STARTS[random.nextInt(STARTS.length)] - random.nextInt(300),
                STARTS[random.nextInt(STARTS.length)]);
        int length = requests.stream.length;
        List<Piece> pieces = Cuts.repeated(Cuts.random(length, 1 + random.nextInt(300), random), length, random);
        if (random.nextBoolean()) {
            pieces = Cuts.shuffled(pieces, 2 + random.nextInt(6), random);
        }
        try (Desk desk = new Desk(random.nextInt(3) == 0 ? DROP : RESET, Profile.INLINE, EngineLimits.DEFAULT)) {
            TcpOptions mss = new TcpOptions().maximumSegmentSize(64 + random.nextInt(200));
            desk.accept(random.nextBoolean() ? wire.syn() : wire.syn().options(mss));
            desk.accept(random.nextBoolean() ? wire.synAck() : wire.synAck().options(mss));
            desk.accept(wire.client(0));
            Server server = new Server(wire.clientStart + 1);
            boolean toldClient = false;
            for (Piece piece : pieces) {
                List<Emitted> sent = desk.send(wire.client(piece.from(), requests.bytes(piece.from(), piece.to())));
                toldClient |= deliver(sent, server, wire);
                if (random.nextInt(3) == 0 && !server.reset) {
                    wire.serverAcknowledges = server.expected() - wire.clientStart - 1;
                    desk.send(wire.server(0));
                }
            }
            assertEquals(server.reset, toldClient, "one end was told, the other not");
            onlyPermitted(requests, server.read.toByteArray());
        }
    }

    /** Returns whether the client got a RST. */
    private static boolean deliver(List<Emitted> sent, Server server, Wire wire) {
        boolean told = false;
        for (Emitted frame : sent) {
            if (frame.back()) {
                assertEquals(wire.serverStart + 1, frame.packet().sequence());
                told = true;
            } else {
                server.receive(frame);
            }
        }
        return told;
    }

    private static void onlyPermitted(Requests requests, byte[] read) {
        StringBuilder permitted = new StringBuilder();
        for (Requests.Request request : requests.list) {
            permitted.append(HexFormat.of().formatHex(request.bytes()));
            if (!request.kind().permitted) {
                // the head of a refused one may have gone on, its last byte never
                permitted.setLength(permitted.length() - 2);
                break;
            }
        }
        String arrived = HexFormat.of().formatHex(read);
        assertTrue(permitted.toString().startsWith(arrived), () -> "arrived " + arrived + " of " + permitted);
    }

    @Test
    void bothEndsStayInStep() {
        for (int seed = 0; seed < 1500; seed++) {
            try {
                play(seed);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }
}
