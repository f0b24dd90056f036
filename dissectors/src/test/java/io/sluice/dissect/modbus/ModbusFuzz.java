package io.sluice.dissect.modbus;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sluice.dissect.Dissector;
import io.sluice.dissect.Facts;
import io.sluice.dissect.Limits;
import io.sluice.dissect.Malformed;
import io.sluice.dissect.Session;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A stream of hostile bytes in one direction or both, walked as the engine walks it, in a segment that ends with them.
 * Anything thrown is a finding; so is a size that makes no progress.
 */
class ModbusFuzz {
    /** Each piece of the input has a head of two bytes: the lowest bit of the first is its direction, the rest its size. */
    @FuzzTest(maxDuration = "10s")
    void aConversation(byte[] input) {
        Dissector dissector = Modbus.PROTOCOL.dissector(Limits.DEFAULT);
        Session session = Modbus.PROTOCOL.session(Limits.DEFAULT);
        Facts facts = new Facts();
        int at = 0;
        while (at + 2 <= input.length) {
            int direction = input[at] & 1;
            int size = ((input[at] & 0xFE) << 7) | (input[at + 1] & 0xFF);
            size = Math.min(size, input.length - at - 2);
            walk(dissector, session, facts, direction, input, at + 2, size);
            at += 2 + size;
        }
    }

    private static void walk(Dissector dissector, Session session, Facts facts, int direction, byte[] input, int from,
            int count) {
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
                int outcome = dissector.inspect(session, direction, bytes, at, size, count - at, facts);
                named(outcome);
                if (outcome == Dissector.PARTIAL && size <= count - at) {
                    throw new AssertionError("a whole message called partial");
                }
                dissector.decided(session, (size & 1) == 0, size);
                Modbus.PROTOCOL.vocabulary().describe(facts);
                at += size;
            }
        }
    }

    /** Every refusal must be one of the closed set; another number throws. */
    private static void named(int outcome) {
        if (outcome < 0) {
            Malformed.of(outcome);
        }
    }
}
