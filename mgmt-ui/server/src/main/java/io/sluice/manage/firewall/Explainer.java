package io.sluice.manage.firewall;

import io.sluice.dissect.Vocabulary.Understood;
import io.sluice.manage.Refused;
import io.sluice.manage.event.Event;
import io.sluice.manage.event.Judgement;
import io.sluice.manage.event.Judgement.Verdict;
import io.sluice.rules.analyze.Explanation;
import io.sluice.rules.analyze.Question;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says why a message of the journal was allowed or refused, by the policy that decided. */
public final class Explainer {
    private final PolicyDesk desk;

    public Explainer(PolicyDesk desk) {
        this.desk = desk;
    }

    /**
     * The explanation.
     *
     * @param line of the deciding rule in the policy; 0: none decided
     * @param policy hash of the policy that was asked
     * @param current it is the one that judges now
     * @param closest the rule that came closest, and what it lacked; may be empty
     */
    public record Why(String sentence, List<String> steps, String rule, int line, String policy, boolean current,
            String because, String closest) {}

    public Why why(Event event) throws Refused {
        if (event.judgement().verdict() == Verdict.NONE) {
            throw Refused.of(422, "not-judged", "this record tells of nothing that was judged");
        }
        PolicyText.Sound judging = desk.judging();
        PolicyText.Sound policy = decided(event, judging);
        Judgement j = event.judgement();
        Optional<Rule> rule = rule(policy.policy(), j.rule());
        List<String> steps = new ArrayList<>();
        String closest = "";
        Optional<Explanation> explained = explain(policy, event);
        if (explained.isPresent() && explained.get().allowed() == (j.verdict() == Verdict.ALLOW)) {
            steps.addAll(explained.get().lines());
            closest = explained.get().lines().stream().filter(line -> line.startsWith("nearest is ")).findFirst()
                    .orElse("");
        } else {
            steps.add(end(event, true) + " to " + end(event, false));
            if (!j.conduit().isEmpty()) {
                steps.add("conduit `" + j.conduit() + "`");
            }
            steps.add(event.sentence());
            // Words do not say how often something was asked: what they allow may have been refused for its rate.
            closest = j.verdict() == Verdict.DENY && j.rule().isEmpty()
                    ? explained.flatMap(Explanation::rule).map(r -> "nearest is `" + r + "`: " + j.detail()).orElse("")
                    : "";
        }
        if (!j.detail().isEmpty()) {
            steps.add(j.detail());
        }
        if (j.verdict() == Verdict.DENY && !j.enforced()) {
            steps.add("it passed all the same: the conduit only watches (mode `monitor` or `learn`), or the port is a"
                    + " mirror");
        }
        return new Why(event.sentence(), List.copyOf(steps), j.rule(), rule.map(r -> r.position().line()).orElse(0),
                policy.compiled().hash(), policy.compiled().hash().equals(judging.compiled().hash()), j.because(),
                closest);
    }

    /** The policy that decided, where it is still known. */
    private PolicyText.Sound decided(Event event, PolicyText.Sound judging) {
        String hash = event.judgement().policy();
        if (hash.isEmpty() || hash.equals(judging.compiled().hash())) {
            return judging;
        }
        try {
            return desk.byHash(hash);
        } catch (Refused e) {
            return judging;
        }
    }

    static Optional<Rule> rule(Policy policy, String id) {
        return policy.conduits().values().stream().flatMap(c -> c.rules().stream()).filter(r -> r.id().equals(id))
                .findFirst();
    }

    /** What the policy says of the request in words; empty where words cannot say it. */
    static Optional<Explanation> explain(PolicyText.Sound policy, Event event) {
        if (event.deed().text().isEmpty() || event.deed().parts().size() > 1) {
            return Optional.empty();
        }
        Question question = new Question(place(event, true), place(event, false),
                event.protocol().isEmpty() ? Optional.empty() : Optional.of(event.protocol()), event.deed().text());
        return switch (Explanation.of(policy.compiled(), policy.policy(), question)) {
            case Understood.Yes<Explanation> yes -> Optional.of(yes.meaning());
            case Understood.No<Explanation> _ -> Optional.empty();
        };
    }

    /** @param asks who asks; else who is asked */
    static String place(Event event, boolean asks) {
        Event.End end = asks == event.answer() ? event.destination() : event.source();
        return end.place().isEmpty() ? "?" : end.place();
    }

    private static String end(Event event, boolean asks) {
        Event.End end = asks == event.answer() ? event.destination() : event.source();
        return end.name().isEmpty() ? "an unknown address" : "`" + end.name() + "`";
    }
}
