package io.sluice.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.engine.Requests.Request;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Observing: bytes that a capture does not hold cost the messages they belong to, and no other. */
class GapTest {
    private static final int[] STARTS = {-30, 0, 1000, Integer.MAX_VALUE - 50};

    private static String hex(Request request) {
        return HexFormat.of().formatHex(request.bytes());
    }

    /** Segments with one to four messages each; some are missing, and acknowledged by the server. */
    @Test
    void messagesBehindAGapAreFoundAgain() {
        for (int seed = 0; seed < 400; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Requests requests = Requests.draw(40, false, random);
            List<String> whole = new ArrayList<>();
            long missing = 0;
            try (Desk desk = new Desk(Profile.OBSERVE)) {
                Wire wire = new Wire(STARTS[seed % 4], 7);
                wire.handshake(desk);
                for (int i = 0; i < requests.list.size();) {
                    int next = Math.min(requests.list.size(), i + 1 + random.nextInt(4));
                    int from = requests.list.get(i).at();
                    int to = requests.list.get(next - 1).end();
                    boolean last = next == requests.list.size();
                    if (i > 0 && !last && random.nextInt(5) == 0) {
                        missing += to - from;
                    } else {
                        requests.list.subList(i, next).forEach(r -> whole.add(hex(r)));
                        desk.accept(wire.client(from, requests.bytes(from, to)));
                    }
                    wire.serverAcknowledges = to;
                    if (random.nextBoolean()) {
                        desk.accept(wire.server(0));
                    }
                    i = next;
                }
                desk.finish();
                assertEquals(whole, desk.messages.stream().map(Desk.Message::bytes).toList(), "seed " + seed);
                assertEquals(missing, desk.gapBytes, "seed " + seed);
            }
        }
    }

    /** A capture that begins anywhere in the stream, in segments that do not begin with a message. */
    @Test
    void aStreamIsTakenUpAtItsFirstWholeMessage() {
        for (int seed = 0; seed < 400; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Requests requests = Requests.draw(60, false, random);
            int begin = 1 + random.nextInt(200);
            int size = 60 + random.nextInt(200);
            List<String> expected = new ArrayList<>();
            requests.list.stream().filter(r -> r.at() >= begin).forEach(r -> expected.add(hex(r)));
            try (Desk desk = new Desk(Profile.OBSERVE)) {
                Wire wire = new Wire(STARTS[seed % 4], 7);
                for (int from = begin; from < requests.stream.length; from += size) {
                    int to = Math.min(requests.stream.length, from + size);
                    desk.accept(wire.client(from, requests.bytes(from, to)));
                }
                desk.finish();
                assertEquals(expected, desk.messages.stream().map(Desk.Message::bytes).toList(), "seed " + seed);
                long before = requests.list.stream().filter(r -> r.at() >= begin).findFirst().orElseThrow().at();
                assertEquals(before - begin, desk.gapBytes, "seed " + seed);
            }
        }
    }

    /** Framing that breaks costs what was read with it; the stream is found again at a segment that can start one. */
    @Test
    void afterBrokenFramingTheNextSegmentIsBelieved() {
        byte[] read = Requests.frame(9, 3, 0, 0, 0, 1);
        byte[] broken = Requests.frame(9, 3, 0, 0, 0, 1);
        broken[2] = 5;
        try (Desk desk = new Desk(Profile.OBSERVE)) {
            Wire wire = new Wire(-3, 7);
            wire.handshake(desk);
            desk.accept(wire.client(0, read));
            desk.accept(wire.client(12, broken));
            desk.accept(wire.client(24, read));
            assertEquals(List.of(Reason.ALLOWED, Reason.MALFORMED, Reason.ALLOWED),
                    desk.messages.stream().map(Desk.Message::reason).toList());
        }
    }

    /** A long transfer goes on for more segments than gaps can be remembered, until the one that was lost comes again. */
    @Test
    void manySegmentsBehindOneGapWaitForIt() {
        SplittableRandom random = new SplittableRandom(1);
        Requests requests = Requests.draw(300, false, random);
        try (Desk desk = new Desk(Profile.OBSERVE)) {
            Wire wire = new Wire(-3, 7);
            wire.handshake(desk);
            for (int from = 10; from < requests.stream.length; from += 10) {
                desk.accept(wire.client(from, requests.bytes(from, Math.min(requests.stream.length, from + 10))));
            }
            desk.accept(wire.client(0, requests.bytes(0, 10)));
            assertEquals(300, desk.messages.size());
            assertEquals(0, desk.gapBytes);
        }
    }

    /** A capture cut to so many bytes a frame still names what it has, and goes on behind the rest. */
    @Test
    void truncatedFramesCostOnlyWhatTheyLack() {
        byte[] longer = Requests.frame(1, 16, 0, 100, 0, 2, 4, 0, 1, 0, 1);
        byte[] read = Requests.frame(2, 3, 0, 0, 0, 1);
        try (Desk desk = new Desk(Profile.OBSERVE)) {
            Wire wire = new Wire(-3, 7);
            wire.handshake(desk);
            byte[] frame = wire.client(0, longer).build();
            desk.truncated(frame, frame.length - 4);
            desk.accept(wire.client(longer.length, read));
            assertEquals(1, desk.messages.size());
            assertTrue(desk.messages.getFirst().allowed());
            assertEquals(longer.length, desk.gapBytes);
        }
    }
}
