package io.sluice.dissect.modbus;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.sluice.dissect.Dissector;
import io.sluice.dissect.Facts;
import io.sluice.dissect.Limits;
import io.sluice.dissect.Session;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModbusAllocationTest {
    private static final int ROUNDS = 2_000;

    private final Dissector dissector = Modbus.PROTOCOL.dissector(Limits.DEFAULT);
    private final Session session = Modbus.PROTOCOL.session(Limits.DEFAULT);
    private final Facts facts = new Facts();

    // One object a message would be 20 bytes and more times a hundred thousand messages a second, for years.
    @Test
    void judgingRequestsAndAnswersAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Arena arena = Arena.ofConfined()) {
            List<MemorySegment> pairs = new ArrayList<>();
            for (ModbusVector vector : ModbusVector.all()) {
                if (!vector.isRequest() && vector.expected().equals("ok")) {
                    pairs.add(arena.allocateFrom(JAVA_BYTE, vector.request().bytes()));
                    pairs.add(arena.allocateFrom(JAVA_BYTE, vector.bytes()));
                }
            }
            MemorySegment[] messages = pairs.toArray(MemorySegment[]::new);
            rounds(messages);
            long before = threads.getCurrentThreadAllocatedBytes();
            rounds(messages);
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertTrue(allocated < (long) ROUNDS * messages.length, allocated + " bytes allocated");
        }
    }

    private void rounds(MemorySegment[] messages) {
        int outcomes = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < messages.length; i++) {
                MemorySegment bytes = messages[i];
                int direction = i & 1;
                int size = dissector.frame(session, direction, bytes, 0, bytes.byteSize());
                outcomes += dissector.inspect(session, direction, bytes, 0, size, bytes.byteSize(), facts);
                dissector.decided(session, true, i);
            }
        }
        assertEquals(ROUNDS * messages.length / 2 * (Dissector.REQUEST + Dissector.RESPONSE), outcomes);
    }
}
