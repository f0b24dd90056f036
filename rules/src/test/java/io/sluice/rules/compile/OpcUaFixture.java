package io.sluice.rules.compile;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Names;
import io.sluice.dissect.Shortfall;
import io.sluice.dissect.Vocabulary;
import io.sluice.dissect.Vocabulary.Request;
import io.sluice.dissect.Vocabulary.Understood;
import io.sluice.dissect.opcua.OpcUa;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.RateBuckets;
import io.sluice.rules.Service;
import io.sluice.rules.Situation;
import io.sluice.rules.Verdict;
import io.sluice.rules.policy.PolicyReader;
import io.sluice.rules.policy.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Policies in OPC UA words between zone {@code ops} with asset {@code hmi} and zone {@code cell} with {@code opc}. */
final class OpcUaFixture {
    static final String PLACES = """
            policy: t
            mode: enforce
            zones: {ops: {ports: [a]}, cell: {ports: [b]}}
            assets:
              hmi: {zone: ops, address: 10.0.0.1, certificate: "sha256:%s"}
              bare: {zone: ops, address: 10.0.0.3}
              opc: {zone: cell, address: 10.0.0.2}
            windows: {shift: {days: [sat], hours: "06:00-10:00"}}
            conduits:
            """.formatted("ab".repeat(32));
    static final String CONDUIT = """
              c:
                from: hmi
                to: opc
                protocol: opcua
            """;

    final CompiledPolicy policy;
    final Service service;
    private final Situation situation = new Situation(new RateBuckets(64));

    /** @param rules the rest of the conduit, by lines without indentation */
    OpcUaFixture(String rules) {
        this(rules, "");
    }

    /** @param more conduits, indented as such */
    OpcUaFixture(String rules, String more) {
        policy = PolicyFixture.compiled(PolicyFixture.read(PLACES + CONDUIT + rules.indent(4) + more));
        service = policy.relation(place("hmi"), place("opc")).services().getFirst();
        situation.at(0, policy.windows());
        situation.source(0, 1);
    }

    /** All that is wrong with a policy, whichever stage finds it. */
    static List<String> problems(String conduits) {
        PolicyReader.Result result = PolicyReader.read("f", PLACES + conduits);
        List<Problem> problems = new ArrayList<>(result.problems());
        if (result instanceof PolicyReader.Result.Read read) {
            problems.addAll(switch (PolicyCompiler.compile(read.policy(), PolicyFixture.HASH)) {
                case PolicyCompiler.Result.Compiled compiled -> compiled.warnings();
                case PolicyCompiler.Result.Refused refused -> refused.problems();
            });
        }
        return problems.stream().map(Problem::toString).filter(p -> !p.endsWith("window `shift` is used by no rule"))
                .toList();
    }

    /** The same of one conduit, whose first line after `protocol` is line 14. */
    static List<String> problemsOf(String rules) {
        return problems(CONDUIT + rules.indent(4));
    }

    int place(String name) {
        return Stream.iterate(1, p -> p + 1).filter(p -> policy.nameOf(p).equals(name)).findFirst().orElseThrow();
    }

    Names names() {
        return policy.names(OpcUa.PROTOCOL);
    }

    Facts facts(String request) {
        Vocabulary vocabulary = OpcUa.PROTOCOL.vocabulary();
        if (!(vocabulary.request(request) instanceof Understood.Yes<Request> yes)) {
            throw new AssertionError(request);
        }
        Facts facts = new Facts();
        yes.meaning().fill(facts, names());
        return facts;
    }

    String decide(String request) {
        return decide(facts(request));
    }

    /** The rule that decided, or what was missing and where. */
    String decide(Facts facts) {
        Verdict verdict = new Verdict();
        service.table().decide(facts, situation, verdict);
        String rule = verdict.rule() == Verdict.DEFAULT ? "" : policy.rules().get(verdict.rule()).id();
        return verdict.allowed()
                ? "allow " + rule
                : "deny " + (rule.isEmpty() ? Shortfall.word(verdict.shortfall()) : rule) + " " + verdict.span() + "/"
                        + verdict.index();
    }
}
