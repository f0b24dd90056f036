package io.sluice.engine;

import static io.sluice.testdata.PacketBuilder.SYN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.engine.Answer.Action;
import io.sluice.engine.Grants.Endpoint;
import io.sluice.engine.Grants.Outcome;
import io.sluice.rules.CompiledGrant;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.Grant;
import io.sluice.rules.PolicyChange;
import io.sluice.rules.compile.GrantCompiler;
import io.sluice.rules.compile.PolicyCompiler;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.PolicyReader;
import io.sluice.testdata.PacketBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Jump sessions: what passes from a broker's zone, for whom, and until when. */
class GrantsTest {
    private static final String POLICY = """
            policy: test
            mode: monitor
            zones:
              cell: {ports: [cell]}
              jump: {broker: true}
            assets:
              plc: {zone: cell, address: 10.3.1.10}
              other: {zone: cell, address: 10.3.1.11}
            conduits:
              upload:
                from: jump
                to: cell
                protocol: modbus
                on_deny: reset
                allow:
                  - {id: m1, do: read, unit: 1, rate: 3/min}
                  - {id: m2, do: write, space: coil, unit: 1, address: any}
                deny:
                  - {id: m9, do: write, address: 9}
              web:
                from: jump
                to: plc
                allow:
                  - {id: w1, do: tcp, port: [443, 80]}
                  - {id: w2, do: ping}
                  - {id: w3, do: udp, port: 502}
            """;
    private static final byte[] READ = Requests.frame(1, 3, 0, 0, 0, 1);
    private static final byte[] COIL = Requests.frame(2, 5, 0, 1, 0xFF, 0);
    private static final byte[] DENIED = Requests.frame(2, 5, 0, 9, 0xFF, 0);
    private static final long SECOND = 1_000_000_000L;
    private static final long MAPPED = 0xFFFF_0000_0000L;
    private static final Endpoint PLC = new Endpoint(0, MAPPED | 0x0A03_010A, 502);
    private static final Endpoint CLIENT = new Endpoint(0, MAPPED | 0x0A03_0169, 50_000);

    private final Policy policy = ((PolicyReader.Result.Read) PolicyReader.read("t", POLICY)).policy();
    private final CompiledPolicy compiled = compile(policy);
    private final Desk desk = new Desk(compiled, Profile.INLINE, EngineLimits.DEFAULT);
    private final Grants grants = desk.engine.grants();
    private final Wire wire = new Wire(1, 1);

    private static CompiledPolicy compile(Policy policy) {
        return ((PolicyCompiler.Result.Compiled) PolicyCompiler.compile(policy, "0")).policy();
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private static CompiledGrant grant(Policy policy, CompiledPolicy compiled, String conduit, String rules) {
        return ((GrantCompiler.Result.Compiled) new GrantCompiler(policy, compiled).compile(new Grant("s1", "k.maier",
                conduit, "plc", rules.isEmpty() ? Optional.empty() : Optional.of(rules), Instant.EPOCH))).grant();
    }

    private CompiledGrant grant(String conduit, String rules) {
        return grant(policy, compiled, conduit, rules);
    }

    private Answer client(PacketBuilder packet) {
        desk.engine.zones(desk.engine.policy().zoneNamed("jump"), desk.engine.policy().zoneNamed("cell"));
        return desk.accept(packet);
    }

    private Answer server(PacketBuilder packet) {
        desk.engine.zones(desk.engine.policy().zoneNamed("cell"), desk.engine.policy().zoneNamed("jump"));
        return desk.accept(packet);
    }

    private void open(String rules) {
        desk.engine.time(desk.nanos, desk.nanos);
        assertEquals(Outcome.DONE, grants.open(grant("upload", rules), desk.nanos + 3600 * SECOND));
    }

    private void connect() {
        assertEquals(Outcome.DONE, grants.bind("s1", CLIENT, PLC));
        assertEquals(Action.FORWARD, client(wire.syn()).action());
        assertEquals(Action.FORWARD, server(wire.synAck()).action());
        assertEquals(Action.FORWARD, client(wire.client(0)).action());
    }

    @Test
    void nothingPassesThatWasNotAnnounced() {
        open("");
        assertEquals(Action.DROP, client(wire.syn()).action());
        assertEquals(Action.DROP, client(new Wire(1, 1, 7).syn()).action());
        assertEquals(Action.DROP, client(wire.client(0, READ)).action());
        PacketBuilder ip = PacketBuilder.ethernet().ipv4(Desk.CLIENT, Desk.SERVER);
        assertEquals(Action.DROP, client(ip.icmp(8, 0, 1)).action());
        assertEquals(Action.DROP,
                client(PacketBuilder.ethernet().ipv4(Desk.CLIENT, Desk.SERVER).udp(1, 502).payload(READ)).action());
        assertEquals(List.of(Anomaly.NO_GRANT, Anomaly.NO_GRANT, Anomaly.MIDSTREAM, Anomaly.NO_GRANT, Anomaly.NO_GRANT),
                desk.anomalies);
        assertEquals(0, desk.engine.flows());
        connect();
    }

    @Test
    void anAnnouncementHoldsOnceAndForAMoment() {
        open("");
        connect();
        server(wire.server(0).flags(io.sluice.testdata.PacketBuilder.RST));
        assertEquals(Action.DROP, client(new Wire(9_000, 1).syn()).action(), "the same ends again");
        assertEquals(Outcome.DONE, grants.bind("s1", CLIENT, PLC));
        desk.nanos += 31 * SECOND;
        assertEquals(Action.DROP, client(wire.syn()).action(), "too late");
    }

    /** A policy that monitors still enforces what comes from a broker's zone. */
    @Test
    void bothThePolicyAndTheGrantMustAllow() {
        open("- {id: g1, do: read, unit: 1}");
        connect();
        assertEquals(Action.FORWARD, client(wire.client(0, READ)).action());
        assertEquals("m1", desk.messages.getLast().rule());
        assertTrue(client(wire.client(12, COIL)).reset());
        assertEquals(Reason.GRANT, desk.messages.getLast().reason());
    }

    @Test
    void aDenyOfThePolicyHoldsForEveryGrant() {
        open("");
        connect();
        assertEquals(Action.FORWARD, client(wire.client(0, COIL)).action());
        assertTrue(client(wire.client(12, DENIED)).reset());
        assertEquals("m9", desk.messages.getLast().rule());
    }

    /** What the grant refuses costs no token of the conduit's rate, and the other way round. */
    @Test
    void ratesOfBothAreMeteredOnlyTogether() {
        open("- {id: g1, do: read, unit: 1, rate: 2/min}");
        connect();
        assertEquals(Action.FORWARD, client(wire.client(0, READ)).action());
        assertEquals(Action.FORWARD, client(wire.client(12, READ)).action());
        assertTrue(client(wire.client(24, READ)).reset());
        assertEquals(Reason.GRANT, desk.messages.getLast().reason());
        assertEquals(Outcome.DONE, grants.open(grant("upload", ""), desk.nanos + 3600 * SECOND));
        Wire next = new Wire(1, 1, 50_001);
        grants.bind("s1", new Endpoint(0, CLIENT.low(), 50_001), PLC);
        client(next.syn());
        server(next.synAck());
        client(next.client(0));
        assertEquals(Action.FORWARD, client(next.client(0, READ)).action(), "the third of three");
        assertTrue(client(next.client(12, READ)).reset());
        assertEquals(Reason.DEFAULT, desk.messages.getLast().reason());
    }

    @Test
    void anAmendmentHoldsFromTheNextMessageOn() {
        open("- {id: g1, do: read, unit: 1}");
        connect();
        assertEquals(Outcome.DONE, grants.open(grant("upload", ""), desk.nanos + 3600 * SECOND));
        assertEquals(Action.FORWARD, client(wire.client(0, COIL)).action());
        assertEquals(Outcome.DONE,
                grants.open(grant("upload", "- {id: g1, do: read, unit: 1}"), desk.nanos + 3600 * SECOND));
        assertTrue(client(wire.client(12, COIL)).reset());
    }

    @Test
    void atItsEndItsConnectionsEndWithoutAPacket() {
        open("");
        connect();
        assertNull(desk.engine.ending());
        grants.revoke("s1");
        Answer answer = desk.engine.ending();
        assertNotNull(answer);
        assertTrue(answer.reset());
        Flow flow = answer.flow();
        assertNotNull(flow);
        assertEquals(50_000, flow.clientPort());
        assertEquals("k.maier", assertGrant(flow).person());
        assertNull(desk.engine.ending());
        assertEquals(List.of(Anomaly.GRANT_REVOKED), desk.cuts);
        assertEquals(Action.DROP, client(wire.client(0, READ)).action());
        assertEquals(Outcome.UNKNOWN, grants.bind("s1", CLIENT, PLC));
        assertEquals(Outcome.UNKNOWN, grants.revoke("s1"));
    }

    private static Grant assertGrant(Flow flow) {
        Grant grant = flow.grant();
        assertNotNull(grant);
        return grant;
    }

    /** Time is the host's monotonic clock: setting the calendar changes nothing. */
    @Test
    void aGrantExpiresByTheClockThatIsNeverSet() {
        open("");
        connect();
        long monotonic = desk.nanos;
        desk.engine.time(monotonic + 3500 * SECOND, desk.nanos + 9_000_000 * SECOND);
        assertNull(desk.engine.ending());
        desk.engine.time(monotonic + 3601 * SECOND, desk.nanos - 9_000_000 * SECOND);
        assertNotNull(desk.engine.ending());
        assertEquals(List.of(Anomaly.GRANT_EXPIRED), desk.cuts);
        assertEquals(List.of(), grants.ids());
    }

    @Test
    void aConnectionIsAnnouncedOnlyForTheTargetOfItsGrant() {
        open("");
        assertEquals(Outcome.OTHER_TARGET, grants.bind("s1", CLIENT, new Endpoint(0, MAPPED | 0x0A03_010B, 502)));
        assertEquals(Outcome.OTHER_TARGET, grants.bind("s1", CLIENT, new Endpoint(0, PLC.low(), 443)));
        assertEquals(Outcome.UNKNOWN, grants.bind("s2", CLIENT, PLC));
        assertEquals(Outcome.OVER, grants.open(grant("upload", ""), desk.nanos - 1));
    }

    @Test
    void connectionsThatAreNotLookedIntoAreNarrowedToo() {
        desk.engine.time(desk.nanos, desk.nanos);
        grants.open(grant("web", "- {id: g1, do: tcp, port: 443}"), desk.nanos + SECOND * 60);
        for (int port : new int[]{443, 80}) {
            assertEquals(Outcome.DONE,
                    grants.bind("s1", new Endpoint(0, CLIENT.low(), port), new Endpoint(0, PLC.low(), port)));
            Answer answer = client(PacketBuilder.ethernet().ipv4(Desk.CLIENT, Desk.SERVER).tcp(port, port).flags(SYN));
            assertEquals(port == 443 ? Action.FORWARD : Action.DROP, answer.action());
        }
        // a grant for connections as a whole opens no inspected port
        assertEquals(Outcome.DONE, grants.bind("s1", CLIENT, PLC));
        assertEquals(Action.DROP, client(wire.syn()).action());
    }

    @Test
    void grantsThatAreCompiledForTheNewPolicyGoOn() {
        open("");
        connect();
        CompiledPolicy next = compile(policy);
        assertEquals(Outcome.OTHER_POLICY, grants.open(grant(policy, next, "upload", ""), desk.nanos + SECOND));
        desk.engine.policy(PolicyChange.between(compiled, next), List.of(grant(policy, next, "upload", "")));
        assertEquals(Action.FORWARD, client(wire.client(0, COIL)).action());
        desk.engine.policy(compile(policy));
        assertNotNull(desk.engine.ending());
        assertEquals(Action.DROP, client(wire.client(12, COIL)).action());
    }

    /** A recording has no broker that would announce anything. */
    @Test
    void observingNobodyHasToAnnounce() {
        try (Desk observing = new Desk(compiled, Profile.OBSERVE, EngineLimits.DEFAULT)) {
            observing.engine.zones(compiled.zoneNamed("jump"), compiled.zoneNamed("cell"));
            observing.accept(wire.syn());
            observing.accept(wire.client(0, READ));
            assertEquals("m1", observing.messages.getFirst().rule());
        }
    }
}
