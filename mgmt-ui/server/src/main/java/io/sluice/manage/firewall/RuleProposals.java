package io.sluice.manage.firewall;

import io.sluice.manage.Refused;
import io.sluice.manage.event.Deed.Part;
import io.sluice.manage.event.Event;
import io.sluice.manage.event.Judgement.Verdict;
import io.sluice.rules.analyze.Explanation;
import io.sluice.rules.policy.Conduit;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes of a refused message the narrowest rule that would allow it, put into the policy that judges now. */
public final class RuleProposals {
    private final PolicyDesk desk;

    public RuleProposals(PolicyDesk desk) {
        this.desk = desk;
    }

    /**
     * A rule and where it stands.
     *
     * @param rule one line of YAML
     * @param yaml the policy with the rule in it
     * @param line from 1
     * @param note what to think of before it is applied
     */
    public record Proposal(String conduit, String rule, String yaml, int line, String note) {}

    public Proposal of(Event event) throws Refused {
        if (event.judgement().verdict() != Verdict.DENY || event.answer()) {
            throw Refused.of(422, "nothing-refused", "this is no refused request, so no rule is needed for it");
        }
        if (event.deed().parts().isEmpty() || event.protocol().isEmpty()) {
            throw Refused.of(422, "no-words",
                    "no rule can say what this was: " + event.sentence() + "; only requests of"
                            + " inspected protocols become rules");
        }
        PolicyText.Sound policy = desk.judging();
        requireNoDeny(policy, event);
        Conduit conduit = conduit(policy.policy(), event);
        String rule = rule(policy.policy(), event);
        RuleInsertion.Inserted inserted = RuleInsertion.into(policy.yaml(), conduit, rule)
                .orElseThrow(() -> Refused.of(422, "by-hand", "conduit `" + conduit.name() + "` in line "
                        + conduit.position().line() + " is written in a way that cannot be added to by itself; add this"
                        + " under its `allow`: " + rule));
        requireAllowed(inserted.yaml(), event, rule);
        return new Proposal(conduit.name(), rule, inserted.yaml(), inserted.line(), note(conduit, event));
    }

    private static void requireNoDeny(PolicyText.Sound policy, Event event) throws Refused {
        Optional<Explanation> now = Explainer.explain(policy, event);
        if (now.isPresent() && now.get().allowed()) {
            throw Refused.conflict("allowed-already", "the policy that judges now allows this already"
                    + now.get().rule().map(r -> " by rule `" + r + "`").orElse(""));
        }
        Optional<String> deny = now.isPresent()
                ? now.get().rule()
                : Optional.of(event.judgement().rule())
                        .filter(id -> Explainer.rule(policy.policy(), id).filter(Rule::deny).isPresent());
        if (deny.isPresent()) {
            int line = Explainer.rule(policy.policy(), deny.get()).map(r -> r.position().line()).orElse(0);
            throw Refused.conflict("denied-by-rule",
                    "deny `" + deny.get() + "` in line " + line + " refuses this, and a"
                            + " deny always wins; if it is too wide, change it by hand");
        }
    }

    /** The conduit that relates the two ends in this protocol, the one between assets before the one between zones. */
    private static Conduit conduit(Policy policy, Event event) throws Refused {
        String from = Explainer.place(event, true);
        String to = Explainer.place(event, false);
        return policy.conduits().values().stream()
                .filter(c -> c.service().filter(s -> s.protocol().name().equals(event.protocol())).isPresent())
                .filter(c -> rank(policy, c.from(), from) > 0 && rank(policy, c.to(), to) > 0)
                .max(java.util.Comparator.comparingInt(c -> rank(policy, c.from(), from) + rank(policy, c.to(), to)))
                .orElseThrow(() -> Refused.of(422, "no-conduit",
                        "no conduit for `" + event.protocol() + "` leads from `"
                                + from + "` to `" + to
                                + "`; add one by hand first, if they are to talk to each other"));
    }

    private static int rank(Policy policy, String end, String place) {
        if (end.equals(place)) {
            return 2;
        }
        return policy.assets().containsKey(place) && policy.assets().get(place).zone().equals(end) ? 1 : 0;
    }

    private static String rule(Policy policy, Event event) throws Refused {
        List<Part> parts = event.deed().parts();
        Part part = joined(parts).orElseThrow(() -> Refused.of(422, "several-items", "this message asks for "
                + parts.size() + " different things at once; a rule for it is written by hand"));
        List<String> fields = new ArrayList<>();
        fields.add("id: " + freeId(policy));
        boolean numbered = part.operation().equals("function");
        String does = numbered ? function(event) : part.operation();
        fields.add("do: " + does);
        if (!part.space().isEmpty()) {
            fields.add("space: " + part.space());
        }
        if (part.unit() >= 0) {
            fields.add("unit: " + part.unit());
        }
        if (part.low() >= 0 && !numbered) {
            fields.add("address: " + range(Integer.toString(part.low()), Integer.toString(part.high())));
        }
        if (!part.node().isEmpty()) {
            fields.add("node: " + quoted(part.node()));
        }
        if (!part.values().isEmpty()) {
            value(part.values()).ifPresent(v -> fields.add("value: " + v));
        }
        return "{" + String.join(", ", fields) + "}";
    }

    /** One item, or several that follow one another, as when registers are written together. */
    private static Optional<Part> joined(List<Part> parts) {
        Part first = parts.getFirst();
        Part all = first;
        for (Part next : parts.subList(1, parts.size())) {
            boolean follows = next.operation().equals(first.operation()) && next.unit() == first.unit()
                    && next.space().equals(first.space()) && next.node().isEmpty() && first.node().isEmpty()
                    && all.high() >= 0 && next.low() == all.high() + 1;
            if (!follows) {
                return Optional.empty();
            }
            List<String> values = new ArrayList<>(all.values());
            values.addAll(next.values());
            all = new Part(first.operation(), first.unit(), first.space(), first.low(), next.high(), "",
                    List.copyOf(values));
        }
        return Optional.of(all);
    }

    /** {@code function 43/14}, as the text begins. */
    private static String function(Event event) {
        String[] words = event.deed().text().split(" ", -1);
        return words.length > 1 ? words[0] + " " + words[1] : event.deed().text();
    }

    private static String range(String low, String high) {
        return low.equals(high) ? low : low + ".." + high;
    }

    /** One number, or from the least to the greatest; texts one by one. */
    private static Optional<String> value(List<String> values) {
        boolean numbers = values.stream().allMatch(v -> v.matches("-?[0-9]+(\\.[0-9]+)?"));
        if (numbers) {
            List<String> sorted = values.stream().sorted(java.util.Comparator.comparing(java.math.BigDecimal::new))
                    .toList();
            return Optional.of(range(sorted.getFirst(), sorted.getLast()));
        }
        return values.size() == 1 ? Optional.of(quoted(values.getFirst())) : Optional.empty();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static String freeId(Policy policy) {
        int number = 1;
        while (Explainer.rule(policy, "added-" + number).isPresent()) {
            number++;
        }
        return "added-" + number;
    }

    private static void requireAllowed(String yaml, Event event, String rule) throws Refused {
        PolicyText text = PolicyText.of(yaml);
        if (text instanceof PolicyText.Unsound unsound) {
            throw Refused.of(422, "by-hand", "the rule does not fit into the policy by itself: "
                    + unsound.problems().getFirst().text() + "; add it by hand: " + rule);
        }
        PolicyText.Sound sound = (PolicyText.Sound) text;
        if (Explainer.explain(sound, event).filter(e -> !e.allowed()).isPresent()) {
            throw Refused.of(422, "by-hand", "a rule alone does not allow this; the connection is not as the conduit"
                    + " demands, or another conduit refuses it");
        }
    }

    private static String note(Conduit conduit, Event event) {
        boolean writes = !event.deed().operation().equals("read") && !event.deed().operation().equals("browse");
        return (writes
                ? "it lets `" + Explainer.place(event, true) + "` change `" + Explainer.place(event, false)
                        + "`; allow only what the plant needs"
                : "it allows exactly this request")
                + (conduit.mode().isPresent() ? "; the conduit has a mode of its own" : "");
    }
}
