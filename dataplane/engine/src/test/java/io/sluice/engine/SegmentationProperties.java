package io.sluice.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.engine.Cuts.Piece;
import io.sluice.engine.Requests.Kind;
import io.sluice.engine.Requests.Request;
import io.sluice.rules.CompiledPolicy;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** However a stream is cut, reordered and repeated, every message gets the same verdict, and a refused one never arrives. */
class SegmentationProperties {
    private static final CompiledPolicy REPLY = Desk.policy("enforce", "reply");
    private static final CompiledPolicy RESET = Desk.policy("enforce", "reset");
    private static final CompiledPolicy DROP = Desk.policy("enforce", "drop");
    private static final List<Judge> JUDGES = List.of(new Judge(REPLY, Profile.RELAY), new Judge(RESET, Profile.RELAY),
            new Judge(REPLY, Profile.INLINE), new Judge(DROP, Profile.INLINE));
    private static final CompiledPolicy MONITOR = Desk.policy("monitor", "reply");
    private static final int[] STARTS = {1000, -1, -2, -40, Integer.MAX_VALUE - 20, Integer.MIN_VALUE, 0};

    private record Judge(CompiledPolicy policy, Profile profile) {}

    private static int start(RandomGenerator random) {
        return STARTS[random.nextInt(STARTS.length)] - random.nextInt(300);
    }

    private static List<Piece> disturbed(int length, RandomGenerator random) {
        List<Piece> pieces = Cuts.random(length, 1 + random.nextInt(random.nextBoolean() ? 20 : 400), random);
        if (random.nextBoolean()) {
            pieces = Cuts.repeated(pieces, length, random);
        }
        return random.nextBoolean() ? Cuts.shuffled(pieces, 2 + random.nextInt(6), random) : pieces;
    }

    private static List<Desk.Message> observed(Requests requests, List<Piece> pieces, Wire wire) {
        try (Desk desk = new Desk(REPLY, Profile.OBSERVE, EngineLimits.DEFAULT)) {
            wire.handshake(desk);
            for (Piece piece : pieces) {
                desk.accept(wire.client(piece.from(), requests.bytes(piece.from(), piece.to())));
            }
            desk.finish();
            assertEquals(0, desk.gapBytes);
            return desk.messages;
        }
    }

    private static List<Desk.Message> oneByOne(Requests requests) {
        List<Piece> pieces = requests.list.stream().map(r -> new Piece(r.at(), r.end())).toList();
        List<Desk.Message> messages = observed(requests, pieces, new Wire(1, 1));
        assertEquals(requests.list.size(), messages.size());
        for (int i = 0; i < messages.size(); i++) {
            Request request = requests.list.get(i);
            assertEquals(HexFormat.of().formatHex(request.bytes()), messages.get(i).bytes());
            assertEquals(request.kind().permitted, messages.get(i).allowed(), request.kind().name());
            assertEquals(request.kind().malformed(), messages.get(i).reason() == Reason.MALFORMED);
        }
        return messages;
    }

    @Test
    void observingEveryCutOfAStreamGivesTheSameVerdicts() {
        Requests requests = new Requests(List.of(Kind.values()), new SplittableRandom(7));
        List<Desk.Message> expected = oneByOne(requests);
        int length = requests.stream.length;
        for (int cut = 0; cut < length; cut++) {
            assertEquals(expected, observed(requests, Cuts.at(length, cut), new Wire(-20, 5)), "cut at " + cut);
            List<Piece> turned = new ArrayList<>(Cuts.at(length, cut)).reversed();
            assertEquals(expected, observed(requests, turned, new Wire(-20, 5)), "second before first, cut at " + cut);
        }
        for (int size = 1; size < 40; size++) {
            assertEquals(expected, observed(requests, Cuts.every(length, size), new Wire(-100, 5)),
                    "pieces of " + size);
        }
    }

    @Test
    void observingRandomSegmentationGivesTheSameVerdicts() {
        for (int seed = 0; seed < 600; seed++) {
            RandomGenerator random = new SplittableRandom(seed);
            Requests requests = Requests.draw(1 + random.nextInt(40), true, random);
            List<Piece> pieces = disturbed(requests.stream.length, random);
            assertEquals(oneByOne(requests), observed(requests, pieces, new Wire(start(random), start(random))),
                    "seed " + seed + " " + pieces);
        }
    }

    /** Drives a connection through an inline engine to a receiver, sending again until all is over. */
    private static final class Line implements AutoCloseable {
        final Profile profile;
        final Desk desk;
        final Wire wire;
        final Receiver[] receivers = {new Receiver(true), new Receiver(false)};
        final RandomGenerator random;
        final int lossIn;
        boolean over;
        private final Arena arena = Arena.ofConfined();
        private final MemorySegment released = arena.allocate(1 << 17);

        Line(CompiledPolicy policy, Profile profile, Wire wire, RandomGenerator random, int lossIn) {
            this.profile = profile;
            desk = new Desk(policy, profile, EngineLimits.DEFAULT);
            this.wire = wire;
            this.random = random;
            this.lossIn = lossIn;
            wire.handshake(desk);
        }

        void send(int offset, byte[] payload) {
            Answer answer = desk.accept(wire.client(offset, payload));
            onlyTailsAreCut(answer, offset, payload.length);
            boolean lost = lossIn > 1 && random.nextInt(lossIn) == 0;
            answer.copyReleased(released, 0);
            byte[] out = new byte[answer.releasedLength()];
            MemorySegment.copy(released, ValueLayout.JAVA_BYTE, 0, out, 0, out.length);
            for (Receiver receiver : receivers) {
                receiver.obey(answer, wire.clientStart + 1, offset, payload, out, lost);
            }
            over |= answer.flow() != null && answer.flow().ended();
            if (random.nextInt(3) == 0) {
                wire.serverAcknowledges = receivers[0].position();
                desk.accept(wire.server(0));
            }
        }

        /** Transparent, what is cut is what the receiver has, or the rest of what goes on, after which nothing does. */
        private void onlyTailsAreCut(Answer answer, int offset, int length) {
            int end = wire.clientStart + 1 + offset + length;
            if (answer.releasedLength() > 0) {
                end = answer.releasedFrom() + answer.releasedLength();
            }
            for (int i = 0; profile == Profile.INLINE && i < answer.removed(); i++) {
                int stop = answer.removedFrom(i) + answer.removedLength(i);
                boolean known = stop - (wire.clientStart + 1 + receivers[0].position()) <= 0;
                assertTrue(known || (answer.flow() != null && answer.flow().ended() && stop == end));
            }
        }

        void deliver(Requests requests, List<Piece> pieces) {
            for (Piece piece : pieces) {
                send(piece.from(), requests.bytes(piece.from(), piece.to()));
            }
            for (int round = 0; round < 2000 && !over && receivers[0].position() < requests.stream.length; round++) {
                int from = receivers[0].position();
                wire.serverAcknowledges = from;
                desk.accept(wire.server(0));
                send(from, requests.bytes(from, Math.min(requests.stream.length, from + 1 + random.nextInt(300))));
            }
            desk.finish();
        }

        @Override
        public void close() {
            desk.close();
            arena.close();
        }
    }

    /** The messages that are whole in what a receiver read. */
    private static List<String> whole(byte[] read) {
        List<String> messages = new ArrayList<>();
        for (int at = 0; at + 6 <= read.length;) {
            int size = 6 + (((read[at + 4] & 255) << 8) | (read[at + 5] & 255));
            if (at + size > read.length) {
                break;
            }
            messages.add(HexFormat.of().formatHex(read, at, at + size));
            at += size;
        }
        return messages;
    }

    private static void onlyPermittedArrives(Line line, Requests requests, String context) {
        List<String> permitted = requests.list.stream().filter(r -> r.kind().permitted)
                .map(r -> HexFormat.of().formatHex(r.bytes())).toList();
        byte[] read = line.receivers[0].read();
        assertTrue(Arrays.equals(read, line.receivers[1].read()), context + ": two readings");
        List<String> arrived = whole(read);
        assertTrue(arrived.size() <= permitted.size() && arrived.equals(permitted.subList(0, arrived.size())),
                () -> context + ": arrived " + arrived + " permitted " + permitted);
        if (!line.over) {
            assertEquals(permitted, arrived, context);
        }
    }

    private static void sameVerdictsAsObserved(Line line, Requests requests, String context) {
        List<Desk.Message> expected = oneByOne(requests);
        List<Desk.Message> got = line.desk.messages;
        assertTrue(got.size() <= expected.size(), context);
        for (int i = 0; i < got.size(); i++) {
            Desk.Message one = got.get(i);
            Desk.Message other = expected.get(i);
            assertEquals(other.allowed(), one.allowed(), context + " message " + i);
            boolean part = line.over && i == got.size() - 1;
            assertTrue(part ? other.bytes().startsWith(one.bytes()) : other.equals(one),
                    () -> context + ": " + one + " instead of " + other);
        }
        if (line.over) {
            assertFalse(got.getLast().allowed(), context);
        } else {
            assertEquals(expected, got, context);
        }
    }

    private static void carried(Judge judge, Requests requests, List<Piece> pieces, Wire wire,
            RandomGenerator random, int lossIn, String context) {
        try (Line line = new Line(judge.policy, judge.profile, wire, random, lossIn)) {
            line.deliver(requests, pieces);
            onlyPermittedArrives(line, requests, context);
            sameVerdictsAsObserved(line, requests, context);
            assertEquals(0, line.desk.engine.buffered(), context);
        }
    }

    @Test
    void inlineEveryCutOfAStreamLetsNoRefusedMessageThrough() {
        for (Judge judge : JUDGES) {
            for (Kind kind : Kind.values()) {
                Requests requests = new Requests(List.of(Kind.READ, kind, Kind.WRITE, kind, Kind.READ),
                        new SplittableRandom(3));
                int length = requests.stream.length;
                for (int cut = 0; cut < length; cut++) {
                    String context = kind + " cut at " + cut;
                    carried(judge, requests, Cuts.at(length, cut), new Wire(-30, 9), new SplittableRandom(1), 0,
                            context);
                    carried(judge, requests, Cuts.at(length, cut).reversed(), new Wire(-30, 9),
                            new SplittableRandom(1), 0, "turned " + context);
                }
                carried(judge, requests, Cuts.every(length, 1), new Wire(-30, 9), new SplittableRandom(1), 0,
                        kind + " byte by byte");
            }
        }
    }

    @Test
    void inlineRandomSegmentationWithLossLetsNoRefusedMessageThrough() {
        for (int seed = 0; seed < 600; seed++) {
            RandomGenerator random = new SplittableRandom(seed);
            Requests requests = Requests.draw(1 + random.nextInt(30), random.nextBoolean(), random);
            List<Piece> pieces = disturbed(requests.stream.length, random);
            Judge judge = JUDGES.get(random.nextInt(JUDGES.size()));
            carried(judge, requests, pieces, new Wire(start(random), start(random)), random, 1 + random.nextInt(5),
                    "seed " + seed);
        }
    }

    /** With whole messages in each segment a refusal costs no other request: all that is permitted arrives. */
    @Test
    void inlineRepliesCostNothingElse() {
        for (int seed = 0; seed < 500; seed++) {
            RandomGenerator random = new SplittableRandom(seed);
            Requests requests = Requests.draw(1 + random.nextInt(60), false, random);
            List<Piece> pieces = new ArrayList<>();
            for (int i = 0; i < requests.list.size();) {
                int next = Math.min(requests.list.size(), i + 1 + random.nextInt(8));
                pieces.add(new Piece(requests.list.get(i).at(), requests.list.get(next - 1).end()));
                i = next;
            }
            if (random.nextBoolean()) {
                pieces = Cuts.shuffled(pieces, 5, random);
            }
            try (Line line = new Line(REPLY, Profile.RELAY, new Wire(start(random), start(random)), random, 0)) {
                line.deliver(requests, pieces);
                boolean vendor = requests.list.stream().anyMatch(
                        r -> r.kind() == Kind.UNKNOWN || r.kind() == Kind.VENDOR || r.kind() == Kind.RESTART);
                assertTrue(vendor || !line.over, "seed " + seed);
                onlyPermittedArrives(line, requests, "seed " + seed);
            }
        }
    }

    /** PN98: the same stretch of the stream sent with a harmless and with a harmful content, in any order. */
    @Test
    void inlineTwoContentsForOneStretchNeverReachTheReceiver() {
        for (int seed = 0; seed < 800; seed++) {
            RandomGenerator random = new SplittableRandom(seed);
            List<Kind> good = new ArrayList<>();
            List<Kind> bad = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                good.add(Kind.READ);
                bad.add(random.nextBoolean() ? Kind.WRITE_COIL : Kind.READ);
            }
            Requests harmless = new Requests(good, random);
            Requests harmful = new Requests(bad, random);
            int length = harmless.stream.length;
            try (Line line = new Line(random.nextBoolean() ? REPLY : RESET,
                    random.nextBoolean() ? Profile.INLINE : Profile.RELAY, new Wire(start(random), start(random)),
                    random, 1 + random.nextInt(3))) {
                for (int n = 0; n < 60 && !line.over; n++) {
                    int from = Math.max(0,
                            Math.min(length - 1, line.receivers[0].position() + random.nextInt(60) - 30));
                    int to = Math.min(length, from + 1 + random.nextInt(30));
                    line.send(from, (random.nextBoolean() ? harmless : harmful).bytes(from, to));
                    assertTrue(Arrays.equals(line.receivers[0].read(), line.receivers[1].read()), "seed " + seed);
                }
                for (String message : whole(line.receivers[1].read())) {
                    assertEquals("03", message.substring(14, 16), "seed " + seed);
                }
            }
        }
    }

    /** Policy 16: monitor forwards everything unchanged and reports the same. */
    @Test
    void inlineInMonitorEverythingGoesOnUnchanged() {
        for (int seed = 0; seed < 300; seed++) {
            RandomGenerator random = new SplittableRandom(seed);
            Requests requests = Requests.draw(1 + random.nextInt(30), true, random);
            List<Piece> pieces = disturbed(requests.stream.length, random);
            try (Desk desk = new Desk(MONITOR, Profile.INLINE, EngineLimits.DEFAULT)) {
                Wire wire = new Wire(start(random), start(random));
                wire.handshake(desk);
                for (Piece piece : pieces) {
                    Answer answer = desk.accept(wire.client(piece.from(), requests.bytes(piece.from(), piece.to())));
                    assertEquals(Answer.Action.FORWARD, answer.action());
                    assertFalse(answer.reset());
                    assertEquals(0, answer.releasedLength() + answer.refusalLength() + answer.removed());
                }
                desk.finish();
                assertEquals(oneByOne(requests), desk.messages, "seed " + seed);
            }
        }
    }
}
