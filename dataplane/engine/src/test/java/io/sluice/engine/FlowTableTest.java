package io.sluice.engine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
            assertEquals(FlowKey.KNOWN.hash(packet(n, false)), FlowKey.KNOWN.hash(packet(n, true)));
        }
    }

    @Test
    void behavesAsAMapDoesUnderRandomOperations() {
        try (Arena arena = Arena.ofConfined()) {
            BufferPool pool = new BufferPool(1 << 20, arena);
            FlowTable table = new FlowTable(LIMITS, FlowKey.KNOWN, pool);
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
            FlowTable table = new FlowTable(limits, FlowKey.KNOWN, pool);
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

    /** Compared with another implementation of SipHash-1-3, that of CPython 3.11 with a secret of zeros. */
    @Test
    void theHashIsSipHash() {
        long full = 0x0AC1_3373_36F4_3ED3L;
        assertEquals((int) (full ^ full >>> 32), new FlowKey(0, 0).hash(1, 2, 3, 4, 5));
    }

    @Test
    void theHashDependsOnEveryBitOfTheKeyAndTheInput() {
        int plain = FlowKey.KNOWN.hash(1, 2, 3, 4, 5);
        for (int bit = 0; bit < 64; bit++) {
            long flip = 1L << bit;
            assertNotEquals(plain,
                    new FlowKey(FlowKey.KNOWN.first() ^ flip, FlowKey.KNOWN.second()).hash(1, 2, 3, 4, 5));
            assertNotEquals(plain,
                    new FlowKey(FlowKey.KNOWN.first(), FlowKey.KNOWN.second() ^ flip).hash(1, 2, 3, 4, 5));
            assertNotEquals(plain, FlowKey.KNOWN.hash(1 ^ flip, 2, 3, 4, 5));
            assertNotEquals(plain, FlowKey.KNOWN.hash(1, 2, 3, 4, 5 ^ flip));
        }
    }

    /** Flows that meet under one key are spread by another: an attacker cannot prepare them. */
    @Test
    void collisionsUnderOneKeyAreNoneUnderAnother() {
        FlowKey other = new FlowKey(1, 2);
        int[] hits = new int[1024];
        int found = 0;
        for (int n = 0; found < 500 && n < 4_000_000; n++) {
            if ((FlowKey.KNOWN.hash(0, n, 0, 7, 502) & 1023) == 5) {
                hits[other.hash(0, n, 0, 7, 502) & 1023]++;
                found++;
            }
        }
        assertEquals(500, found);
        assertTrue(java.util.Arrays.stream(hits).max().orElse(0) < 8);
    }

    /** A table whose places near by are all taken says so: it neither searches on nor loses anything. */
    @Test
    void aRunOfCollisionsIsBounded() {
        try (Arena arena = Arena.ofConfined()) {
            BufferPool pool = new BufferPool(1 << 20, arena);
            FlowTable table = new FlowTable(EngineLimits.DEFAULT, FlowKey.KNOWN, pool);
            int added = 0;
            // 1024 places at first, doubled when half full
            for (int n = 0; n < 500_000 && added < 500; n++) {
                Packet p = anywhere(n);
                if ((FlowKey.KNOWN.hash(p) & 1023) == 9) {
                    Flow flow = table.add(p);
                    if (flow == null) {
                        break;
                    }
                    table.touch(flow, FlowTable.IDLE, 0);
                    added++;
                }
            }
            assertEquals(256, added);
            assertEquals(256, table.size());
        }
    }

    private Packet anywhere(int n) {
        byte[] frame = PacketBuilder.ethernet().ipv4("10.%d.%d.%d".formatted(n >> 16 & 255, n >> 8 & 255, n & 255),
                "10.9.9.9").tcp(1024, 502).build();
        MemorySegment.copy(frame, 0, memory, JAVA_BYTE, 0, frame.length);
        assertNull(packet.parse(memory, 0, frame.length, frame.length, LinkTypes.ETHERNET));
        return packet;
    }

    /** Half-open connections take half of the table and then push out one another, never one that stands. */
    @Test
    void aFloodOfSynsMeetsItsOwnKind() {
        for (Profile profile : Profile.values()) {
            try (Desk desk = new Desk(Desk.policy("enforce", "reply"), profile, EngineLimits.DEFAULT.withFlows(100))) {
                Wire[] standing = new Wire[60];
                for (int i = 0; i < standing.length; i++) {
                    standing[i] = new Wire(1, 1, 1000 + i);
                    standing[i].handshake(desk);
                }
                for (int port = 1; port <= 500; port++) {
                    assertEquals(Answer.Action.FORWARD, desk.accept(new Wire(7, 7, 10_000 + port).syn()).action());
                }
                assertEquals(100, desk.engine.flows());
                new Wire(5, 5, 9_000).handshake(desk);
                assertEquals(List.of(), desk.anomalies);
                for (Wire wire : standing) {
                    desk.accept(wire.client(0, Requests.frame(1, 3, 0, 0, 0, 1)));
                }
                assertEquals(60, desk.messages.size());
                assertEquals(List.of(), desk.anomalies);
            }
        }
    }

    /** The same for datagrams. */
    @Test
    void aFloodOfDatagramsLeavesRoomForConnections() {
        try (Desk desk = new Desk(Desk.policy("enforce", "reply"), Profile.INLINE,
                EngineLimits.DEFAULT.withFlows(100))) {
            for (int port = 1; port <= 500; port++) {
                desk.accept(PacketBuilder.ethernet().ipv4(Desk.CLIENT, Desk.SERVER).udp(port, 99));
            }
            assertEquals(50, desk.engine.flows());
            new Wire(5, 5, 9_000).handshake(desk);
            assertEquals(List.of(), desk.anomalies);
        }
    }

    @Test
    void aFullTableIsAnOutcome() {
        EngineLimits limits = EngineLimits.DEFAULT.withFlows(4);
        for (Profile profile : Profile.values()) {
            try (Desk desk = new Desk(Desk.policy("enforce", "reply"), profile, limits)) {
                for (int port = 1; port <= 6; port++) {
                    Wire wire = new Wire(1, 1, port);
                    Answer answer = desk.accept(wire.syn());
                    boolean refused = port > 4 && profile.carries();
                    assertEquals(refused ? Answer.Action.DROP : Answer.Action.FORWARD, answer.action());
                    if (port <= 4) {
                        desk.accept(wire.synAck());
                        desk.accept(wire.client(0));
                    }
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
