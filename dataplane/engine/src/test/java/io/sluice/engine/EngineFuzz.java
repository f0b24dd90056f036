package io.sluice.engine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sluice.rules.CompiledPolicy;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Arbitrary frames at arbitrary times. Each frame lies in memory that ends with it. Anything thrown is a finding; so
 * are flows beyond the limit, and flows or memory left after the end.
 */
class EngineFuzz {
    private static final int[] LINKS = {1, 1, 1, 1, 101, 0, 113, 276};
    private static final CompiledPolicy[] POLICIES = {Desk.policy("enforce", "reply"), Desk.policy("enforce", "drop"),
            Desk.policy("monitor", "reply")};

    /**
     * The first byte chooses link type, profile, policy and memory. Each frame has a head of four bytes: the step of
     * time (a power of two, in nanoseconds), how much of it is missing, and its size.
     */
    @FuzzTest(maxDuration = "10s")
    void frames(byte[] input) {
        if (input.length == 0) {
            return;
        }
        int choice = input[0];
        EngineLimits limits = (choice & 0x40) != 0
                ? EngineLimits.DEFAULT.withFlows(3).withBuffers(2048, 2048)
                : EngineLimits.DEFAULT.withFlows(3).withBuffers(1 << 18, 8192);
        Count count = new Count();
        try (Engine engine = new Engine(POLICIES[((choice >> 3) & 7) % 3], Profile.values()[(choice >> 7) & 1], limits,
                count)) {
            long nanos = Desk.START;
            long number = 0;
            for (int at = 1; at + 4 <= input.length;) {
                nanos += (1L << (input[at] & 63)) >> 10;
                int size = ((input[at + 2] & 255) << 8) | (input[at + 3] & 255);
                size = Math.min(size, input.length - at - 4);
                frame(engine, input, at + 4, size, input[at + 1] & 255, LINKS[choice & 7], ++number, nanos);
                if (engine.flows() > 3) {
                    throw new AssertionError("more flows than the limit");
                }
                at += 4 + size;
            }
            engine.finish();
            if (engine.flows() != 0 || engine.buffered() != 0) {
                throw new AssertionError(
                        count.sum + ": " + engine.flows() + " flows, " + engine.buffered() + " bytes left");
            }
        }
    }

    private static void frame(Engine engine, byte[] input, int at, int size, int missing, int link, long number,
            long nanos) {
        try (Arena arena = Arena.ofConfined()) {
            int captured = Math.max(0, size - (missing > 127 ? missing - 127 : 0));
            MemorySegment bytes = arena.allocate(Math.max(1, captured), 1).asSlice(0, captured);
            MemorySegment.copy(input, at, bytes, JAVA_BYTE, 0, captured);
            Answer answer = engine.accept(bytes, 0, captured, size, link, number, nanos);
            if (answer.releasedLength() > 0) {
                answer.copyReleased(arena.allocate(answer.releasedLength()), 0);
            }
            Emission emission = engine.emit();
            boolean unchanged = emission.count() == 1 && emission.at(0) == bytes.address();
            if (answer.asItIs() && !unchanged) {
                throw new AssertionError("not sent as it is");
            }
            Emitted.of(emission, bytes);
        }
    }

    /** Reads what a report would read, without keeping it. */
    private static final class Count implements EngineListener {
        private long sum;

        @Override
        public void message(MessageEvent event) {
            for (int i = 0; i < event.size(); i++) {
                sum += event.bytes().get(JAVA_BYTE, event.at() + i);
            }
            sum += event.flow().relation().conduits().size();
        }

        @Override
        public void plain(Flow flow, Packet packet) {
            sum += flow.relation().conduits().size();
        }

        @Override
        public void anomaly(Anomaly anomaly, Packet packet, @Nullable Flow flow) {
            sum += packet.vlan() + packet.payloadLength();
        }

        @Override
        public void gap(Flow flow, boolean fromClient, long bytes) {
            if (bytes < 0 || bytes > 1L << 32) {
                throw new AssertionError("a gap of " + bytes + " bytes");
            }
        }

        @Override
        public void other(Packet packet) {
            sum += packet.etherType();
        }

        @Override
        public void ended(Flow flow) {
            sum += flow.packets() + flow.relation().conduits().size();
        }
    }
}
