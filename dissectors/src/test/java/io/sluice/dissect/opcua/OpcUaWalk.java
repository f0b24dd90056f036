package io.sluice.dissect.opcua;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.sluice.dissect.Dissector;
import io.sluice.dissect.Facts;
import io.sluice.dissect.Malformed;
import io.sluice.dissect.Session;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Walks over bytes of one direction as the engine does, in a segment that ends with them: whatever is read outside
 * throws. So does an outcome that is none, and a size that makes no progress.
 */
final class OpcUaWalk {
    final int[] outcomes = new int[4];
    int refused;

    private final Dissector dissector;
    private final Session session;
    private final Facts facts = new Facts();

    OpcUaWalk(Dissector dissector, Session session) {
        this.dissector = dissector;
        this.session = session;
    }

    void walk(int direction, byte[] input, int from, int count) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(Math.max(1, count), 1).asSlice(0, count);
            MemorySegment.copy(input, from, bytes, JAVA_BYTE, 0, count);
            long at = 0;
            while (at < count) {
                int size = dissector.frame(session, direction, bytes, at, count - at);
                if (size <= 0) {
                    named(size);
                    return;
                }
                at += one(direction, bytes, at, size, count - at);
            }
        }
    }

    private int one(int direction, MemorySegment bytes, long at, int size, long available) {
        facts.reset(bytes);
        int outcome = dissector.inspect(session, direction, bytes, at, size, available, facts);
        named(outcome);
        if (outcome == Dissector.PARTIAL && size <= available) {
            throw new AssertionError("a whole chunk called partial");
        }
        if (outcome != Dissector.PARTIAL && outcome >= 0 && size > available) {
            throw new AssertionError("a verdict without the last byte");
        }
        use();
        if (size <= available) {
            dissector.decided(session, (size & 1) == 0, size);
            OpcUaColumns.INSTANCE.values(session, direction, bytes, at, size);
            OpcUaColumns.INSTANCE.summary(session, direction, bytes, at, size);
        }
        return size;
    }

    /** Reads every value that the facts promise. */
    private void use() {
        for (int span = 0; span < facts.spans(); span++) {
            for (int i = 0; i < facts.readable(span); i++) {
                facts.value(span, i);
            }
        }
        OpcUa.PROTOCOL.vocabulary().describe(facts);
    }

    /** Every refusal must be one of the closed set; another number throws. */
    private void named(int outcome) {
        if (outcome < 0) {
            Malformed.of(outcome);
            refused++;
        } else {
            outcomes[outcome]++;
        }
    }
}
