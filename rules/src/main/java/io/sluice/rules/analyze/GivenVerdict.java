package io.sluice.rules.analyze;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Shortfall;
import io.sluice.dissect.Vocabulary.Trait;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.Rate;
import io.sluice.rules.policy.Rule;
import io.sluice.rules.policy.Window;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Puts into words why a message got the verdict that it got: nothing is assumed, its time and its past are its own. */
final class GivenVerdict {
    private static final long SECOND = 1_000_000_000L;

    private final Policy policy;
    private final Judged judged;
    private final Judgement judgement;
    private final List<String> lines = new ArrayList<>();

    GivenVerdict(Policy policy, Judged judged, Judgement judgement) {
        this.policy = policy;
        this.judged = judged;
        this.judgement = judgement;
    }

    Explanation explanation() {
        lines.addAll(Explanation.way(policy, judged.from(), judged.to(), judgement));
        Optional<Nearest> nearest = Optional.empty();
        if (judged.shortfall() == Shortfall.TRAIT) {
            trait();
        } else if (judgement.rule().isPresent()) {
            lines.add(Explanation.decider(judgement, judgement.rule().get()));
            Explanation.rule(policy, judgement.rule().get()).ifPresent(this::applied);
        } else {
            lines.add("refused: no rule allows `" + judgement.described() + "`");
            List<String> conduits = Explanation.conduits(judgement);
            List<Rule> fitting = Nearest.fitting(policy, conduits, judgement);
            fitting.forEach(this::unapplied);
            nearest = fitting.isEmpty() ? Nearest.of(policy, conduits, judgement) : Optional.empty();
            nearest.ifPresent(n -> lines.add("nearest is `" + n.rule().id() + "`: " + n.missing()));
        }
        if (!judged.allowed() && !Explanation.conduits(judgement).isEmpty()) {
            lines.add("on refusal: " + judged.action().name().toLowerCase(Locale.ROOT));
        }
        return new Explanation(judged.allowed(), judgement.rule().map(r -> r.id()), nearest.map(n -> n.rule().id()),
                judged.shortfall(), lines);
    }

    private void applied(Rule rule) {
        rule.window().ifPresent(w -> lines.add("its window is open at that time: " + window(w)));
        rule.rate().ifPresent(r -> lines.add("its rate is not used up at that time: " + rate(r)));
    }

    /** A rule that fits in every field: where it has no window, its rate is what stood against it. */
    private void unapplied(Rule rule) {
        boolean closed = judged.shortfall() == Shortfall.WINDOW || rule.rate().isEmpty();
        String why = closed && rule.window().isPresent()
                ? "its window is closed at that time: " + window(rule.window().get())
                : rule.rate().map(r -> "its rate is used up at that time: " + rate(r)).orElse("it does not apply");
        lines.add("`" + rule.id() + "` fits, but " + why);
    }

    private String window(String name) {
        Window window = policy.windows().get(name);
        if (window == null) {
            return "`" + name + "`";
        }
        return "`" + name + "`, " + window.days().stream().sorted().map(GivenVerdict::day)
                .collect(Collectors.joining(", ")) + " " + window.from() + "-" + window.until() + " "
                + window.timezone();
    }

    private static String day(DayOfWeek day) {
        return day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH).toLowerCase(Locale.ENGLISH);
    }

    /** As a policy has it. */
    private static String rate(Rate rate) {
        String unit = rate.nanos() == SECOND ? "s" : rate.nanos() == 60 * SECOND ? "min" : "h";
        return rate.tokens() + "/" + unit + " burst " + rate.burst() + " for each source address";
    }

    private void trait() {
        String demanded = judgement.service().map(s -> String.join(", ", s.demands().texts())).orElse("");
        Optional<Trait> trait = judgement.vocabulary().traits().stream().filter(t -> t.number() == judged.trait())
                .findFirst();
        String key = trait.map(Trait::key).orElse("connection");
        int value = judged.facts().trait(judged.trait());
        String is = value == Facts.NO_TRAIT
                ? "is not known or absent"
                : trait.flatMap(t -> t.words().entrySet().stream().filter(e -> e.getValue() == value).findFirst())
                        .map(Map.Entry::getKey).map(word -> "is " + word).orElse("is another");
        lines.add("refused: this connection's `" + key + "` " + is + ", and the conduit demands " + demanded);
    }
}
