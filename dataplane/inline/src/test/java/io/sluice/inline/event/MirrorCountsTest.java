package io.sluice.inline.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.engine.Anomaly;
import io.sluice.engine.Engine;
import io.sluice.engine.EngineLimits;
import io.sluice.engine.LinkTypes;
import io.sluice.engine.Profile;
import io.sluice.engine.Reason;
import io.sluice.rules.CompiledPolicy;
import io.sluice.testdata.ModbusTraffic;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What comes at a mirror port is judged like all else, and counted as what nobody acted on. */
class MirrorCountsTest {
    private static final ModbusTraffic TRAFFIC = new ModbusTraffic(2_000, 20, 7);
    private static final CompiledPolicy POLICY = Policies.compile(TRAFFIC.policy());

    private final Map<VerdictTallies.Key, Long> verdicts = new HashMap<>();
    private long anomalies;
    private long dropped;

    /** @param broken every so many frames one has a wrong checksum; 0 for none */
    private void play(boolean mirrored, int broken) throws IOException {
        try (Arena arena = Arena.ofConfined();
                EventRing reserved = new EventRing(1 << 14);
                EventRing ordinary = new EventRing(1 << 14)) {
            EventSink sink = new EventSink(reserved, ordinary, false, POLICY);
            MemorySegment frame = arena.allocate(2048);
            long[] frames = {0};
            try (Engine engine = new Engine(POLICY, mirrored ? Profile.OBSERVE : Profile.INLINE, EngineLimits.DEFAULT,
                    mirrored ? sink.watching() : sink)) {
                TRAFFIC.generate((nanos, bytes, length) -> {
                    MemorySegment.copy(bytes, 0, frame, ValueLayout.JAVA_BYTE, 0, length);
                    if (broken > 0 && ++frames[0] % broken == 0) {
                        frame.set(ValueLayout.JAVA_BYTE, length - 1,
                                (byte) (frame.get(ValueLayout.JAVA_BYTE, length - 1) + 1));
                    }
                    sink.frame(frame, 0, length, 0, nanos);
                    engine.accept(frame, 0, length, length, LinkTypes.ETHERNET, frames[0], nanos);
                });
            }
            sink.verdicts().addTo(verdicts);
            anomalies = sum(sink.anomalies());
            dropped = sum(sink.dropped());
        }
    }

    private static long sum(Tallies tallies) {
        long sum = 0;
        for (int i = 0; i < Anomaly.values().length; i++) {
            sum += tallies.get(i);
        }
        return sum;
    }

    private List<Boolean> enforced(boolean allowed) {
        return verdicts.keySet().stream().filter(key -> (key.reason() == Reason.ALLOWED) == allowed)
                .map(VerdictTallies.Key::enforced).distinct().toList();
    }

    @Test
    void messagesAtAMirrorPortAreNotEnforced() throws IOException {
        play(true, 0);
        assertEquals(List.of(false), enforced(true));
        assertEquals(List.of(false), enforced(false));
    }

    @Test
    void theSameMessagesInTheWireAre() throws IOException {
        play(false, 0);
        assertEquals(List.of(true), enforced(true));
        assertEquals(List.of(true), enforced(false));
    }

    @Test
    void framesThatAreWrongAreDroppedInTheWireOnly() throws IOException {
        play(false, 50);
        assertTrue(dropped > 0);
        play(true, 50);
        assertNotEquals(0, anomalies);
        assertEquals(0, dropped);
    }
}
