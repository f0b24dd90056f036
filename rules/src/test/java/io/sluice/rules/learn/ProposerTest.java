package io.sluice.rules.learn;

import static io.sluice.rules.learn.Seen.modbus;
import static io.sluice.rules.learn.Seen.opcua;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.rules.learn.LeftOut.Why;
import io.sluice.rules.learn.Observation.Outcome;
import io.sluice.rules.policy.Network;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProposerTest {
    private static final Conversation HMI = modbus("10.3.1.105", "10.3.1.10");

    private final Seen seen = new Seen();

    @Test
    void gapsOfReadsAreClosedUpToTheBound() {
        for (int i = 0; i < 3; i++) {
            seen.read(HMI, 1, 0, 9).read(HMI, 1, 14, 19).read(HMI, 1, 25, 29);
        }
        assertContains("space: holding, address: [0..19, 25..29]", seen.policy());
        assertContains("4 of 25 were not asked for themselves: gaps of at most 4", seen.policy());
        assertContains("address: 0..29", seen.policy(gap(5)));
        assertContains("address: [0..9, 14..19, 25..29]", seen.policy(gap(3)));
    }

    // The device said no to it: nobody needs it.
    @Test
    void aGapInWhichSomethingWasRefusedStaysOpen() {
        for (int i = 0; i < 3; i++) {
            seen.read(HMI, 1, 0, 9).read(HMI, 1, 12, 19).asked(HMI, Seen.reading(1, 10, 10), Outcome.REFUSED);
        }
        assertContains("address: [0..9, 12..19]", seen.policy());
        assertContains("# Refused by the device each time:\n#   10.3.1.105 to 10.3.1.10, modbus on tcp port 502: read"
                + " unit 1 holding 10, 3 times, frames 3, 6, 9", seen.policy());
    }

    @Test
    void gapsOfWritesAreNeverClosed() {
        for (int i = 0; i < 3; i++) {
            seen.wrote(HMI, 100, 5).wrote(HMI, 102, 5);
        }
        assertContains("do: write, unit: 1, space: holding, address: [100, 102], value: 5}", seen.policy());
    }

    @Test
    void valuesAreWidenedByTheMarginWithinWhatARegisterHolds() {
        seen.wrote(HMI, 100, 1000).wrote(HMI, 100, 1500).wrote(HMI, 101, 3).wrote(HMI, 101, 65_530);
        String policy = seen.policy();
        assertContains("address: 100, value: 950..1550}", policy);
        assertContains("address: 101, value: 0..65535}", policy);
        assertContains("# DECIDE: this changes the device, or nobody can tell.", policy);
        assertContains("address: 100, value: 1000..1500}", seen.policy(margin(0)));
    }

    @Test
    void itemsShareARuleOnlyIfNoneGetsMoreThanTwiceItsOwnRange() {
        seen.wrote(HMI, 100, 0).wrote(HMI, 100, 1500).wrote(HMI, 101, 0).wrote(HMI, 101, 1400).wrote(HMI, 102, 3)
                .wrote(HMI, 102, 7);
        String policy = seen.policy();
        assertContains("address: 100..101, value: 0..1650}", policy);
        assertContains("address: 102, value: 2..8}", policy);
    }

    @Test
    void whatWasSeenOnceIsLeftOutUnlessOthersCoverIt() {
        seen.read(HMI, 1, 0, 9).read(HMI, 1, 0, 9).read(HMI, 1, 2, 3).read(HMI, 1, 5, 10).wrote(HMI, 7, 1);
        Proposal proposal = seen.proposal(ProposalOptions.DEFAULT);
        assertContains("address: 0..9}", proposal.policy());
        assertEquals(List.of("read unit 1 holding 5 (to 10)", "write unit 1 holding 7 = 1"),
                left(proposal, Why.SELDOM));
        assertTrue(proposal.allows(HMI, Seen.reading(1, 2, 3).shape()));
        assertFalse(proposal.allows(HMI, Seen.reading(1, 5, 10).shape()));
        assertEquals(List.of(), left(seen.proposal(ProposalOptions.DEFAULT.least(1)), Why.SELDOM));
    }

    // However often: a download of a program is a habit of nobody whom a rule should trust.
    @Test
    void programAndDiagnosticFunctionsAreNeverAllowedButIdentificationIs() {
        for (int i = 0; i < 50; i++) {
            seen.asked(HMI, Seen.function(90, 0x41), Outcome.ANSWERED).asked(HMI, Seen.function(43, 14),
                    Outcome.ANSWERED);
        }
        seen.asked(HMI, Seen.function(8, 1), Outcome.ANSWERED);
        Proposal proposal = seen.proposal(ProposalOptions.DEFAULT);
        assertContains("do: function 43/14, unit: 1", proposal.policy());
        assertEquals(List.of("function 90/65 unit 1", "function 8/1 unit 1"), left(proposal, Why.ENGINEERING));
    }

    @Test
    void aScanOfUnitsIsOneLineAndPermitsNothing() {
        Conversation scanner = modbus("10.3.1.66", "10.3.1.10");
        for (int unit = 1; unit <= 200; unit++) {
            Outcome outcome = unit % 50 == 0 ? Outcome.ANSWERED : Outcome.REFUSED;
            seen.asked(scanner, Seen.reading(unit, 0, 0), outcome).asked(scanner, Seen.reading(unit, 0, 0), outcome);
        }
        for (int i = 0; i < 20; i++) {
            seen.read(HMI, 1, 0, 9);
        }
        Proposal proposal = seen.proposal(ProposalOptions.DEFAULT);
        assertEquals(
                List.of("made 200 different requests, 196 of them always refused or unanswered, such as read unit 1"
                        + " holding 0"),
                left(proposal, Why.SCAN));
        assertFalse(proposal.policy().contains("address: 10.3.1.66"), proposal.policy());
        assertContains("address: 10.3.1.105", proposal.policy());
    }

    @Test
    void aScanOfPortsIsOneLineAndPermitsNothing() {
        for (int port = 1; port <= 100; port++) {
            seen.flow(new Conversation(Seen.host("10.3.1.66"), Seen.host("10.3.1.10"), "", Conversation.TCP, port),
                    port == 80, 4);
        }
        seen.flow(new Conversation(Seen.host("10.3.1.105"), Seen.host("10.3.1.10"), "", Conversation.TCP, 80), true,
                40);
        Proposal proposal = seen.proposal(ProposalOptions.DEFAULT);
        assertEquals(List.of("tried 100 services, 99 of them without an answer (1 hosts, 99 ports)"),
                left(proposal, Why.SCAN));
        assertFalse(proposal.policy().contains("address: 10.3.1.66"), proposal.policy());
        assertContains("{id: p1, do: tcp, port: 80}", proposal.policy());
    }

    // The firewall refused it, or a deny names it: that it is tried does not make it a habit.
    @Test
    void whatAPolicyRefusedIsLeftOut() {
        for (int i = 0; i < 5; i++) {
            seen.asked(HMI, Seen.writing(118, 1), Outcome.FORBIDDEN);
        }
        Proposal proposal = seen.proposal(ProposalOptions.DEFAULT);
        assertTrue(proposal.isEmpty());
        assertEquals(List.of("write unit 1 holding 118 = 1"), left(proposal, Why.REFUSED_BY_POLICY));
    }

    @Test
    void withoutWritesTheyAreThereAsComments() {
        seen.wrote(HMI, 100, 5).wrote(HMI, 100, 6);
        String onlyWrites = seen.policy(ProposalOptions.DEFAULT.withoutWrites());
        assertContains("  # client-10-3-1-105-to-modbus-10-3-1-10-modbus:", onlyWrites);
        assertContains("      # - {id: w1, do: write, unit: 1, space: holding, address: 100, value: 4..7}", onlyWrites);
        seen.read(HMI, 1, 0, 9).read(HMI, 1, 0, 9);
        Proposal proposal = seen.proposal(ProposalOptions.DEFAULT.withoutWrites());
        assertContains("      - {id: r1, do: read, unit: 1, space: holding, address: 0..9}", proposal.policy());
        assertContains("      # - {id: w1, do: write, ", proposal.policy());
        assertEquals(1, proposal.counts().rules());
        assertEquals(1, proposal.counts().decisions());
    }

    // A mask, a structure, NaN: only a rule for any value covers it, and that is a rule of its own.
    @Test
    void untoldValuesAreARuleOfTheirOwnOrLeftOut() {
        Shape masked = Seen.writing(100, 0).shape();
        Observation.Ask mask = new Observation.Ask(new Shape(masked.operation(), masked.act(), masked.scope(), 100, 100,
                "", masked.extra(), "", true), "write unit 1 holding 100", null);
        seen.wrote(HMI, 100, 5).wrote(HMI, 100, 5).asked(HMI, mask, Outcome.ANSWERED);
        assertContains("address: 100, value: 5}", seen.policy());
        assertFalse(seen.policy().contains("any value"), seen.policy());
        seen.asked(HMI, mask, Outcome.ANSWERED);
        assertContains("address: 100, value: 5}", seen.policy());
        assertContains("address: 100}", seen.policy());
    }

    @Test
    void unitZeroIsWrittenAsItself() {
        seen.read(HMI, 0, 0, 9).read(HMI, 0, 0, 9);
        assertContains("do: read, unit: 0, space: holding, address: 0..9}", seen.policy());
    }

    // Node ids are chosen by whoever sends them.
    @Test
    void whatMessagesSayNeverBecomesARuleOfItsOwn() {
        Conversation scada = opcua("10.3.1.105", "10.3.1.20");
        for (int i = 0; i < 3; i++) {
            seen.asked(scada, Seen.node("ns=2;s=a\", x: \\y"), Outcome.ANSWERED);
            seen.asked(scada, Seen.node("ns=2;s=a\nmode: enforce"), Outcome.ANSWERED);
            seen.asked(scada, Seen.node("ns=2;s=#b: [c"), Outcome.ANSWERED);
            seen.asked(scada, Seen.node("ns=2;s=" + "long".repeat(400)), Outcome.ANSWERED);
        }
        Proposal proposal = seen.proposal(ProposalOptions.DEFAULT);
        assertContains("node: [\"ns=2;s=#b: [c\", \"ns=2;s=a\\\", x: \\\\y\"]", proposal.policy());
        assertEquals(1, proposal.policy().lines().filter(line -> line.startsWith("mode:")).count());
        assertEquals(2, left(proposal, Why.UNSTATABLE).size());
    }

    @Test
    void zonesAreThoseOfPortsIfEveryHostSendsFromOne() {
        seen.read(HMI, 1, 0, 9).read(HMI, 1, 0, 9).at("10.3.1.105", "plant", -1).at("10.3.1.10", "cell", -1);
        assertContains("  plant: {ports: [plant]}", seen.policy());
        assertContains("modbus-10-3-1-10:  {zone: cell, address: 10.3.1.10}", seen.policy());
        seen.at("10.3.1.10", "plant", -1);
        assertContains("{zone: net-10.3.1.0-servers, address: 10.3.1.10}", seen.policy());
    }

    @Test
    void zonesAreThoseOfVlansElse() {
        seen.read(HMI, 1, 0, 9).read(HMI, 1, 0, 9).at("10.3.1.105", "any", 20).at("10.3.1.10", "any", 10);
        assertContains("{zone: vlan-10-servers, address: 10.3.1.10}", seen.policy());
        assertContains("add `ports: [NAME], vlan: 20`", seen.policy());
    }

    @Test
    void zonesThatAreGivenCome() {
        seen.read(HMI, 1, 0, 9).read(HMI, 1, 0, 9);
        ProposalOptions d = ProposalOptions.DEFAULT;
        String policy = seen.policy(new ProposalOptions(d.name(), d.gap(), d.margin(), d.least(), true, 24, 64,
                Map.of("cell-3", List.of(Network.parse("10.3.1.0/28").orElseThrow())), 10, "x"));
        assertContains("cell-3:               {networks: [10.3.1.0/28]}", policy);
        assertContains("modbus-10-3-1-10:  {zone: cell-3, address: 10.3.1.10}", policy);
        assertContains("{zone: net-10.3.1.0-clients, address: 10.3.1.105}", policy);
    }

    @Test
    void ipv6AddressesAreNamedAndQuoted() {
        Conversation six = modbus("fd00:3::105", "fd00:3::10");
        seen.read(six, 1, 0, 9).read(six, 1, 0, 9);
        assertContains("modbus-fd00-3--10:  {zone: net-fd00-3-0-0-servers, address: \"fd00:3::10\"}", seen.policy());
    }

    @Test
    void aBoundThatIsReachedIsTold() {
        Seen little = new Seen(new LearningLimits(10, 10, 3, 10, 10, 10, 2, 2));
        for (int i = 0; i < 10; i++) {
            little.read(HMI, 1, 100 * i, 100 * i + 9).read(HMI, 1, 100 * i, 100 * i + 9);
        }
        assertEquals(List.of("more than 3 different requests: 14 observations of others were not learnt from"),
                little.observations.losses());
        assertContains("# INCOMPLETE: more than 3 different requests", little.policy());
    }

    @Test
    void aServerThatIsItsOwnClientIsLeftOut() {
        Conversation self = modbus("127.0.0.1", "127.0.0.1");
        seen.read(self, 1, 0, 9).read(self, 1, 0, 9);
        assertEquals(List.of("client and server have one address"),
                left(seen.proposal(ProposalOptions.DEFAULT), Why.UNSTATABLE));
    }

    private static ProposalOptions gap(int gap) {
        ProposalOptions d = ProposalOptions.DEFAULT;
        return new ProposalOptions(d.name(), gap, d.margin(), d.least(), true, 24, 64, Map.of(), 10, "x");
    }

    private static ProposalOptions margin(int margin) {
        ProposalOptions d = ProposalOptions.DEFAULT;
        return new ProposalOptions(d.name(), d.gap(), margin, d.least(), true, 24, 64, Map.of(), 10, "x");
    }

    private static List<String> left(Proposal proposal, Why why) {
        return proposal.leftOut().stream().filter(l -> l.why() == why).map(LeftOut::what).toList();
    }

    private static void assertContains(String part, String whole) {
        assertTrue(whole.contains(part), () -> "no `" + part + "` in\n" + whole);
    }
}
