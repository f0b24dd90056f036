package io.sluice.engine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.sluice.testdata.PacketBuilder;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FlowTableTest {
    private static final EngineLimits LIMITS = new EngineLimits(3000, 2048, 1 << 20, 1, 1, 10, 100, 5, 50, 1, 1);
    private final MemorySegment memory = Arena.ofAuto().allocate(200);
    private final Packet packet = new Packet();

    /** A packet of connection {@code n}, there or back; connections differ in address, port, protocol or VLAN alone. */
    private Packet packet(int n, boolean back) {
        String client = "10.0.%d.%d".formatted(n & 3, 1 + ((n >> 2) & 3));
        int port = 1024 + ((n >> 4) & 63);
        PacketBuilder builder = PacketBuilder.ethernet();
        if (((n >> 10) & 1) != 0) {
            builder.vlan(5);
        }
        builder.ipv4(back ? "10.9.9.9" : client, back ? client : "10.9.9.9");
        builder = ((n >> 11) & 1) != 0
                ? builder.udp(back ? 502 : port, back ? port : 502)
                : builder.tcp(back ? 502 : port, back ? port : 502);
        byte[] frame = builder.build();
        MemorySegment.copy(frame, 0, memory, JAVA_BYTE, 0, frame.length);
        assertNull(packet.parse(memory, 0, frame.length, frame.length, LinkTypes.ETHERNET));
        return packet;
    }

    @Test
    void bothDirectionsHaveOneHash() {
        for (int n = 0; n < 4096; n++) {
            assertEquals(FlowTable.hash(packet(n, false)), FlowTable.hash(packet(n, true)));
        }
    }

    @Test
    void behavesAsAMapDoesUnderRandomOperations() {
        try (Arena arena = Arena.ofConfined()) {
            BufferPool pool = new BufferPool(1 << 20, arena);
            FlowTable table = new FlowTable(LIMITS, pool);
            Map<Integer, Flow> oracle = new HashMap<>();
            SplittableRandom random = new SplittableRandom(5);
            for (int step = 0; step < 60_000; step++) {
                int n = random.nextInt(4096);
                boolean back = random.nextBoolean();
                Flow known = oracle.get(n);
                assertSame(known, table.find(packet(n, back)), "step " + step);
                if (known != null && (random.nextInt(3) == 0 || oracle.size() > 2500)) {
                    table.remove(known);
                    oracle.remove(n);
                } else if (known == null) {
                    Flow flow = assertNotNullFlow(table.add(packet(n, back)));
                    table.touch(flow, random.nextInt(4), step);
                    oracle.put(n, flow);
                }
                assertEquals(oracle.size(), table.size());
            }
            oracle.forEach((n, flow) -> assertSame(flow, table.find(packet(n, true))));
            for (Flow flow = table.any(); flow != null; flow = table.any()) {
                table.remove(flow);
            }
            assertEquals(0, table.size());
        }
    }

    private static Flow assertNotNullFlow(@org.jspecify.annotations.Nullable Flow flow) {
        assertNotNull(flow);
        return flow;
    }

    @Test
    void flowsLeaveByTheTimeOutOfTheirListAndUseKeepsThem() {
        long second = 1_000_000_000L;
        EngineLimits limits = new EngineLimits(100, 2048, 1 << 20, 1, 1, 10 * second, 100 * second, 5 * second,
                50 * second, 1, 1);
        try (Arena arena = Arena.ofConfined()) {
            BufferPool pool = new BufferPool(1 << 20, arena);
            FlowTable table = new FlowTable(limits, pool);
            Flow[] flows = new Flow[4];
            for (int list = 0; list < 4; list++) {
                flows[list] = assertNotNullFlow(table.add(packet(list, false)));
                table.touch(flows[list], list, 0);
            }
            assertNull(table.expired(5 * second));
            assertSame(flows[FlowTable.CLOSED], table.expired(6 * second));
            table.remove(flows[FlowTable.CLOSED]);
            table.touch(flows[FlowTable.EMBRYONIC], FlowTable.EMBRYONIC, 9 * second);
            assertNull(table.expired(15 * second));
            // the handshake is over: from now on the long time-out holds
            table.touch(flows[FlowTable.EMBRYONIC], FlowTable.IDLE, 16 * second);
            assertNull(table.expired(40 * second));
            assertSame(flows[FlowTable.DATAGRAM], table.expired(51 * second));
            table.remove(flows[FlowTable.DATAGRAM]);
            assertSame(flows[FlowTable.IDLE], table.expired(101 * second));
        }
    }

    @Test
    void aFullTableIsAnOutcome() {
        EngineLimits limits = EngineLimits.DEFAULT.withFlows(4);
        for (Profile profile : Profile.values()) {
            try (Desk desk = new Desk(Desk.policy("enforce", "reply"), profile, limits)) {
                for (int port = 1; port <= 6; port++) {
                    Answer answer = desk.accept(new Wire(1, 1, port).syn());
                    boolean refused = port > 4 && profile.carries();
                    assertEquals(refused ? Answer.Action.DROP : Answer.Action.FORWARD, answer.action());
                }
                assertEquals(List.of(Anomaly.FLOW_TABLE_FULL, Anomaly.FLOW_TABLE_FULL), desk.anomalies);
                assertEquals(4, desk.engine.flows());
                desk.finish();
                assertEquals(4, desk.ended);
                assertEquals(0, desk.engine.flows());
            }
        }
    }
}
