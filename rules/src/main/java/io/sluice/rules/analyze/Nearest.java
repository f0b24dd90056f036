package io.sluice.rules.analyze;

import io.sluice.dissect.Facts;
import io.sluice.dissect.OrderedNumber;
import io.sluice.dissect.Vocabulary.Act;
import io.sluice.dissect.Vocabulary.Field;
import io.sluice.dissect.Vocabulary.Name;
import io.sluice.dissect.Vocabulary.Notation;
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
import java.util.stream.Stream;

/** The allow that a refused item fits in all but the fewest fields, and what is missing. */
record Nearest(Rule rule, List<String> misses) {
    String missing() {
        return String.join("; ", misses);
    }

    /** One that lacks something: of a rule that fits in every field only the window or the rate can stand against it. */
    static Optional<Nearest> of(Policy policy, List<String> conduits, Judgement judgement) {
        return all(policy, conduits, judgement).filter(n -> !n.misses.isEmpty())
                .min(Comparator.comparingInt((Nearest n) -> n.misses.size()).thenComparing(n -> n.rule.id()));
    }

    /** The allows that the refused item fits in every field, by their ids. */
    static List<Rule> fitting(Policy policy, List<String> conduits, Judgement judgement) {
        return all(policy, conduits, judgement).filter(n -> n.misses.isEmpty()).map(Nearest::rule).distinct()
                .sorted(Comparator.comparing(Rule::id)).toList();
    }

    private static Stream<Nearest> all(Policy policy, List<String> conduits, Judgement judgement) {
        Map<String, Integer> selectors = selectors(judgement);
        return conduits.stream().map(policy.conduits()::get).filter(Objects::nonNull)
                .filter(c -> c.vocabulary().equals(judgement.vocabulary()))
                .map(Conduit::rules).flatMap(List::stream).filter(rule -> !rule.deny())
                .flatMap(rule -> rule.acts().stream().flatMap(act -> near(rule, act, judgement, selectors).stream()));
    }

    private static Optional<Nearest> near(Rule rule, Act act, Judgement judgement, Map<String, Integer> selectors) {
        Facts facts = judgement.facts();
        int span = judgement.verdict().span();
        int item = facts.low(span);
        if (act.operation().number() != facts.operation(span)
                || (act.item().isPresent() && act.item().getAsInt() != item)) {
            return Optional.empty();
        }
        List<String> misses = new ArrayList<>();
        for (Field field : judgement.vocabulary().fields()) {
            if (act.operation().fields().contains(field.name())) {
                Matcher matcher = rule.matcher(judgement.vocabulary(), act, field);
                miss(field, matcher, judgement, selectors).ifPresent(misses::add);
            }
        }
        return Optional.of(new Nearest(rule, misses));
    }

    private static Optional<String> miss(Field field, Matcher matcher, Judgement judgement,
            Map<String, Integer> selectors) {
        Facts facts = judgement.facts();
        int span = judgement.verdict().span();
        int index = judgement.verdict().index();
        return switch (field.role()) {
            case SELECTOR -> selector(field, matcher, selectors.getOrDefault(field.name(), 0), judgement);
            case ITEM -> outside(field, matcher,
                    facts.low(span) + (facts.high(span) > facts.low(span) ? index : 0), judgement);
            case EXTRA -> outside(field, matcher, facts.extra(span), judgement);
            case VALUE -> index < facts.readable(span)
                    ? outside(field, matcher, facts.value(span, index), judgement)
                    : matcher instanceof Matcher.Any
                            ? Optional.empty()
                            : Optional.of("the value that would be written is unknown, and " + text(field, matcher)
                                    + " is required");
        };
    }

    private static Optional<String> selector(Field field, Matcher matcher, int value, Judgement judgement) {
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
        return outside(field, matcher, value, judgement);
    }

    private static Optional<String> outside(Field field, Matcher matcher, long number, Judgement judgement) {
        boolean fits = switch (matcher) {
            case Matcher.Any _ -> true;
            case Matcher.Words words -> words.numbers().contains((int) number);
            case Matcher.Ranges ranges -> inside(ranges.ranges(), number);
            case Matcher.Names stated -> inside(stated.ranges(), number)
                    || judgement.name(field, number).filter(name -> stated.names().stream()
                            .anyMatch(n -> n.text().equals(name))).isPresent();
        };
        if (fits) {
            return Optional.empty();
        }
        Optional<String> is = judgement.text(field);
        return Optional.of(is.isEmpty() && number == Facts.NO_ITEM
                ? "it has no " + field.name() + ", so `" + field.name() + "` must be left out"
                : field.name() + " " + is.orElse(word(field, number)) + " is outside " + text(field, matcher));
    }

    private static boolean inside(List<Matcher.Range> ranges, long number) {
        return ranges.stream().anyMatch(r -> r.low() <= number && number <= r.high());
    }

    private static String text(Field field, Matcher matcher) {
        return switch (matcher) {
            case Matcher.Any _ -> "any";
            case Matcher.Words words -> words.numbers().stream().map(n -> word(field, n))
                    .collect(Collectors.joining(", "));
            case Matcher.Ranges ranges -> ranges(field, ranges.ranges()).collect(Collectors.joining(", "));
            case Matcher.Names stated -> Stream.concat(stated.names().stream().map(Name::text),
                    ranges(field, stated.ranges())).collect(Collectors.joining(", "));
        };
    }

    private static Stream<String> ranges(Field field, List<Matcher.Range> ranges) {
        return ranges.stream().map(r -> r.low() == r.high()
                ? number(field, r.low())
                : number(field, r.low()) + ".." + number(field, r.high()));
    }

    private static String number(Field field, long number) {
        return field.notation() instanceof Notation.Decimal ? OrderedNumber.text(number) : Long.toString(number);
    }

    private static String word(Field field, long number) {
        return field.words().entrySet().stream().filter(e -> e.getValue() == number).map(Map.Entry::getKey).findFirst()
                .orElse(number(field, number));
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
