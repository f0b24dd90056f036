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
import io.sluice.testdata.Captures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpcUaExplanationTest {
    private static final Policy EXAMPLE = read("example");

    private static Policy read(String name) {
        try {
            String text = Files
                    .readString(Captures.project("rules/src/test/resources/policies/good/" + name + ".yaml"));
            return read(name, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Policy read(String name, String text) {
        PolicyReader.Result result = PolicyReader.read(name, text);
        return assertInstanceOf(PolicyReader.Result.Read.class, result, () -> result.problems().toString()).policy();
    }

    private static CompiledPolicy compiled(Policy policy) {
        PolicyCompiler.Result result = PolicyCompiler.compile(policy, "");
        return assertInstanceOf(PolicyCompiler.Result.Compiled.class, result, result::toString).policy();
    }

    private static List<String> lines(String does) {
        Question question = new Question("hmi-3", "opc-3", Optional.empty(), does);
        return switch (Explanation.of(compiled(EXAMPLE), EXAMPLE, question)) {
            case Understood.Yes<Explanation> yes -> yes.meaning().lines();
            case Understood.No<Explanation> no -> List.of(no.sentence());
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"example", "opcua"})
    void whatPoliciesInTheseWordsExpectHolds(String name) {
        Policy policy = read(name);
        assertTrue(policy.expectations().size() >= 3);
        assertEquals(List.of(), Expectations.check(compiled(policy), policy));
    }

    @Test
    void anAllowNamesItsRuleAndTheChannelItNeeds() {
        assertEquals(List.of("asset `hmi-3` in zone `ops` to asset `opc-3` in zone `cell-3`", "conduit `ops-opcua`",
                "port 4840, inspected as opcua",
                "only over a channel with min_security Basic256Sha256, mode sign, user username or x509,"
                        + " client_certificate pinned, as assumed here",
                "allowed by `o2` of conduit `ops-opcua`: `write ns=2;s=Line3.Speed = 1500`"),
                lines("write ns=2;s=Line3.Speed = 1500"));
    }

    // The rules would let it pass, and no channel of it ever can.
    @Test
    void anAssetWithoutTheCertificateThatIsPinnedIsRefused() {
        Policy policy = read("unpinned", """
                policy: unpinned
                mode: enforce
                zones: {ops: {ports: [a]}, cell: {ports: [b]}}
                assets: {bare: {zone: ops, address: 10.0.0.3}, opc: {zone: cell, address: 10.0.0.2}}
                conduits:
                  c:
                    from: ops
                    to: opc
                    protocol: opcua
                    channel: {mode: sign, client_certificate: pinned}
                    allow: [{id: a, do: read}]
                expect: [{from: bare, to: opc, does: read i=85, then: allow a}]
                """);
        assertEquals(
                List.of("expected `allow a` for `read i=85` from `bare` to `opc`, but it is refused: asset `bare` must"
                        + " show a certificate that is pinned, and has no `certificate`; change the rules or the"
                        + " expectation"),
                Expectations.check(compiled(policy), policy).stream().map(Problem::text).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "write ns=2;i=5 = 7 | `o2`: node ns=2;i=5 is outside ns=2;s=Line3.Speed, ns=2;i=4711",
            "write ns=2;i=4711 = 1, 1500.5 | `o2`: value 1500.5 is outside 0..1500",
            "write ns=2;i=4711 = \"fast\" | `o2`: value \"fast\" is outside 0..1500",
            "write ns=2;i=4711 | `o2`: the value that would be written is unknown, and 0..1500 is required",
            "write ns=2;i=4711 attribute description = 5 | `o2`: attribute description is outside value",
            "call ns=2;s=Line3.Reset | `o3`: it has no object, so `object` must be left out",
            "call ns=2;s=Line3.Stop on ns=2;s=Line3 | `o3`: method ns=2;s=Line3.Stop is outside ns=2;s=Line3.Reset"})
    void aRefusalNamesTheNearestAllowAndWhatIsMissing(String does, String nearest) {
        List<String> lines = lines(does);
        assertTrue(lines.contains("nearest is " + nearest), lines::toString);
        assertTrue(lines.contains("on refusal: reset"), lines::toString);
    }
}
