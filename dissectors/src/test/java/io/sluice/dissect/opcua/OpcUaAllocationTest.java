package io.sluice.dissect.opcua;

import static io.sluice.dissect.Dissector.TO_CLIENT;
import static io.sluice.dissect.Dissector.TO_SERVER;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.sluice.dissect.Dissector;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpcUaAllocationTest {
    private static final ValueLayout.OfInt U32 = JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final int ROUNDS = 2_000;
    private static final String NODE = "ns=2;s=Line3.Speed";

    private final OpcUaBench bench = OpcUaBench.open(NODE, "ns=2;i=6001");
    private int sequence = bench.sequence[0];
    private int answers = bench.sequence[1];

    // One object a message would be 20 bytes and more times a hundred thousand messages a second, for years.
    @Test
    void judgingRequestsAndAnswersAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment[] messages = messages(arena);
            rounds(messages);
            long before = threads.getCurrentThreadAllocatedBytes();
            rounds(messages);
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertTrue(allocated < (long) ROUNDS * messages.length, allocated + " bytes allocated");
        }
    }

    /** Request and answer by turns. */
    private MemorySegment[] messages(Arena arena) {
        List<MemorySegment> pairs = new ArrayList<>();
        pair(arena, pairs, OpcUaBytes.read(NODE, "i=2258", "ns=2;i=6001"), OpcUaBytes.response(634).none().none());
        pair(arena, pairs, OpcUaBytes.write(NODE, "86 02000000 01000000 02000000"),
                OpcUaBytes.response(676).none().none());
        pair(arena, pairs, OpcUaBytes.write(NODE, "0c 02000000 6f6b"), OpcUaBytes.response(676).none().none());
        pair(arena, pairs, OpcUaBytes.request(826).u32(1).u32(1).u32(7),
                OpcUaBytes.response(829).u32(1).raw(new byte[40]));
        pair(arena, pairs, OpcUaBytes.request(560).u32(1).node(NODE),
                OpcUaBytes.response(563).u32(1).node("ns=9;i=1").none());
        pair(arena, pairs, OpcUaBytes.request(712).u32(1).node("ns=2;s=Line3").node("ns=2;s=Stop").u32(1)
                .hex("0601000000"), OpcUaBytes.response(715).none().none());
        return pairs.toArray(MemorySegment[]::new);
    }

    private void pair(Arena arena, List<MemorySegment> pairs, OpcUaBytes request, OpcUaBytes answer) {
        int id = pairs.size() + 1;
        pairs.add(arena.allocateFrom(JAVA_BYTE, bench.chunk(TO_SERVER, "MSGF", id, request.done())));
        pairs.add(arena.allocateFrom(JAVA_BYTE, bench.chunk(TO_CLIENT, "MSGF", id, answer.done())));
    }

    private void rounds(MemorySegment[] messages) {
        Dissector dissector = bench.dissector;
        int outcomes = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < messages.length; i++) {
                MemorySegment bytes = messages[i];
                int direction = (i & 1) == 0 ? TO_SERVER : TO_CLIENT;
                bytes.set(U32, OpcUaView.SEQUENCE,
                        direction == TO_SERVER ? sequence++ : answers++);
                int size = dissector.frame(bench.session, direction, bytes, 0, bytes.byteSize());
                outcomes += dissector.inspect(bench.session, direction, bytes, 0, size, bytes.byteSize(), bench.facts);
                dissector.decided(bench.session, true, i);
            }
        }
        assertEquals(ROUNDS * messages.length / 2 * (Dissector.REQUEST + Dissector.RESPONSE), outcomes);
    }
}
