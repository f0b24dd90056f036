package io.sluice.engine;

import static io.sluice.testdata.PacketBuilder.ACK;
import static io.sluice.testdata.PacketBuilder.SYN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.engine.Answer.Action;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.PolicyChange;
import io.sluice.testdata.PacketBuilder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Another policy is put in force while connections stand. */
class PolicySwapTest {
    private static final byte[] READ = Requests.frame(1, 3, 0, 0, 0, 1);
    private static final byte[] ANSWER = Requests.frame(1, 3, 2, 0, 9);
    private static final byte[] COIL = Requests.frame(2, 5, 0, 1, 0xFF, 0);
    private static final String HEAD = """
            policy: test
            mode: %s
            zones:
              cell: {ports: [cell]}
              ops: {ports: [plant]}
            assets:
              plc: {zone: cell, address: 10.3.1.10}
              hmi: {zone: ops, address: 10.3.1.105}
            conduits:
            """;
    private static final String MODBUS = """
              setpoints:
                from: hmi
                to: plc
                protocol: modbus
                allow:
            """;
    private static final String PLAIN = """
              others:
                from: hmi
                to: plc
                allow:
            """;

    private static CompiledPolicy policy(String mode, String... parts) {
        return Desk.compile(HEAD.formatted(mode) + String.join("", parts));
    }

    private static CompiledPolicy modbus(String... rules) {
        return policy("enforce", MODBUS, rules(rules));
    }

    private static CompiledPolicy plain(String... rules) {
        return policy("enforce", PLAIN, rules(rules));
    }

    private static String rules(String... rules) {
        StringBuilder text = new StringBuilder();
        for (String rule : rules) {
            text.append("      - {").append(rule).append("}\n");
        }
        return text.toString();
    }

    private static final String R1 = "id: r1, do: read, unit: 1";
    private static final String COILS = "id: c1, do: write, space: coil, unit: 1, address: any";

    private static Desk inline(CompiledPolicy policy) {
        return new Desk(policy, Profile.INLINE, EngineLimits.DEFAULT);
    }

    private static Wire connected(Desk desk) {
        Wire wire = new Wire(1, 1);
        wire.handshake(desk);
        return wire;
    }

    @Test
    void theNextMessageIsJudgedByTheNewPolicyAndNothingIsReset() {
        try (Desk desk = inline(modbus(R1))) {
            Wire wire = connected(desk);
            assertEquals(Action.FORWARD, desk.accept(wire.client(0, READ)).action());
            desk.engine.policy(modbus(R1, COILS));
            assertEquals(Action.FORWARD, desk.accept(wire.client(12, COIL)).action());
            desk.engine.policy(modbus(R1));
            assertEquals(Action.FORWARD, desk.accept(wire.client(24, READ)).action());
            assertTrue(desk.accept(wire.client(36, COIL)).reset());
            assertEquals(List.of("r1", "c1", "r1", "default"),
                    desk.messages.stream().map(Desk.Message::rule).toList());
            assertEquals(List.of(), desk.anomalies);
        }
    }

    /** A message of which the head came before, in any cut. */
    @Test
    void aMessageThatIsHalfHereIsJudgedByThePolicyOfItsEnd() {
        for (int cut = 1; cut < 12; cut++) {
            try (Desk desk = inline(modbus(R1, COILS))) {
                Wire wire = connected(desk);
                assertEquals(Action.FORWARD, desk.accept(wire.client(0, Arrays.copyOf(COIL, cut))).action());
                desk.engine.policy(modbus(R1));
                Answer answer = desk.accept(wire.client(cut, Arrays.copyOfRange(COIL, cut, 12)));
                assertTrue(answer.reset(), "cut at " + cut);
                assertEquals(12 - cut, answer.removedLength(0));
            }
            try (Desk desk = inline(modbus(R1, COILS))) {
                Wire wire = connected(desk);
                desk.accept(wire.client(0, Arrays.copyOf(COIL, cut)));
                desk.engine.policy(modbus(COILS));
                assertEquals(Action.FORWARD,
                        desk.accept(wire.client(cut, Arrays.copyOfRange(COIL, cut, 12))).action());
                assertEquals("c1", desk.messages.getLast().rule());
            }
        }
    }

    /** The request was allowed when it was sent, so its answer is; its rule is named by the number it has today. */
    @Test
    void answersBelongToTheVerdictOfTheirRequest() {
        try (Desk desk = inline(modbus(R1, COILS))) {
            Wire wire = connected(desk);
            desk.accept(wire.client(0, READ));
            desk.accept(wire.client(12, READ));
            wire.serverAcknowledges = 24;
            desk.engine.policy(modbus("id: a0, do: read, unit: 7", R1));
            assertEquals(Action.FORWARD, desk.accept(wire.server(0, ANSWER)).action());
            assertEquals("r1", desk.messages.getLast().rule());
            desk.engine.policy(modbus("id: a0, do: read, unit: 7"));
            assertEquals(Action.FORWARD, desk.accept(wire.server(11, ANSWER)).action());
            assertTrue(desk.messages.getLast().allowed());
            assertEquals("default", desk.messages.getLast().rule());
        }
    }

    @Test
    void aConnectionThatIsNotAllowedAnyMoreIsResetWithItsNextPacket() {
        for (CompiledPolicy next : List.of(policy("enforce", PLAIN, rules("id: p1, do: ping")),
                Desk.compile(HEAD.formatted("enforce").replace("10.3.1.105", "10.3.1.106") + MODBUS + rules(R1)))) {
            try (Desk desk = inline(modbus(R1))) {
                Wire wire = connected(desk);
                desk.engine.policy(next);
                Answer answer = desk.accept(wire.client(0, READ));
                assertEquals(Action.DROP, answer.action());
                assertTrue(answer.reset());
                assertEquals(List.of(Anomaly.NO_LONGER_ALLOWED), desk.cuts);
                assertEquals(List.of(), desk.messages);
                assertNull(desk.engine.ending(), "it has been told");
                answer = desk.accept(wire.client(0, READ));
                assertEquals(Action.DROP, answer.action());
                assertFalse(answer.reset());
            }
        }
    }

    /** A connection that is silent is found by the sweep: nobody has to wait for a packet of it. */
    @Test
    void aSilentConnectionThatIsNotAllowedAnyMoreIsEndedToo() {
        try (Desk desk = inline(plain("id: t1, do: tcp, port: 443", "id: t2, do: tcp, port: 80"))) {
            for (int port = 1; port <= 50; port++) {
                desk.accept(web(port, port % 2 == 0 ? 443 : 80).flags(SYN));
                desk.accept(PacketBuilder.ethernet().ipv4(Desk.SERVER, Desk.CLIENT)
                        .tcp(port % 2 == 0 ? 443 : 80, port).flags(SYN | ACK).acknowledgment(1));
                desk.accept(web(port, port % 2 == 0 ? 443 : 80).sequence(1).acknowledgment(1).flags(ACK));
            }
            desk.engine.policy(plain("id: t1, do: tcp, port: 443"));
            int resets = 0;
            for (int round = 0; round < 100; round++) {
                desk.engine.time(desk.nanos, desk.nanos);
                for (Answer answer = desk.engine.ending(); answer != null; answer = desk.engine.ending()) {
                    assertTrue(answer.reset());
                    assertEquals(80, assertFlow(answer).serverPort());
                    resets++;
                }
            }
            assertEquals(25, resets);
            assertEquals(50, desk.plain.size(), "those that go on are not told again");
            assertEquals(Action.FORWARD, desk.accept(web(2, 443).sequence(1).acknowledgment(1).flags(ACK)).action());
            assertEquals(50, desk.plain.size());
        }
    }

    private static Flow assertFlow(Answer answer) {
        Flow flow = answer.flow();
        assertNotNull(flow);
        return flow;
    }

    private static PacketBuilder web(int port, int server) {
        return PacketBuilder.ethernet().ipv4(Desk.CLIENT, Desk.SERVER).tcp(port, server);
    }

    @Test
    void whatOnlyMonitorsResetsNothing() {
        try (Desk desk = inline(modbus(R1))) {
            Wire wire = connected(desk);
            desk.engine.policy(policy("monitor", PLAIN, rules("id: p1, do: ping")));
            assertEquals(Action.FORWARD, desk.accept(wire.client(0, READ)).action());
            assertEquals(List.of(), desk.cuts);
            assertEquals(List.of("deny 502"), desk.plain);
        }
    }

    /** Bytes that were not looked into so far: where messages begin is not known. */
    @Test
    void aConnectionThatIsToBeInspectedMidwayBeginsAnew() {
        try (Desk desk = inline(plain("id: t1, do: tcp, port: 502"))) {
            Wire wire = connected(desk);
            assertEquals(Action.FORWARD, desk.accept(wire.client(0, READ)).action());
            assertEquals(List.of(), desk.messages);
            desk.engine.policy(modbus(R1));
            assertTrue(desk.accept(wire.client(12, READ)).reset());
            assertEquals(List.of(Anomaly.MIDSTREAM), desk.anomalies);
        }
        try (Desk desk = new Desk(plain("id: t1, do: tcp, port: 502"), Profile.OBSERVE, EngineLimits.DEFAULT)) {
            Wire wire = connected(desk);
            desk.accept(wire.client(0, Arrays.copyOf(READ, 5)));
            desk.engine.policy(modbus(R1));
            desk.accept(wire.client(5, Arrays.copyOfRange(READ, 5, 12)));
            desk.accept(wire.client(12, READ));
            assertEquals("r1", desk.messages.getLast().rule());
        }
    }

    @Test
    void aConnectionThatIsNoLongerInspectedGoesOn() {
        try (Desk desk = inline(modbus(R1))) {
            Wire wire = connected(desk);
            desk.accept(wire.client(0, Arrays.copyOf(READ, 9)));
            assertEquals(Action.HOLD, desk.accept(wire.client(12, READ)).action());
            desk.engine.policy(plain("id: t1, do: tcp, port: 502"));
            assertEquals(Action.FORWARD, desk.accept(wire.client(9, COIL)).action());
            assertEquals(List.of("allow 502"), desk.plain);
            assertEquals(0, desk.engine.buffered());
        }
    }

    /** A swap is no way to a full bucket. */
    @Test
    void ratesGoOnWhereARuleStaysWhatItIs() {
        String rated = "id: r1, do: read, unit: 1, rate: 2/min burst 2";
        try (Desk desk = inline(modbus(rated))) {
            Wire wire = connected(desk);
            desk.accept(wire.client(0, READ));
            desk.engine.policy(modbus(rated, COILS));
            assertEquals(Action.FORWARD, desk.accept(wire.client(12, READ)).action());
            desk.engine.policy(modbus(rated));
            assertTrue(desk.accept(wire.client(24, READ)).reset());
        }
        // a connection that was let in is not metered again
        String web = "id: t1, do: tcp, port: 443, rate: 1/min";
        try (Desk desk = inline(plain(web))) {
            assertEquals(Action.FORWARD, desk.accept(web(1, 443).flags(SYN)).action());
            desk.engine.policy(plain(web, "id: p1, do: ping"));
            assertEquals(Action.FORWARD, desk.accept(web(1, 443).flags(SYN)).action());
            assertEquals(Action.DROP, desk.accept(web(2, 443).flags(SYN)).action());
        }
    }

    /** Many exchanges and no packets in between: the sweep leaves none behind, and numbers keep their meaning. */
    @Test
    void aFlowMaySleepThroughAnyNumberOfPolicies() {
        try (Desk desk = inline(modbus(R1, COILS))) {
            Wire wire = connected(desk);
            desk.accept(wire.client(0, READ));
            for (int i = 0; i < 300; i++) {
                desk.engine.policy(i % 2 == 0 ? modbus("id: a0, do: read, unit: 9", R1) : modbus(R1, COILS));
            }
            wire.serverAcknowledges = 12;
            assertEquals(Action.FORWARD, desk.accept(wire.server(0, ANSWER)).action());
            assertEquals("r1", desk.messages.getLast().rule());
            assertEquals(Action.FORWARD, desk.accept(wire.client(12, COIL)).action());
        }
    }

    /** Datagrams and pings under the new policy. */
    @Test
    void datagramsAreJudgedByTheNewPolicyToo() {
        try (Desk desk = inline(plain("id: p1, do: ping", "id: u1, do: udp, port: 99"))) {
            PacketBuilder ping = PacketBuilder.ethernet().ipv4(Desk.CLIENT, Desk.SERVER).icmp(8, 0, 1);
            PacketBuilder udp = PacketBuilder.ethernet().ipv4(Desk.CLIENT, Desk.SERVER).udp(7, 99);
            assertEquals(Action.FORWARD, desk.accept(ping).action());
            assertEquals(Action.FORWARD, desk.accept(udp).action());
            desk.engine.policy(plain("id: p1, do: ping"));
            assertEquals(Action.FORWARD, desk.accept(ping).action());
            assertEquals(Action.DROP, desk.accept(udp).action());
            desk.engine.policy(plain("id: u1, do: udp, port: 99"));
            assertEquals(Action.DROP, desk.accept(ping).action());
            assertEquals(Action.FORWARD, desk.accept(udp).action());
        }
    }

    @Test
    void aChangeOfAnotherPolicyIsRefused() {
        try (Desk desk = inline(modbus(R1))) {
            CompiledPolicy other = modbus(R1);
            assertThrows(IllegalArgumentException.class,
                    () -> desk.engine.policy(PolicyChange.between(other, modbus(R1)), List.of()));
        }
    }
}
