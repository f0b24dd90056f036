package io.sluice.engine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.engine.Grants.Endpoint;
import io.sluice.rules.CompiledGrant;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A host that ends both connections itself: exceptions in place of requests, other rules on a live connection. */
class RelayTest {
    private static final String TEXT = RelayDesk.text("reply");
    private static final CompiledGrant ALL = RelayDesk.grant(TEXT, "setpoints", Optional.empty());
    private static final byte[] READ = Requests.frame(1, 3, 0, 0, 0, 1);
    private static final byte[] ANSWER = Requests.frame(1, 3, 2, 0, 9);
    private static final byte[] WRITE = Requests.frame(2, 6, 0, 100, 0, 7);

    @Test
    void aRefusedWriteGetsAnExceptionAndTheConnectionGoesOn() {
        CompiledGrant readOnly = RelayDesk.grant(TEXT, "setpoints", Optional.of("- {id: g1, do: read, unit: 1}"));
        try (RelayDesk desk = new RelayDesk(readOnly.policy())) {
            RelayedConnection connection = desk.open(readOnly);
            assertTrue(desk.client(connection, WRITE));
            assertEquals(List.of("000200000003018601"), desk.refusals);
            assertEquals(0, desk.toServer.size());
            assertEquals(Reason.GRANT, desk.messages.getFirst().reason());
            assertTrue(desk.client(connection, READ));
            assertTrue(desk.server(connection, ANSWER));
            assertEquals(HexFormat.of().formatHex(READ), HexFormat.of().formatHex(desk.toServer.toByteArray()));
        }
    }

    @Test
    void anExceptionComesAtOnceAndNeverInsideAnAnswer() {
        CompiledGrant readOnly = RelayDesk.grant(TEXT, "setpoints", Optional.of("- {id: g1, do: read, unit: 1}"));
        try (RelayDesk desk = new RelayDesk(readOnly.policy())) {
            RelayedConnection connection = desk.open(readOnly);
            assertTrue(desk.client(connection, READ));
            assertTrue(desk.server(connection, Arrays.copyOf(ANSWER, 5)));
            assertTrue(desk.client(connection, WRITE));
            assertTrue(desk.server(connection, Arrays.copyOfRange(ANSWER, 5, ANSWER.length)));
            assertEquals("000200000003018601" + HexFormat.of().formatHex(ANSWER),
                    HexFormat.of().formatHex(desk.toClient.toByteArray()));
        }
    }

    @Test
    void anAmendedGrantIsInForceFromTheNextMessageOn() {
        CompiledGrant readOnly = RelayDesk.grant(TEXT, "setpoints", Optional.of("- {id: g1, do: read, unit: 1}"));
        CompiledGrant writes = RelayDesk.grant(TEXT, "setpoints", Optional.of(
                "- {id: g1, do: read, unit: 1}\n- {id: g2, do: write, space: holding, unit: 1, address: 100, value: 0..1500}"));
        try (RelayDesk desk = new RelayDesk(readOnly.policy())) {
            RelayedConnection connection = desk.open(readOnly);
            int zone = writes.policy().zoneNamed("ops");
            desk.client(connection, WRITE);
            desk.client(connection, READ);
            assertTrue(desk.relay.amend(connection, writes, zone));
            assertTrue(desk.server(connection, ANSWER), "what was asked before is answered under other rules, too");
            assertTrue(desk.client(connection, WRITE));
            assertEquals(24, desk.toServer.size());
            assertTrue(desk.relay.amend(connection, readOnly, readOnly.policy().zoneNamed("ops")));
            assertTrue(desk.client(connection, WRITE));
            assertEquals(2, desk.refusals.size());
        }
    }

    @Test
    void whereTheNextPolicyHasNoSuchConduitTheConnectionIsOver() {
        String other = TEXT.replace("protocol: modbus\n", "protocol: {modbus: {port: 1502}}\n");
        CompiledGrant elsewhere = RelayDesk.grant(other, "setpoints", Optional.empty());
        try (RelayDesk desk = new RelayDesk(ALL.policy())) {
            RelayedConnection connection = desk.open(ALL);
            assertFalse(desk.relay.amend(connection, elsewhere, elsewhere.policy().zoneNamed("ops")));
        }
    }

    @Test
    void aConnectionToAnotherDeviceOrPortIsNotPermitted() {
        try (RelayDesk desk = new RelayDesk(ALL.policy())) {
            int zone = ALL.policy().zoneNamed("ops");
            Endpoint device = RelayDesk.SERVER;
            assertNull(
                    desk.relay.open(ALL, zone, RelayDesk.CLIENT, new Endpoint(device.high(), device.low() + 1, 502)));
            assertNull(desk.relay.open(ALL, zone, RelayDesk.CLIENT, new Endpoint(device.high(), device.low(), 503)));
        }
    }

    @Test
    void whatIsNotInspectedPassesAsAWhole() {
        CompiledGrant web = RelayDesk.grant(TEXT, "others", Optional.of("- {id: g1, do: tcp, port: 443}"));
        try (RelayDesk desk = new RelayDesk(web.policy())) {
            int zone = web.policy().zoneNamed("ops");
            Endpoint device = new Endpoint(0, RelayDesk.SERVER.low(), 443);
            RelayedConnection connection = desk.relay.open(web, zone, RelayDesk.CLIENT, device);
            if (connection == null) {
                throw new AssertionError("not permitted");
            }
            byte[] bytes = new byte[70_000];
            assertTrue(desk.client(connection, bytes));
            assertTrue(desk.server(connection, bytes));
            assertEquals(70_000, desk.toServer.size());
            assertEquals(70_000, desk.toClient.size());
        }
    }

    @Test
    void whatIsNoMessageAtAllEndsTheConnection() {
        try (RelayDesk desk = new RelayDesk(ALL.policy())) {
            RelayedConnection connection = desk.open(ALL);
            assertFalse(desk.client(connection, "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            assertEquals(0, desk.toServer.size());
            assertEquals(Reason.MALFORMED, desk.messages.getFirst().reason());
        }
    }

    @Test
    void withoutRoomForAHalfMessageTheConnectionIsOver() {
        EngineLimits small = EngineLimits.DEFAULT.withBuffers(2048, 2048);
        try (RelayDesk desk = new RelayDesk(ALL.policy(), small)) {
            RelayedConnection first = desk.open(ALL);
            RelayedConnection second = desk.open(ALL);
            assertTrue(desk.client(first, Arrays.copyOf(WRITE, 9)));
            assertFalse(desk.client(second, Arrays.copyOf(WRITE, 9)));
            assertEquals(List.of(Anomaly.BUFFER_FULL), desk.anomalies);
            desk.relay.close(second);
            assertTrue(desk.client(first, Arrays.copyOfRange(WRITE, 9, 12)));
            assertEquals(12, desk.toServer.size());
        }
    }

    @Test
    void nothingIsAllocatedForAMessage() {
        CompiledGrant readOnly = RelayDesk.grant(TEXT, "setpoints", Optional.of("- {id: g1, do: read, unit: 1}"));
        try (Arena arena = Arena.ofConfined();
                Relay relay = new Relay(readOnly.policy(), EngineLimits.DEFAULT, new EngineListener() {
                },
                        Arena.ofConfined())) {
            MemorySegment bytes = arena.allocate(100);
            MemorySegment.copy(READ, 0, bytes, JAVA_BYTE, 0, 12);
            MemorySegment.copy(WRITE, 0, bytes, JAVA_BYTE, 12, 12);
            MemorySegment.copy(ANSWER, 0, bytes, JAVA_BYTE, 24, ANSWER.length);
            RelayedConnection connection = relay.open(readOnly, readOnly.policy().zoneNamed("ops"), RelayDesk.CLIENT,
                    RelayDesk.SERVER);
            if (connection == null) {
                throw new AssertionError("not permitted");
            }
            long[] passed = new long[2];
            Relay.Target target = new Relay.Target() {
                @Override
                public void pass(boolean toServer, MemorySegment from, long at, int length) {
                    passed[0] += length;
                }

                @Override
                public void refuse(MemorySegment from, long at, int length) {
                    passed[1] += length;
                }
            };
            var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
            long before = 0;
            int rounds = 60_000;
            for (int i = 0; i < rounds; i++) {
                if (i == 20_000) {
                    before = threads.getCurrentThreadAllocatedBytes();
                }
                relay.time(i * 1000L, Desk.START + i * 1000L);
                assertTrue(relay.take(connection, true, bytes, 0, 5, target));
                assertTrue(relay.take(connection, true, bytes, 5, 19, target));
                assertTrue(relay.take(connection, false, bytes, 24, ANSWER.length, target));
            }
            double each = (threads.getCurrentThreadAllocatedBytes() - before) / (2.0 * (rounds - 20_000));
            assertTrue(each < 1, each + " B per message");
            assertEquals(9L * rounds, passed[1]);
            assertEquals((12L + ANSWER.length) * rounds, passed[0]);
        }
    }
}
