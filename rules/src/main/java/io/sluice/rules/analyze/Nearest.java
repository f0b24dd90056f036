package io.sluice.rules.analyze;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Vocabulary.Act;
import io.sluice.dissect.Vocabulary.Field;
import io.sluice.dissect.Vocabulary.Role;
import io.sluice.rules.policy.Conduit;
import io.sluice.rules.policy.Matcher;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The allow that a refused item fits in all but the fewest fields, and what is missing. */
record Nearest(Rule rule, List<String> misses) {
    String missing() {
        return String.join("; ", misses);
    }

    static Optional<Nearest> of(Policy policy, List<String> conduits, Judgement judgement) {
        Map<String, Integer> selectors = selectors(judgement);
        return conduits.stream().map(policy.conduits()::get).filter(Objects::nonNull)
                .filter(c -> c.vocabulary().equals(judgement.vocabulary()))
                .map(Conduit::rules).flatMap(List::stream).filter(rule -> !rule.deny())
                .flatMap(rule -> rule.acts().stream().flatMap(act -> near(rule, act, judgement, selectors).stream()))
                .min(Comparator.comparingInt((Nearest n) -> n.misses.size()).thenComparing(n -> n.rule.id()));
    }

    private static Optional<Nearest> near(Rule rule, Act act, Judgement judgement, Map<String, Integer> selectors) {
        Facts facts = judgement.facts();
        int span = judgement.verdict().span();
        int item = facts.low(span) + judgement.verdict().index();
        if (act.operation().number() != facts.operation(span)
                || (act.item().isPresent() && act.item().getAsInt() != item)) {
            return Optional.empty();
        }
        List<String> misses = new ArrayList<>();
        for (Field field : judgement.vocabulary().fields()) {
            Matcher matcher = rule.fields().get(field.name());
            if (act.operation().fields().contains(field.name())) {
                miss(field, matcher == null ? new Matcher.Any(rule.position()) : matcher, judgement, selectors)
                        .ifPresent(misses::add);
            }
        }
        return misses.isEmpty() ? Optional.empty() : Optional.of(new Nearest(rule, misses));
    }

    private static Optional<String> miss(Field field, Matcher matcher, Judgement judgement,
            Map<String, Integer> selectors) {
        Facts facts = judgement.facts();
        int span = judgement.verdict().span();
        int index = judgement.verdict().index();
        return switch (field.role()) {
            case SELECTOR -> selector(field, matcher, selectors.getOrDefault(field.name(), 0));
            case ITEM -> outside(field, matcher, facts.low(span) + index);
            case EXTRA -> outside(field, matcher, facts.extra(span));
            case VALUE -> index < facts.readable(span)
                    ? outside(field, matcher, facts.value(span, index))
                    : matcher instanceof Matcher.Any
                            ? Optional.empty()
                            : Optional.of("the value that would be written is unknown, and " + text(field, matcher)
                                    + " is required");
        };
    }

    private static Optional<String> selector(Field field, Matcher matcher, int value) {
        if (field.everyone().isPresent() && field.everyone().getAsInt() == value) {
            boolean written = matcher instanceof Matcher.Ranges ranges
                    && ranges.ranges().contains(new Matcher.Range(value, value));
            return written
                    ? Optional.empty()
                    : Optional.of(field.name() + " " + value + " is everyone, and must be written: `" + field.name()
                            + ": " + value + "`");
        }
        if (field.unnamed().contains(value)) {
            return matcher instanceof Matcher.Any
                    ? Optional.empty()
                    : Optional.of("it has no " + field.name() + ", so `" + field.name() + "` must be left out");
        }
        return outside(field, matcher, value);
    }

    private static Optional<String> outside(Field field, Matcher matcher, long number) {
        boolean fits = switch (matcher) {
            case Matcher.Any _ -> true;
            case Matcher.Words words -> words.numbers().contains((int) number);
            case Matcher.Ranges ranges -> ranges.ranges().stream()
                    .anyMatch(r -> r.low() <= number && number <= r.high());
        };
        if (fits) {
            return Optional.empty();
        }
        return Optional.of(number == Facts.NO_ITEM
                ? "it has no " + field.name() + ", so `" + field.name() + "` must be left out"
                : field.name() + " " + word(field, number) + " is outside " + text(field, matcher));
    }

    private static String text(Field field, Matcher matcher) {
        return switch (matcher) {
            case Matcher.Any _ -> "any";
            case Matcher.Words words -> words.numbers().stream().map(n -> word(field, n))
                    .collect(Collectors.joining(", "));
            case Matcher.Ranges ranges -> ranges.ranges().stream()
                    .map(r -> r.low() == r.high() ? Long.toString(r.low()) : r.low() + ".." + r.high())
                    .collect(Collectors.joining(", "));
        };
    }

    private static String word(Field field, long number) {
        return field.words().entrySet().stream().filter(e -> e.getValue() == number).map(Map.Entry::getKey).findFirst()
                .orElse(Long.toString(number));
    }

    /** Unfolds the scope of the refused item: the last selector varies fastest. */
    private static Map<String, Integer> selectors(Judgement judgement) {
        int scope = judgement.facts().scope(judgement.verdict().span());
        List<Field> fields = judgement.vocabulary().fields().stream().filter(f -> f.role() == Role.SELECTOR).toList();
        Map<String, Integer> selectors = new HashMap<>();
        for (Field field : fields.reversed()) {
            selectors.put(field.name(), scope % field.size() + (int) field.min());
            scope /= field.size();
        }
        return selectors;
    }
}
