package io.sluice.rules.analyze;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.rules.analyze.Statement.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyDifferenceTest {
    private static final String PLACES = """
            policy: p
            mode: enforce
            zones:
              cell: {ports: [cell]}
              ops: {ports: [plant]}
            assets:
              plc: {zone: cell, address: 10.0.1.10}
              hmi: {zone: ops, address: 10.0.2.10}
            windows:
              weekend: {days: [sat, sun], hours: "00:00-24:00", timezone: Europe/Paris}
              week: {days: [mon-fri], hours: "00:00-24:00", timezone: Europe/Paris}
            conduits:
            """;

    @Test
    void aWiderRangeIsNewlyAllowedAndANarrowerOneNewlyDenied() {
        assertEquals(
                List.of("ALLOWED hmi > plc: modbus write unit 1 space holding address 20..29 value 0..9 [ -> unlimited]",
                        "DENIED hmi > plc: modbus write unit 1 space holding address 0..4 value 0..9 [unlimited -> ]"),
                modbus("{id: a, do: write, unit: 1, space: holding, address: 0..19, value: 0..9}",
                        "{id: a, do: write, unit: 1, space: holding, address: 5..29, value: 0..9}"));
    }

    // Function 22 writes what nobody can see: only an allow without a value covers it.
    @Test
    void aValueThatIsLeftOutAlsoAllowsOneThatCannotBeTold() {
        assertEquals(List.of("ALLOWED hmi > plc: modbus write unit 1 space holding address 0"
                + " value that cannot be told [ -> unlimited]"),
                modbus("{id: a, do: write, unit: 1, space: holding, address: 0, value: 0..65535}",
                        "{id: a, do: write, unit: 1, space: holding, address: 0}"));
    }

    // What no message can ask is no difference: discrete inputs cannot be written, a coil is 0 or 1.
    @Test
    void whatNoMessageCanAskMakesNoDifference() {
        assertEquals(List.of(), modbus("{id: a, do: write, unit: 1, space: any, address: any, file: any}", """
                {id: b, do: write, unit: 1, space: coil, address: any, value: 0..1}
                      - {id: c, do: write, unit: 1, space: holding, address: any}
                      - {id: d, do: write, unit: 1, space: file, address: any, file: any}"""));
    }

    @Test
    void aWindowIsStatedAsATime() {
        assertEquals(List.of("DENIED hmi > plc: modbus read unit 1..255 unless `weekend` is open [unlimited -> ]"),
                modbus("{id: a, do: read}", "{id: a, do: read, window: weekend}"));
    }

    // Together two windows may be always: but for a clock that nobody can rely on.
    @Test
    void windowsThatCoverTheWeekDifferFromAlwaysOnlyWhileTheClockIsNotTrusted() {
        assertEquals(List.of(
                "DENIED hmi > plc: modbus read unit 1..255 while the clock is not synchronised [unlimited -> ]"),
                modbus("{id: a, do: read}", "{id: a, do: read, window: weekend}\n"
                        + "      - {id: b, do: read, window: week}"));
    }

    @Test
    void aRateIsNeitherAllowedNorDenied() {
        assertEquals(List.of("RATE hmi > plc: modbus read unit 1 [2/s -> 10/s]"),
                modbus("{id: a, do: read, unit: 1, rate: 2/s}", "{id: a, do: read, unit: 1, rate: 600/min burst 10}"));
        assertEquals(List.of("RATE hmi > plc: modbus read unit 1 [2/s -> unlimited]"),
                modbus("{id: a, do: read, unit: 1, rate: 2/s}", "{id: a, do: read, unit: 1}"));
    }

    // Each rule has a bucket of its own: two of 5/s let ten pass where one lets five.
    @Test
    void twoRulesWithOneRateAreTwiceTheRate() {
        String one = "{id: a, do: read, unit: 1, space: holding, address: 0..9, rate: 5/s}";
        String again = "\n      - {id: b, do: read, unit: 1, space: holding, address: 5..9, rate: 5/s}";
        assertEquals(List.of("RATE hmi > plc: modbus read unit 1 space holding address 5..9 [5/s -> 5/s for each of 2"
                + " rules]"), modbus(one, one + again));
        assertEquals(List.of("RATE hmi > plc: modbus read unit 1 space holding address 5..9 [5/s for each of 2 rules ->"
                + " 10/s burst 5]"), modbus(one + again,
                        one.replace("0..9", "0..4") + again.replace("5/s", "10/s burst 5")));
    }

    // What a deny tells is what its own conduit says, not what the pair says of what no rule names.
    @Test
    void whatADenyTellsIsStatedForWhatItRefuses() {
        String allow = "{id: a, do: read, unit: 1}";
        String deny = "    deny:\n      - {id: d, do: write, space: holding, address: 118}\n";
        String before = PLACES + conduit("hmi", "plc", "modbus", allow) + deny;
        String after = before.replace("    allow:", "    on_deny: drop\n    allow:");
        assertEquals(List.of("ON_DENY hmi > plc:  [reply -> drop]", "ON_DENY hmi > plc: modbus  [reply -> drop]",
                "ON_DENY hmi > plc: modbus write space holding address 118 [reply -> drop]"),
                Versions.lines(before, after));
        // The deny moves to a conduit of the zones, which says otherwise; what no rule names stays as it was.
        String moved = PLACES + conduit("hmi", "plc", "modbus", allow)
                + conduit("ops", "cell", "modbus", allow.replace("id: a", "id: b")).replace("one:", "two:")
                        .replace("    allow:", "    on_deny: reset\n    allow:")
                + deny;
        List<Statement> lines = Versions.between(Versions.of(before), Versions.of(moved)).statements();
        Statement told = lines.stream().filter(s -> s.kind() == Kind.ON_DENY && s.from().equals(List.of("hmi")))
                .findFirst().orElseThrow();
        assertEquals("ON_DENY hmi > plc: modbus write space holding address 118 [reply -> reset]",
                Versions.line(told));
        assertEquals("deny d", told.witness().orElseThrow().after().text());
    }

    // A deny where nothing allowed it before changes nothing but what the refused is told.
    @Test
    void aDenyOfWhatNoRuleNamesMayTellOtherwise() {
        String before = PLACES + conduit("hmi", "plc", "modbus", "{id: a, do: read, unit: 1}");
        String after = before
                + "  two:\n    from: ops\n    to: cell\n    protocol: modbus\n    on_deny: drop\n    deny:\n"
                + "      - {id: d, do: write, space: coil}\n";
        assertEquals(List.of("ON_DENY hmi > plc: modbus write space coil [reply (no rule) -> drop]"),
                Versions.lines(before, after).stream().filter(l -> l.contains("hmi > plc")).toList());
    }

    // Of several denies on one item that of the lowest id decides, and those without a window before those with one.
    @Test
    void ofSeveralDeniesTheOneThatDecidesTells() {
        String allow = "{id: a, do: read, unit: 1}";
        String one = PLACES + conduit("hmi", "plc", "modbus", allow)
                + "    deny:\n      - {id: d1, do: write, space: coil}\n";
        String second = """
                  two:
                    from: ops
                    to: cell
                    protocol: modbus
                    on_deny: drop
                    deny:
                      - {id: NAME, do: write, space: coil}
                """;
        assertEquals(List.of(), Versions.lines(one, one + second.replace("NAME", "d2")).stream()
                .filter(l -> l.contains("hmi > plc")).toList());
        assertEquals(1, Versions.lines(one, one + second.replace("NAME", "d0")).stream()
                .filter(l -> l.contains("hmi > plc") && l.contains("[reply -> drop]")).count());
    }

    @Test
    void equalRatesInOtherWordsAreEqual() {
        assertEquals(List.of(),
                modbus("{id: a, do: read, rate: 1/s burst 60}", "{id: other, do: read, rate: 60/min}"));
    }

    @Test
    void anotherPortIsADifferenceOfPlacesThatPass() {
        String one = conduit("hmi", "plc", "modbus", "{id: a, do: read, unit: 1}");
        assertEquals(List.of("DENIED hmi > plc: modbus read unit 1 [unlimited -> ]",
                "ALLOWED hmi > plc: modbus on tcp port 1502 read unit 1 [ -> unlimited]"),
                Versions.lines(PLACES + one,
                        PLACES + one.replace("protocol: modbus", "protocol: {modbus: {port: 1502}}")));
    }

    // Uninspected, everything on the port passes, whatever it asks.
    @Test
    void aPortThatIsInspectedNoMoreIsSaidToBe() {
        List<String> lines = Versions.lines(PLACES + conduit("hmi", "plc", "modbus", "{id: a, do: read}"),
                PLACES + conduit("hmi", "plc", "", "{id: a, do: tcp, port: 502}"));
        assertTrue(lines.contains("INSPECTION hmi > plc: modbus  [inspected as modbus -> not inspected]"),
                lines::toString);
        assertTrue(lines.stream().anyMatch(l -> l.startsWith("ALLOWED hmi > plc: modbus write, function")),
                lines::toString);
    }

    @Test
    void whatBecomesOfAWholeZoneIsSaidOnce() {
        assertEquals(List.of("ALLOWED ops > cell: tcp port 443 [ -> unlimited]"),
                Versions.lines(PLACES + conduit("hmi", "plc", "", "{id: a, do: ping}"),
                        PLACES + conduit("hmi", "plc", "", "{id: a, do: ping}")
                                + conduit("ops", "cell", "", "{id: b, do: tcp, port: 443}").replace("one:", "two:")));
    }

    @Test
    void anAssetWithAnotherNameAndTheSameAddressIsTheSame() {
        String policy = PLACES + conduit("hmi", "plc", "modbus", "{id: a, do: read}");
        assertEquals(List.of(), Versions.lines(policy, policy.replace("hmi", "panel")));
        assertEquals(List.of(), Versions.between(Versions.of(policy), Versions.of(policy.replace("hmi", "panel")))
                .settings());
    }

    @Test
    void anAssetWithAnotherAddressIsToldFromItself() {
        String policy = PLACES + conduit("hmi", "plc", "modbus", "{id: a, do: read}");
        String moved = policy.replace("10.0.2.10", "10.0.2.11");
        assertEquals(List.of("ALLOWED hmi (10.0.2.11) > plc: modbus read unit 1..255 [ -> unlimited]",
                "DENIED hmi (10.0.2.10) > plc: modbus read unit 1..255 [unlimited -> ]"),
                Versions.lines(policy, moved).stream().sorted().toList());
        assertEquals(List.of(new SettingChange("asset `hmi`: address", "10.0.2.10", "10.0.2.11")),
                Versions.between(Versions.of(policy), Versions.of(moved)).settings());
    }

    @Test
    void whatIsSaidOfJumpSessionsIsToldKeyByKey() {
        String policy = """
                policy: p
                mode: enforce
                zones: {cell: {ports: [cell]}, jump: {broker: true}}
                conduits: {up: {from: jump, to: cell, protocol: modbus, allow: [{id: m1, do: read, unit: 1}]}}
                sessions:
                  acme: {who: {group: acme}, use: up, approve: {by: lead}, limit: {duration: 2h}}
                """;
        String other = policy.replace("{by: lead}", "{by: lead, count: 2}").replace("2h", "30m");
        assertEquals(List.of(new SettingChange("session `acme`: approved by", "1 of lead", "2 of lead"),
                new SettingChange("session `acme`: duration", "2h", "30m")),
                Versions.between(Versions.of(policy), Versions.of(other)).settings());
        assertEquals(List.of(), Versions.lines(policy, other), "what may cross is the same");
        assertEquals(1,
                Versions.between(Versions.of(policy), Versions.of(policy.substring(0, policy.indexOf("sessions"))))
                        .settings().size());
    }

    @Test
    void modeAndRefusalAreStatedApart() {
        String policy = PLACES + conduit("hmi", "plc", "modbus", "{id: a, do: read}");
        assertEquals(
                List.of("MODE hmi > plc:  [enforce -> monitor until 2030-12-31 (Z), then enforce]"),
                Versions.lines(policy,
                        policy.replace("    allow:", "    mode: {monitor: until 2030-12-31}\n    allow:")));
        assertTrue(Versions.lines(policy, policy.replace("    allow:", "    on_deny: drop\n    allow:"))
                .contains("ON_DENY hmi > plc: modbus  [reply -> drop]"));
    }

    @Test
    void namesAreComparedByWhatTheyNameInEitherPolicy() {
        assertEquals(List.of(
                "ALLOWED hmi > plc: opcua write attribute value node ns=2;s=B value 0..10 [ -> unlimited]",
                "DENIED hmi > plc: opcua write attribute value node ns=2;s=A value 0..10 [unlimited -> ]"),
                opcua("{id: a, do: write, node: \"ns=2;s=A\", value: 0..10}",
                        "{id: a, do: write, node: \"ns=2;s=B\", value: 0..10}"));
        assertEquals(List.of("DENIED hmi > plc: opcua read node any but ns=2;s=A [unlimited -> ]"),
                opcua("{id: a, do: read}", "{id: a, do: read, node: \"ns=2;s=A\"}"));
    }

    @Test
    void numbersOfOpcUaHaveNoNeighbours() {
        assertEquals(List.of("ALLOWED hmi > plc: opcua write attribute value node ns=2;s=A"
                + " value 10..20 (neither of the two) [ -> unlimited]"),
                opcua("{id: a, do: write, node: \"ns=2;s=A\", value: [0..10, 20..30]}",
                        "{id: a, do: write, node: \"ns=2;s=A\", value: 0..30}"));
    }

    @Test
    void whatAChannelMustBeLikeIsStatedApart() {
        String policy = PLACES + conduit("hmi", "plc", "opcua", "{id: a, do: read}");
        assertEquals(List.of("CHANNEL hmi > plc: opcua  [any -> mode sign]"),
                Versions.lines(policy, policy.replace("    allow:", "    channel: {mode: sign}\n    allow:")));
    }

    // An example is a line of `expect`: what it says is true, and was not before.
    @Test
    void anExampleIsALineThatTheNewPolicyCanExpectOfItself() {
        String allow = "{id: a, do: write, unit: 1, space: holding, address: 0..19, value: 0..9}";
        String policy = PLACES + conduit("hmi", "plc", "modbus", allow);
        String wider = policy.replace("0..9}", "0..12}");
        Statement only = Versions.between(Versions.of(policy), Versions.of(wider)).statements().getFirst();
        assertEquals(Kind.ALLOWED, only.kind());
        String line = only.witness().orElseThrow().text();
        assertEquals("{from: hmi, to: plc, does: write unit 1 holding 0 = 10, then: allow a}", line);
        Version expecting = Versions.of(wider + "expect:\n  - " + line + "\n");
        assertEquals(List.of(), Expectations.check(expecting.compiled(), expecting.policy()));
        Version before = Versions.of(policy + "expect:\n  - " + line + "\n");
        assertEquals(1, Expectations.check(before.compiled(), before.policy()).size());
    }

    private static List<String> modbus(String before, String after) {
        return Versions.lines(PLACES + conduit("hmi", "plc", "modbus", before),
                PLACES + conduit("hmi", "plc", "modbus", after));
    }

    private static List<String> opcua(String before, String after) {
        return Versions.lines(PLACES + conduit("hmi", "plc", "opcua", before),
                PLACES + conduit("hmi", "plc", "opcua", after));
    }

    private static String conduit(String from, String to, String protocol, String allow) {
        return "  one:\n    from: " + from + "\n    to: " + to + "\n"
                + (protocol.isEmpty() ? "" : "    protocol: " + protocol + "\n") + "    allow:\n      - " + allow
                + "\n";
    }
}
