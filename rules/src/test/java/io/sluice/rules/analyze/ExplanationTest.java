package io.sluice.rules.analyze;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.dissect.Vocabulary.Understood;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.compile.PolicyCompiler;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.PolicyReader;
import io.sluice.rules.policy.Problem;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    private static final String POLICY = """
            policy: t
            mode: enforce
            zones: {ops: {ports: [a]}, cell: {ports: [b]}}
            assets:
              hmi: {zone: ops, address: 10.0.0.1}
              plc: {zone: cell, address: 10.0.0.2}
            windows: {shift: {days: [sat], hours: "06:00-10:00"}}
            conduits:
              setpoints:
                from: hmi
                to: plc
                protocol: modbus
                on_deny: reset
                allow:
                  - {id: s1, do: read, unit: 1}
                  - {id: s2, do: write, unit: 1, space: holding, address: 100..119, value: 0..1500, rate: 2/s}
                  - {id: s3, do: write, unit: 1, space: coil, address: 12, window: shift}
                deny:
                  - {id: s9, do: write, address: 118, because: "safety trip limit"}
              basics:
                from: ops
                to: cell
                allow: [{id: b1, do: tcp, port: any}]
            """;

    private static Policy read(String yaml) {
        PolicyReader.Result result = PolicyReader.read("test.yaml", yaml);
        return assertInstanceOf(PolicyReader.Result.Read.class, result, () -> result.problems().toString()).policy();
    }

    private static CompiledPolicy compiled(Policy policy) {
        return assertInstanceOf(PolicyCompiler.Result.Compiled.class, PolicyCompiler.compile(policy, "")).policy();
    }

    private static Understood<Explanation> ask(String from, String to, String does) {
        Policy policy = read(POLICY);
        return Explanation.of(compiled(policy), policy, new Question(from, to, Optional.empty(), does));
    }

    private static List<String> lines(String from, String to, String does) {
        return switch (ask(from, to, does)) {
            case Understood.Yes<Explanation> yes -> yes.meaning().lines();
            case Understood.No<Explanation> no -> List.of(no.sentence());
        };
    }

    @Test
    void anAllowNamesItsRuleAndWhatItDependsOn() {
        assertEquals(List.of("asset `hmi` in zone `ops` to asset `plc` in zone `cell`", "conduit `setpoints`",
                "port 502, inspected as modbus",
                "allowed by `s2` of conduit `setpoints`: `write unit 1 holding 100 = 1500`",
                "at most 2 at once from one source, as its rate permits; assumed unused here"),
                lines("hmi", "plc", "write unit 1 holding 100 = 1500"));
        assertEquals("only while window `shift` is open, as assumed here",
                lines("hmi", "plc", "write unit 1 coil 12 = on").getLast());
    }

    @Test
    void aDenyNamesItsRuleAndReason() {
        assertTrue(lines("hmi", "plc", "write unit 1 holding 117..118 = 1,2").contains(
                "refused by deny `s9` of conduit `setpoints`: `write unit 1 holding 118 = 2`, because: safety trip"
                        + " limit"));
    }

    @Test
    void aRefusalNamesTheNearestAllowAndWhatIsMissing() {
        List<String> beyond = lines("hmi", "plc", "write unit 1 holding 119..120 = 1,2");
        assertTrue(beyond.contains("refused: no rule allows `write unit 1 holding 120 = 2`"), beyond::toString);
        assertTrue(beyond.contains("nearest is `s2`: address 120 is outside 100..119"), beyond::toString);
        assertTrue(beyond.contains("on refusal: reset"), beyond::toString);
        assertEquals("nearest is `s2`: value 1501 is outside 0..1500", nearest("write unit 1 holding 100 = 1501"));
        assertEquals("nearest is `s2`: the value that would be written is unknown, and 0..1500 is required",
                nearest("write unit 1 holding 100"));
        assertEquals("nearest is `s1`: unit 0 is everyone, and must be written: `unit: 0`",
                nearest("read unit 0 holding 100"));
        assertEquals("nearest is `s1`: unit 2 is outside 1", nearest("read unit 2 holding 100"));
    }

    private static String nearest(String does) {
        return lines("hmi", "plc", does).stream().filter(l -> l.startsWith("nearest")).findFirst().orElse("none");
    }

    @Test
    void withoutAConduitNothingPasses() {
        List<String> lines = lines("plc", "hmi", "read unit 1 holding 100");
        assertTrue(lines.contains("no conduit joins them: nothing passes"), lines::toString);
        assertTrue(lines("hmi", "cell", "tcp port 443").stream().anyMatch(l -> l.startsWith("allowed by `b1`")));
    }

    @Test
    void whatCannotBeAnsweredSaysWhy() {
        assertEquals(List.of("`plc-9` is neither a zone nor an asset of this policy"),
                lines("hmi", "plc-9", "read unit 1 holding 100"));
        assertEquals(List.of("port 502 is inspected as `modbus` here, message by message; say what a message does"),
                lines("hmi", "plc", "tcp port 502"));
        assertTrue(lines("hmi", "plc", "make coffee").getFirst().contains("is not a Modbus request"));
    }

    @Test
    void expectationsHoldOrSayWhatIsTheCaseInstead() {
        Policy policy = read(POLICY + """
                expect:
                  - {from: hmi, to: plc, does: write unit 1 holding 100 = 1500, then: allow s2}
                  - {from: hmi, to: plc, does: write unit 1 holding 118 = 0, then: deny s9}
                  - {from: hmi, to: plc, does: write unit 1 holding 120 = 0, then: deny default}
                  - {from: hmi, to: plc, does: write unit 1 coil 12 = on, then: allow}
                  - {from: hmi, to: plc, does: write unit 1 holding 118 = 0, then: deny default}
                  - {from: hmi, to: plc, does: read unit 1 holding 118, then: deny default}
                  - {from: hmi, to: plc, does: write unit 1 holding 120 = 0, then: allow s2}
                  - {from: hmi, to: plc, does: tcp port 502, then: allow}
                """);
        assertEquals(List.of(
                "expected `deny default` for `write unit 1 holding 118 = 0` from `hmi` to `plc`, but it is refused by"
                        + " `s9` of conduit `setpoints`; change the rules or the expectation",
                "expected `deny default` for `read unit 1 holding 118` from `hmi` to `plc`, but it is allowed by `s1`"
                        + " of conduit `setpoints`; change the rules or the expectation",
                "expected `allow s2` for `write unit 1 holding 120 = 0` from `hmi` to `plc`, but it is refused, since"
                        + " no rule allows it (nearest is `s2`: address 120 is outside 100..119); change the rules or"
                        + " the expectation",
                "port 502 is inspected as `modbus` here, message by message; say what a message does"),
                Expectations.check(compiled(policy), policy).stream().map(Problem::text).toList());
    }

    @Test
    void whatPassesBesideTheRulesIsListed() {
        assertTrue(Explanation.defaults().size() >= 5);
        assertTrue(Explanation.defaults().stream().anyMatch(l -> l.contains("ARP")));
    }
}
