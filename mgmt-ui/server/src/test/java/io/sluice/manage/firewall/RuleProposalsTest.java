package io.sluice.manage.firewall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.manage.Refused;
import io.sluice.manage.event.Event.End;
import io.sluice.manage.firewall.RuleProposals.Kind;
import io.sluice.manage.firewall.RuleProposals.Proposal;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleProposalsTest {
    private static final String POLICY = """
            policy: line-3
            mode: monitor
            zones: {cell: {ports: [cell]}, plant: {ports: [plant]}}
            assets: {plc: {zone: cell, address: 10.3.1.10}} # one so far
            windows: {maintenance: {days: [sat], hours: "06:00-10:00"}}
            conduits:
              panels:
                from: plant
                to: plc
                protocol: {modbus: {port: 1502}}
                on_deny: drop
                mode: {learn: until 2099-12-31}
                allow: [{id: p1, do: read, unit: 1, space: holding, rate: 2/s burst 5}, # slow on purpose
                        {id: p2, do: write, unit: 1, space: coil, address: 12, window: maintenance}]
            """;
    private static final End PANEL = new End("10.3.1.77", 50_000, "plant");
    private static final End PLC = new End("10.3.1.10", 1502, "plc");

    private static Proposal proposal(String policy, String protocol, String does, String detail) throws Refused {
        return RuleProposals.of((PolicyText.Sound) PolicyText.of(policy),
                Refusals.of(protocol, "TCP", PANEL, PLC, does, detail));
    }

    private static Refused refusal(String policy, String protocol, String does, String detail) {
        return assertThrows(Refused.class, () -> proposal(policy, protocol, does, detail));
    }

    @Test
    void anAddressWithoutANameGetsOneAndAConduitOfItsOwnThatIsLikeTheOneItWasUnder() throws Exception {
        Proposal made = proposal(POLICY, "modbus", "write unit 1 holding 100..102 = 7, 7, 9", "");
        assertEquals(Kind.CONDUIT, made.kind());
        assertEquals("""
                assets:
                  host-10-3-1-77: {zone: plant, address: 10.3.1.77}
                conduits:
                  host-10-3-1-77-to-plc-modbus:
                    from: host-10-3-1-77
                    to: plc
                    protocol: {modbus: {port: 1502}}
                    on_deny: drop
                    mode: {learn: until 2099-12-31}
                    allow:
                      - {id: added-1, do: write, unit: 1, space: holding, address: 100..101, value: 7}
                      - {id: added-2, do: write, unit: 1, space: holding, address: 102, value: 9}""", made.rule());
        assertTrue(made.yaml().contains("10.3.1.10}, host-10-3-1-77: {zone: plant, address: 10.3.1.77}} # one so far"),
                made.yaml());
        assertTrue(made.yaml().endsWith("# slow on purpose\n            {id: p2, do: write, unit: 1, space: coil,"
                + " address: 12, window: maintenance}]\n  host-10-3-1-77-to-plc-modbus:\n"
                + made.rule().substring(made.rule().indexOf("    from:")) + "\n"), made.yaml());
        assertTrue(made.note().contains("change `plc`") && made.note().contains("`panels`"), made.note());
    }

    @Test
    void aRateThatIsUsedUpIsDoubledWhereItStands() throws Exception {
        Proposal made = proposal(POLICY, "modbus", "read unit 1 holding 5", "its rate is used up");
        assertEquals(Kind.RATE, made.kind());
        assertEquals(POLICY.replace("2/s burst 5", "4/s burst 10"), made.yaml());
        assertEquals(13, made.line());
        assertTrue(made.note().contains("permits 2/s burst 5"), made.note());
        String most = POLICY.replace("2/s burst 5", "600000/s");
        assertEquals("by-hand", refusal(most, "modbus", "read unit 1 holding 5", "its rate is used up").code());
    }

    @Test
    void whatIsAllowedAtAnotherTimeOrOverAnotherConnectionNeedsNoRule() {
        Refused window = refusal(POLICY, "modbus", "write unit 1 coil 12 = 1", "its window is closed");
        assertEquals("window-closed", window.code());
        assertTrue(window.sentence().contains("`p2`") && window.sentence().contains("`maintenance`"));
        assertEquals("allowed-already", refusal(POLICY, "modbus", "read unit 1 holding 5", "").code());
    }

    @Test
    void whereNothingIsPermittedYetAnInspectedPortIsOpenedWithoutPermittingRequests() throws Exception {
        String none = POLICY.substring(0, POLICY.indexOf("windows:")) + "conduits:  # none yet\n";
        Proposal made = RuleProposals.of((PolicyText.Sound) PolicyText.of(none),
                Refusals.of("", PANEL, PLC, "tcp port 502", ""));
        assertEquals(Kind.CONDUIT, made.kind());
        assertTrue(made.rule().contains("protocol: modbus") && !made.rule().contains("allow"), made.rule());
        PolicyText.Sound then = (PolicyText.Sound) PolicyText.of(made.yaml());
        assertTrue(made.yaml().contains("conduits: {host-10-3-1-77-to-plc-modbus: {") && made.yaml().contains(
                "}}  # none yet"), made.yaml());
        Proposal rule = RuleProposals.of(then, Refusals.of("modbus", PANEL, PLC, "read unit 1 holding 5", ""));
        assertEquals(Kind.RULE, rule.kind());
        assertTrue(PolicyText.of(rule.yaml()) instanceof PolicyText.Sound);
        assertEquals("allowed-already", assertThrows(Refused.class, () -> RuleProposals.of(then,
                Refusals.of("", PANEL, PLC, "tcp port 502", ""))).code());
    }

    @Test
    void whatWordsCannotSayNarrowlySaysWhatElseItAllows() throws Exception {
        Proposal made = proposal(POLICY, "modbus", "write unit 1 holding 100", "");
        assertTrue(made.note().contains("this one also allows any `value`"), made.note());
        assertEquals("no-words", refusal(POLICY, "modbus", "read unit 1 holding 5 and 3 more", "").code());
        Refused nowhere = assertThrows(Refused.class, () -> RuleProposals.of((PolicyText.Sound) PolicyText.of(POLICY),
                Refusals.of("modbus", new End("192.0.2.1", 50_000, ""), PLC, "read unit 1 holding 5", "")));
        assertEquals("no-place", nowhere.code());
    }

    @Test
    void expectationsThatWouldNotHoldAreNamed() throws Exception {
        String strict = POLICY
                + "expect:\n  - {from: plant, to: plc, does: write unit 1 holding 4 = 1, then: deny default}\n"
                + "  - {from: panel, to: plc, does: write unit 1 holding 5 = 1, then: deny default}\n";
        String named = strict.replace("# one so far", "").replace("10.3.1.10}}",
                "10.3.1.10}, panel: {zone: plant, address: 10.3.1.77}}");
        Proposal made = proposal(named, "modbus", "write unit 1 holding 5 = 1", "");
        assertEquals(List.of("panel-to-plc-modbus"), List.of(made.conduit()));
        assertTrue(made.note().contains("of the policy expects otherwise"), made.note());
    }
}
