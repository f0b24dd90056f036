package io.sluice.rules.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.rules.CompiledGrant;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.Grant;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.PolicyReader;
import io.sluice.rules.policy.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies below the ceiling of a conduit and what does not, with the sentence that says so. */
class GrantCompilerTest {
    private static final String POLICY = """
            policy: test
            mode: enforce
            zones:
              cell: {ports: [cell]}
              ops: {ports: [plant]}
              jump: {broker: true}
            assets:
              plc: {zone: cell, address: 10.3.1.10}
              opc: {zone: cell, address: 10.3.1.20}
              hmi: {zone: ops, address: 10.3.1.105}
            windows:
              weekend: {days: [sat], hours: "06:00-10:00"}
            conduits:
              upload:
                from: jump
                to: plc
                protocol: modbus
                allow:
                  - {id: m1, do: read, unit: 1}
                  - {id: m2, do: write, space: holding, unit: 1, address: 0..99, value: 0..1500}
                  - {id: m3, do: write, space: holding, unit: 1, address: 100..199, value: any}
                  - {id: m4, do: write, space: holding, unit: 1, address: 50..120, value: 1000..9000}
                  - {id: m5, do: write, space: coil, unit: 2, address: any, window: weekend}
                  - {id: m6, do: function 43/14}
                deny:
                  - {id: m9, do: write, address: 118}
              tags:
                from: jump
                to: cell
                protocol: opcua
                channel: {mode: [none, sign]}
                allow:
                  - {id: o1, do: [browse, read], node: any}
                  - {id: o2, do: write, node: ["ns=2;s=A", "ns=2;s=B"], attribute: value, value: 0..100}
              web:
                from: jump
                to: plc
                allow:
                  - {id: w1, do: tcp, port: [443, 8000..8099]}
              operators:
                from: ops
                to: plc
                protocol: modbus
                allow:
                  - {id: x1, do: read, unit: 1}
            """;
    private static final Policy READ = assertInstanceOf(PolicyReader.Result.Read.class,
            PolicyReader.read("policy.yaml", POLICY)).policy();
    private static final CompiledPolicy COMPILED = assertInstanceOf(PolicyCompiler.Result.Compiled.class,
            PolicyCompiler.compile(READ, "0")).policy();
    private static final GrantCompiler COMPILER = new GrantCompiler(READ, COMPILED);

    private static GrantCompiler.Result compile(String conduit, String target, Optional<String> rules) {
        return COMPILER.compile(new Grant("acme-7f3c", "k.maier", conduit, target, rules, Instant.EPOCH));
    }

    private static void below(String conduit, String target, String rule) {
        var result = compile(conduit, target, Optional.of("- {" + rule + "}"));
        assertInstanceOf(GrantCompiler.Result.Compiled.class, result, () -> rule + ": " + result);
    }

    private static String beyond(String conduit, String target, String rule) {
        var result = assertInstanceOf(GrantCompiler.Result.Refused.class,
                compile(conduit, target, Optional.of("- {" + rule + "}")), rule);
        assertEquals(1, result.problems().size(), () -> result.problems().toString());
        return result.problems().getFirst().toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id: g, do: read, space: holding, unit: 1", "id: g, do: read, unit: 1",
            "id: g, do: write, space: holding, unit: 1, address: 10..20, value: 0..100",
            "id: g, do: write, space: holding, unit: 1, address: 100..199, value: any",
            "id: g, do: write, space: holding, unit: 1, address: 118, value: 5",
            "id: g, do: function 43/14",
            "id: g, do: write, space: coil, unit: 2, address: 7",
            "id: g, do: write, space: holding, unit: 1, address: 60, value: 0..9000, rate: 1/min"})
    void below(String rule) {
        below("upload", "plc", rule);
    }

    /** Several allows may cover together what none covers alone, as they do for requests. */
    @Test
    void theUnionOfAllowsIsTheCeiling() {
        below("upload", "plc", "id: g, do: write, space: holding, unit: 1, address: 50..150, value: 0..9000");
        assertEquals("grant acme-7f3c:1:3: `g` goes beyond conduit `upload`: no allow there covers"
                + " `write unit 1 space holding address 49 value 1501`",
                beyond("upload", "plc",
                        "id: g, do: write, space: holding, unit: 1, address: 49..150, value: 0..9000"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            id: g, do: read, unit: 2                                                      | unit 2
            id: g, do: read                                                               | unit
            id: g, do: write, space: coil, unit: 1, address: 7                            | space coil
            id: g, do: write, space: holding, unit: 1, address: 200, value: any           | address 200
            id: g, do: write, space: holding, unit: 1, address: 5, value: any             | value
            id: g, do: write, space: holding, unit: 1, address: any, value: 1             | address
            id: g, do: write, space: [holding, coil], unit: 1, address: 5, value: 1       | space coil
            id: g, do: function 8/0                                                       | function
            """)
    void beyond(String rule, String witness) {
        String sentence = beyond("upload", "plc", rule);
        assertTrue(
                sentence.contains("goes beyond conduit `upload`: no allow there covers") && sentence.contains(witness),
                sentence);
    }

    @Test
    void nodesAreComparedAsNames() {
        below("tags", "opc", "id: g, do: write, node: \"ns=2;s=A\", attribute: value, value: 5..10");
        below("tags", "opc", "id: g, do: read, node: \"ns=2;s=A\"");
        assertTrue(beyond("tags", "opc", "id: g, do: write, node: \"ns=2;s=A\", attribute: value, value: 5..101")
                .contains("ns=2;s=A"));
        assertTrue(beyond("tags", "opc", "id: g, do: write, node: any, attribute: value, value: 1")
                .contains("goes beyond"));
        assertTrue(beyond("tags", "opc", "id: g, do: read, node: \"ns=2;s=Never\"")
                .contains("names `ns=2;s=Never`, which the policy does not"));
    }

    @Test
    void connectionsAsAWholeHaveACeilingToo() {
        below("web", "plc", "id: g, do: tcp, port: 8000..8005");
        assertTrue(beyond("web", "plc", "id: g, do: tcp, port: 8000..8100").contains("tcp port 8100"));
        assertTrue(beyond("web", "plc", "id: g, do: ping").contains("ping"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nothing   | plc | the policy has no conduit `nothing`
            operators | plc | comes from `ops`, which is no zone with `broker: true`
            upload    | hmi | asset `hmi` is not where conduit `upload` leads
            upload    | opc | asset `opc` is not where conduit `upload` leads
            upload    | abc | the policy has no asset `abc`
            tags      | hmi | asset `hmi` is not where conduit `tags` leads, to `cell`
            """)
    void grantsThatLeadElsewhereAreRefused(String conduit, String target, String part) {
        var refused = assertInstanceOf(GrantCompiler.Result.Refused.class, compile(conduit, target, Optional.empty()));
        assertTrue(refused.problems().getFirst().text().contains(part), refused.problems().toString());
    }

    @Test
    void theWholeCeilingNeedsNoRules() {
        CompiledGrant grant = assertInstanceOf(GrantCompiler.Result.Compiled.class,
                compile("upload", "plc", Optional.empty())).grant();
        assertEquals("plc", COMPILED.nameOf(grant.target()));
        assertEquals(502, grant.port());
    }

    @Test
    void mistakesAreSaidAsInAPolicy() {
        for (String rules : List.of("", "[]", "- {id: g}", "- {id: g, do: read, window: never}", "x: [", "- 3",
                "- {id: g, do: write, space: holding, unit: 1, address: 5, value: 1, because: no}")) {
            List<Problem> problems = assertInstanceOf(GrantCompiler.Result.Refused.class,
                    compile("upload", "plc", Optional.of(rules)), rules).problems();
            assertTrue(problems.getFirst().toString().startsWith("grant acme-7f3c:1:"), problems.toString());
        }
    }
}
