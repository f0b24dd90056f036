package io.sluice.rules.analyze;

import io.sluice.dissect.Shortfall;
import io.sluice.dissect.Vocabulary.Understood;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.RuleInfo;
import io.sluice.rules.policy.Expectation;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Evaluates what a policy says must hold. Windows are taken as open and rates as unused. */
public final class Expectations {
    private Expectations() {}

    /**
     * Evaluates every expectation by the tables that judge packets.
     *
     * @return an error for each one that does not hold or is not understood; empty if all hold
     */
    public static List<Problem> check(CompiledPolicy compiled, Policy policy) {
        List<Problem> problems = new ArrayList<>();
        for (Expectation expectation : policy.expectations()) {
            Question question = new Question(expectation.from(), expectation.to(), expectation.protocol(),
                    expectation.does());
            Optional<String> failure = switch (Explanation.of(compiled, policy, question)) {
                case Understood.Yes<Explanation> yes -> failure(compiled, expectation, yes.meaning());
                case Understood.No<Explanation> no -> Optional.of(no.sentence());
            };
            failure.ifPresent(text -> problems.add(Problem.error(expectation.position(), text)));
        }
        return problems;
    }

    private static Optional<String> failure(CompiledPolicy compiled, Expectation expected, Explanation found) {
        boolean ruleFits = expected.rule().isPresent()
                ? expected.rule().equals(found.rule())
                : expected.allow() || found.rule().isEmpty();
        if (expected.allow() == found.allowed() && ruleFits) {
            return Optional.empty();
        }
        String wanted = (expected.allow() ? "allow" : "deny")
                + expected.rule().map(r -> " " + r).orElse(expected.allow() ? "" : " default");
        return Optional.of("expected `" + wanted + "` for `" + expected.does() + "` from `" + expected.from()
                + "` to `" + expected.to() + "`, but it is " + outcome(compiled, found)
                + "; change the rules or the expectation");
    }

    private static String outcome(CompiledPolicy compiled, Explanation found) {
        if (found.rule().isPresent()) {
            String conduit = compiled.rules().stream().filter(r -> r.id().equals(found.rule().get()))
                    .map(RuleInfo::conduit).findFirst().orElse("?");
            return (found.allowed() ? "allowed" : "refused") + " by `" + found.rule().get() + "` of conduit `" + conduit
                    + "`";
        }
        if (found.missing() == Shortfall.TRAIT) {
            return found.lines().stream().filter(l -> l.startsWith("refused: ")).findFirst().orElse("refused");
        }
        return "refused, since no rule allows it" + found.lines().stream().filter(l -> l.startsWith("nearest is "))
                .findFirst().map(l -> " (" + l + ")").orElse("");
    }
}
