package io.sluice.rules.compile;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Shortfall;
import io.sluice.dissect.Vocabulary.Act;
import io.sluice.rules.policy.Matcher;
import io.sluice.rules.policy.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of rules, item by item and rule by rule, straight from the policy language's description (Meaning 1, 2, 6,
 * 14, 15) and without any table. Slow and simple, so that it can be believed.
 */
final class Oracle {
    private final List<Rule> rules;
    private final Map<String, Long> tokens = new HashMap<>();

    record Answer(boolean allowed, @Nullable String rule, int shortfall, int span, int index) {}

    Oracle(List<Rule> all) {
        rules = all.stream().sorted(Comparator.comparing((Rule r) -> r.rate().isPresent())
                .thenComparing(r -> r.window().isPresent()).thenComparing(Rule::id)).toList();
        all.forEach(r -> r.rate().ifPresent(rate -> tokens.put(r.id(), rate.burst())));
    }

    /** @param open names of open windows; while the clock is not trusted, null */
    Answer decide(Facts facts, @Nullable Set<String> open) {
        Set<String> spent = new HashSet<>();
        Answer refusal = null;
        String first = null;
        for (int span = 0; span < facts.spans(); span++) {
            for (int index = 0; index < facts.values(span); index++) {
                String deny = touched(facts, span, index, open);
                if (deny != null) {
                    return new Answer(false, deny, Shortfall.DENIED, span, index);
                }
                if (refusal != null) {
                    continue;
                }
                Rule allow = covering(facts, span, index, open);
                if (allow == null) {
                    refusal = new Answer(false, null, shortfall(facts, span, index, open), span, index);
                } else {
                    first = first == null ? allow.id() : first;
                    if (allow.rate().isPresent()) {
                        spent.add(allow.id());
                    }
                }
            }
        }
        if (refusal != null) {
            return refusal;
        }
        spent.forEach(id -> tokens.merge(id, -1L, Long::sum));
        return new Answer(true, first, Shortfall.NONE, 0, 0);
    }

    private @Nullable String touched(Facts facts, int span, int index, @Nullable Set<String> open) {
        return rules.stream().filter(Rule::deny).filter(r -> open == null || r.window().isEmpty()
                || open.contains(r.window().get()))
                .filter(r -> scope(r, facts, span) && item(r, facts, span, index) && value(r, facts, span, index))
                .map(Rule::id).findFirst().orElse(null);
    }

    private @Nullable Rule covering(Facts facts, int span, int index, @Nullable Set<String> open) {
        return rules.stream().filter(r -> !r.deny()).filter(r -> timely(r, open))
                .filter(r -> r.rate().isEmpty() || tokens.getOrDefault(r.id(), 0L) > 0)
                .filter(r -> scope(r, facts, span) && item(r, facts, span, index) && value(r, facts, span, index))
                .findFirst().orElse(null);
    }

    private static boolean timely(Rule rule, @Nullable Set<String> open) {
        return rule.window().isEmpty() || (open != null && open.contains(rule.window().get()));
    }

    private int shortfall(Facts facts, int span, int index, @Nullable Set<String> open) {
        List<Rule> near = rules.stream().filter(r -> !r.deny() && scope(r, facts, span)).toList();
        if (near.isEmpty()) {
            return Shortfall.OPERATION;
        }
        near = near.stream().filter(r -> item(r, facts, span, index)).toList();
        if (near.isEmpty()) {
            return Shortfall.ITEM;
        }
        near = near.stream().filter(r -> value(r, facts, span, index)).toList();
        if (near.isEmpty()) {
            return Shortfall.VALUE;
        }
        return near.stream().anyMatch(r -> timely(r, open)) ? Shortfall.RATE : Shortfall.WINDOW;
    }

    /** Operation, unit and kind. */
    private static boolean scope(Rule rule, Facts facts, int span) {
        int unit = facts.scope(span) / TestProtocol.KINDS;
        int kind = facts.scope(span) % TestProtocol.KINDS;
        if (rule.acts().stream().noneMatch(a -> a.operation().number() == facts.operation(span))) {
            return false;
        }
        boolean everyoneWritten = rule.fields().get("unit") instanceof Matcher.Ranges units
                && units.ranges().contains(new Matcher.Range(0, 0));
        boolean unitFits = unit == 0 ? rule.deny() || everyoneWritten : fits(rule.fields().get("unit"), unit);
        boolean kindFits = facts.operation(span) == 2 || fits(rule.fields().get("kind"), kind);
        return unitFits && kindFits;
    }

    private static boolean item(Rule rule, Facts facts, int span, int index) {
        // Several values of one item are judged like several items.
        int item = facts.low(span) + (facts.high(span) > facts.low(span) ? index : 0);
        if (facts.operation(span) == 2) {
            List<Act> acts = new ArrayList<>(rule.acts());
            return acts.stream().anyMatch(a -> a.operation().number() == 2 && a.item().orElse(-1) == item);
        }
        return fits(rule.fields().get("item"), item) && fits(rule.fields().get("file"), facts.extra(span));
    }

    /** A value that cannot be told lies inside nothing that an allow states, and touches all that a deny states. */
    private static boolean value(Rule rule, Facts facts, int span, int index) {
        Matcher matcher = rule.fields().get("value");
        if (facts.operation(span) != 1 || matcher == null || matcher instanceof Matcher.Any) {
            return true;
        }
        if (facts.encoding(span) == Facts.UNKNOWN_VALUE || index >= facts.readable(span)) {
            return rule.deny();
        }
        return fits(matcher, facts.value(span, index));
    }

    private static boolean fits(@Nullable Matcher matcher, long number) {
        return switch (matcher) {
            case null -> true;
            case Matcher.Any _ -> true;
            case Matcher.Names _ -> throw new AssertionError("these words have no names");
            case Matcher.Words words -> words.numbers().contains((int) number);
            case Matcher.Ranges ranges -> ranges.ranges().stream()
                    .anyMatch(r -> r.low() <= number && number <= r.high());
        };
    }
}
