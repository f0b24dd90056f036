package io.sluice.rules.analyze;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.rules.analyze.Statement.Kind;
import io.sluice.rules.policy.PolicyReader;
import io.sluice.testdata.RandomPolicy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Pattern;
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

    // Without all rules that are reported a policy means the same; without any other one it does not.
    @Test
    void whatIsFoundCanGoAndNothingElse() {
        int reported = 0;
        int needed = 0;
        for (int i = 0; i < 120; i++) {
            String yaml = RandomPolicy.of(RandomGeneratorFactory.of("L64X128MixRandom").create(31_000 + i)).yaml();
            Optional<Version> version = version(yaml);
            if (version.isEmpty()) {
                continue;
            }
            String less = yaml;
            for (Finding finding : Findings.unreachable(version.get(), Set.of())) {
                less = without(less, finding.text().replaceAll("^[^`]*`([^`]*)`.*", "$1"));
                reported++;
            }
            Optional<Version> reduced = version(less);
            if (reduced.isEmpty()) {
                continue; // nothing is left of a conduit
            }
            assertEquals(List.of(), requests(version.get(), reduced.get()), yaml);
            for (String line : less.lines().filter(l -> l.contains("{id: ")).toList()) {
                Optional<Version> other = version(less.replace(line + "\n", ""));
                if (other.isPresent()) {
                    assertNotEquals(List.of(), requests(reduced.get(), other.get()), line + "\n" + less);
                    needed++;
                }
            }
        }
        assertTrue(reported > 30 && needed > 150, reported + " reported, " + needed + " needed");
    }

    private static Optional<Version> version(String yaml) {
        return PolicyReader.read("random.yaml", yaml) instanceof PolicyReader.Result.Read read
                ? Versions.compiled(read)
                : Optional.empty();
    }

    private static String without(String yaml, String id) {
        return yaml.replaceAll("(?m)^ +- \\{id: " + Pattern.quote(id) + ",.*\n", "");
    }

    /** What comes with any allow is no merit of a rule. */
    private static List<String> requests(Version before, Version after) {
        return Versions.between(before, after).statements().stream()
                .filter(s -> Set.of(Kind.ALLOWED, Kind.DENIED, Kind.RATE).contains(s.kind()))
                .filter(s -> !s.what().startsWith("discovery") && !s.what().startsWith("session"))
                .map(Versions::line).toList();
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
