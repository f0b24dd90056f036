package io.sluice.rules.analyze;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FindingsTest {
    private static final String POLICY = """
            policy: p
            mode: enforce
            zones:
              cell: {ports: [cell]}
              ops: {ports: [plant]}
            assets:
              plc: {zone: cell, address: 10.0.1.10}
              hmi: {zone: ops, address: 10.0.2.10}
            conduits:
              one:
                from: hmi
                to: plc
                protocol: modbus
                allow:
                  - {id: s0, do: read, unit: 1}
                  - {id: s2, do: write, unit: 1, space: holding, address: 0..9}
                  - {id: s3, do: write, unit: 1, space: holding, address: 10..19}
            """;

    @Test
    void aSoundPolicyHasNoNotes() {
        assertEquals(List.of(), unreachable(POLICY));
    }

    // Neither of the two holds it alone, so the compiler does not see it.
    @Test
    void anAllowThatOthersCoverTogetherAddsNothing() {
        List<String> found = unreachable(
                POLICY + "      - {id: s9, do: write, unit: 1, space: holding, address: 5..14}\n");
        assertEquals(List.of("test.yaml:18:9: note: `s9` adds nothing: other rules together already allow all of it,"
                + " or refuse it"), found);
    }

    @Test
    void aDenyOfWhatNobodyAllowsRefusesNothing() {
        assertEquals(List.of("test.yaml:19:9: note: deny `d1` refuses nothing that any rule allows"),
                unreachable(POLICY + "    deny:\n      - {id: d1, do: write, unit: 1, space: coil}\n"));
    }

    @Test
    void rulesThatOverlapAndReachFurtherAreNeeded() {
        assertEquals(List.of(), unreachable(overlapping(200, "")));
        // None of the others holds it alone.
        assertEquals(List.of("z"), unreachable(overlapping(200,
                "      - {id: z, do: write, unit: 1, space: holding, address: 5..1000, value: 60..70}\n")).stream()
                .map(f -> f.replaceAll(".*note: `(.*)` adds nothing.*", "$1")).toList());
    }

    // What was not looked at is said: nobody should take silence for an answer.
    @Test
    void whereTooManyRulesOverlapItIsSaidThatNobodyLooked() {
        List<String> found = unreachable(overlapping(1_900, "").replaceAll("value: [0-9.]+", "value: 0..9"));
        assertTrue(
                found.getLast().matches(".*note: whether `r[0-9]+` and [0-9]+ more rules are needed was not looked at:"
                        + " too many rules overlap there"),
                found::toString);
        List<String> many = unreachable(overlapping(2_001, "").replaceAll("\\.\\.[0-9]+, value: [0-9.]+", ""));
        assertEquals(List.of("test.yaml:15:9: note: more than 2000 rules: whether each is needed was not looked at"),
                many);
    }

    /** Rules of which each reaches further than those before, and holds part of them. */
    private static String overlapping(int rules, String more) {
        StringBuilder policy = new StringBuilder(POLICY.substring(0, POLICY.indexOf("      - {id: s0")));
        for (int i = 0; i < rules; i++) {
            policy.append("      - {id: r" + i + ", do: write, unit: 1, space: holding, address: " + i * 10 + ".."
                    + (i * 10 + 9_990) + ", value: " + i + ".." + (i + 20_000) + "}\n");
        }
        return policy.append(more).toString();
    }

    // What is said of a port that is inspected says nothing of what is not: its box is empty.
    @Test
    void aRuleOnAnInspectedPortIsNoReasonToFail() {
        List<String> found = unreachable(POLICY + "  two:\n    from: hmi\n    to: plc\n    allow:\n"
                + "      - {id: t1, do: tcp, port: 502}\n      - {id: t2, do: tcp, port: 443}\n");
        assertTrue(found.stream().noneMatch(f -> f.contains("`t2`")), found::toString);
    }

    @Test
    void aRateOrAWindowIsAReasonForARule() {
        assertEquals(List.of(), unreachable(POLICY.replace("conduits:", """
                windows:
                  night: {days: [sat], hours: "00:00-06:00"}
                conduits:""")
                + "      - {id: s4, do: write, unit: 1, space: coil, address: 0..9, window: night}\n"
                + "      - {id: s5, do: write, unit: 1, space: coil, address: 0..9, rate: 1/s}\n"));
    }

    @Test
    void thePartThatADenyTakesIsNamed() {
        List<String> found = all(POLICY + "    deny:\n      - {id: d1, do: write, unit: 1, address: 8..12}\n");
        assertTrue(found.contains("test.yaml:16:9: note: part of `s2` is refused by `d1`:"
                + " `write unit 1 space holding address 8..9`"), found::toString);
        assertTrue(found.contains("test.yaml:17:9: note: part of `s3` is refused by `d1`:"
                + " `write unit 1 space holding address 10..12`"), found::toString);
    }

    @Test
    void anAllowThatNoExpectationTriesIsUntested() {
        List<String> found = all(POLICY + "expect:\n"
                + "  - {from: hmi, to: plc, does: write unit 1 holding 3 = 1, then: allow s2}\n"
                + "  - {from: hmi, to: plc, does: read unit 1 holding 3, then: allow}\n");
        assertEquals(List.of("test.yaml:17:9: note: no expectation tests rule `s3`"), found);
    }

    private static List<String> unreachable(String yaml) {
        return Findings.unreachable(Versions.of(yaml), Set.of()).stream().map(Finding::toString).toList();
    }

    private static List<String> all(String yaml) {
        return Findings.all(Versions.of(yaml), Set.of()).stream().map(Finding::toString).toList();
    }
}
