package io.sluice.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.engine.Requests.Kind;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A bound reached is an outcome with a name. */
class LimitsTest {
    private static final EngineLimits TINY = EngineLimits.DEFAULT.withFlows(4).withBuffers(2048, 2048);

    @Test
    void withTheSmallestMemoryStreamsOverloadAndNothingIsLeftOver() {
        for (Profile profile : Profile.values()) {
            for (int seed = 0; seed < 50; seed++) {
                SplittableRandom random = new SplittableRandom(seed);
                Requests requests = Requests.draw(60, true, random);
                try (Desk desk = new Desk(Desk.policy("enforce", "reply"), profile, TINY)) {
                    for (int port = 1; port <= 6; port++) {
                        Wire wire = new Wire(random.nextInt(), random.nextInt(), port);
                        wire.handshake(desk);
                        for (Cuts.Piece piece : Cuts.shuffled(Cuts.random(requests.stream.length, 200, random), 9,
                                random)) {
                            desk.accept(wire.client(piece.from(), requests.bytes(piece.from(), piece.to())));
                        }
                    }
                    // where refusals are obeyed, some connections are over early and make way
                    assertTrue(profile.carries() || desk.anomalies.contains(Anomaly.BUFFER_FULL));
                    assertTrue(profile.carries() || desk.anomalies.contains(Anomaly.FLOW_TABLE_FULL));
                    assertTrue(desk.engine.buffered() <= 2048);
                    desk.finish();
                    assertEquals(0, desk.engine.flows());
                    assertEquals(0, desk.engine.buffered());
                }
            }
        }
    }

    /** {@code when_unsure: overload: reset}, for every bound that a connection can meet. */
    @Test
    void overloadEndsAConnectionWhereThePolicySaysSo() {
        String text = Desk.text("enforce", "reply").replace("zones:",
                "when_unsure: {malformed: reset, opaque: drop, midstream: reset, overload: reset}\nzones:");
        byte[] much = new Requests(java.util.Collections.nCopies(400, Kind.READ), new SplittableRandom(4)).stream;
        try (Desk desk = new Desk(Desk.compile(text), Profile.INLINE, TINY)) {
            Wire[] wires = new Wire[5];
            for (int i = 0; i < 4; i++) {
                wires[i] = new Wire(1, 1, 1 + i);
                wires[i].handshake(desk);
            }
            assertTrue(desk.accept(new Wire(1, 1, 5).syn()).reset());
            assertEquals(List.of(Anomaly.FLOW_TABLE_FULL), desk.anomalies);
            Answer answer = desk.accept(wires[0].client(0, java.util.Arrays.copyOf(much, 4000)));
            assertTrue(answer.reset());
            assertEquals(Anomaly.BUFFER_FULL, answer.anomaly());
            answer = desk.accept(wires[1].client(3000, java.util.Arrays.copyOf(much, 600)));
            assertTrue(answer.reset());
            assertEquals(Anomaly.HOLD_FULL, answer.anomaly());
            assertEquals(Answer.Action.DROP, answer.action());
        }
    }

    /** Where a stream fits its window nothing is lost, however small the window: the sender's acknowledgements free it. */
    @Test
    void aSmallWindowIsEnoughForASenderThatIsAcknowledged() {
        SplittableRandom random = new SplittableRandom(4);
        Requests requests = new Requests(java.util.Collections.nCopies(2000, Kind.READ), random);
        try (Desk desk = new Desk(Desk.policy("enforce", "reply"), Profile.INLINE, TINY)) {
            Wire wire = new Wire(-900, 1);
            wire.handshake(desk);
            for (int from = 0; from < requests.stream.length; from += 600) {
                int to = Math.min(requests.stream.length, from + 600);
                assertEquals(Answer.Action.FORWARD,
                        desk.accept(wire.client(from, requests.bytes(from, to))).action());
                wire.serverAcknowledges = to;
                desk.accept(wire.server(0));
            }
            assertEquals(2000, desk.messages.size());
        }
    }

    /** A sender that is ahead of its acknowledgements by more than the window is slowed, not believed. */
    @Test
    void unacknowledgedBytesAreNeverForgottenInline() {
        SplittableRandom random = new SplittableRandom(4);
        Requests requests = new Requests(java.util.Collections.nCopies(400, Kind.READ), random);
        try (Desk desk = new Desk(Desk.policy("enforce", "reply"), Profile.INLINE, TINY)) {
            Wire wire = new Wire(-900, 1);
            wire.handshake(desk);
            int forwarded = 0;
            for (int from = 0; from < 2400; from += 600) {
                Answer answer = desk.accept(wire.client(from, requests.bytes(from, from + 600)));
                forwarded += answer.action() == Answer.Action.FORWARD ? 600 : 0;
            }
            assertEquals(1800, forwarded);
            byte[] other = requests.bytes(0, 600);
            other[500] ^= 1;
            assertEquals(Anomaly.CONFLICTING_RETRANSMISSION, desk.accept(wire.client(0, other)).anomaly());
        }
    }

    /** The claim of the package: nothing is allocated per packet. */
    @Test
    void aPacketAllocatesNothing() throws java.io.IOException {
        io.sluice.testdata.ModbusTraffic traffic = new io.sluice.testdata.ModbusTraffic(150_000, 20, 3);
        EngineListener deaf = new Deaf();
        try (Arena arena = Arena.ofShared()) {
            MemorySegment memory = arena.allocate(60L << 20);
            long[] ends = new long[150_001];
            long[] times = new long[150_000];
            int[] n = {0};
            traffic.generate((nanos, bytes, length) -> {
                if (n[0] < times.length) {
                    MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, ends[n[0]], length);
                    times[n[0]] = nanos;
                    ends[++n[0]] = ends[n[0] - 1] + length;
                }
            });
            for (Profile profile : Profile.values()) {
                try (Engine engine = new Engine(Desk.compile(traffic.policy()), profile, EngineLimits.DEFAULT, deaf)) {
                    var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory
                            .getThreadMXBean();
                    long before = 0;
                    for (int i = 0; i < times.length; i++) {
                        if (i == 50_000) {
                            before = threads.getCurrentThreadAllocatedBytes();
                        }
                        int length = (int) (ends[i + 1] - ends[i]);
                        engine.accept(memory, ends[i], length, length, LinkTypes.ETHERNET, i + 1L, times[i]);
                    }
                    double each = (threads.getCurrentThreadAllocatedBytes() - before) / 100_000.0;
                    assertTrue(each < 1, profile + ": " + each + " B per packet");
                }
            }
        }
    }

    private static final class Deaf implements EngineListener {}

    @Test
    void everyAnomalyIsTold() {
        for (Anomaly anomaly : List.of(Anomaly.values())) {
            assertTrue(anomaly.word().matches("[a-z-]+") && !anomaly.sentence().endsWith("."));
        }
    }
}
