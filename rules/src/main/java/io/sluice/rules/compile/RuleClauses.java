package io.sluice.rules.compile;

import io.sluice.dissect.Vocabulary;
import io.sluice.dissect.Vocabulary.Act;
import io.sluice.dissect.Vocabulary.Field;
import io.sluice.dissect.Vocabulary.Role;
import io.sluice.rules.Clause;
import io.sluice.rules.Meter;
import io.sluice.rules.Term;
import io.sluice.rules.policy.Matcher;
import io.sluice.rules.policy.Matcher.Range;
import io.sluice.rules.policy.Rule;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns rules into clauses: one for each act and combination of what its fields say. A field constrains
 * only the operations that have it: in {@code do: [read, write], value: 0..9} the value constrains what is written.
 */
final class RuleClauses {
    private final Vocabulary vocabulary;
    private final Map<String, Integer> windows;

    /** @param windows the bit of each window by its name */
    RuleClauses(Vocabulary vocabulary, Map<String, Integer> windows) {
        this.vocabulary = vocabulary;
        this.windows = windows;
    }

    /** How many values each selector field has, as {@link io.sluice.rules.TableBuilder#build} wants it. */
    static List<Integer> selectorSizes(Vocabulary vocabulary) {
        return vocabulary.fields().stream().filter(f -> f.role() == Role.SELECTOR).map(Field::size).toList();
    }

    /** @param number the rule's index in the compiled policy */
    List<Clause> clauses(String conduit, Rule rule, int number) {
        int window = rule.window().map(w -> windows.getOrDefault(w, Term.ALWAYS)).orElse(Term.ALWAYS);
        Optional<Meter> meter = rule.rate().filter(r -> !rule.deny()).map(r -> Meter.of(conduit, rule.id(), r));
        // Entries of one operation, such as `function 43/14` and `function 8/0`, become one clause of several items.
        Map<Integer, List<Range>> namedItems = new LinkedHashMap<>();
        List<Clause> clauses = new ArrayList<>();
        for (Act act : rule.acts()) {
            int operation = act.operation().number();
            if (act.item().isPresent()) {
                int item = act.item().getAsInt();
                namedItems.computeIfAbsent(operation, o -> new ArrayList<>()).add(new Range(item, item));
            } else {
                List<Range> items = ranges(rule, act, Role.ITEM);
                clauses.add(clause(rule, act, new Term(number, rule.deny(), items, ranges(rule, act, Role.EXTRA),
                        ranges(rule, act, Role.VALUE), window, meter)));
            }
        }
        for (Act act : rule.acts()) {
            List<Range> items = namedItems.remove(act.operation().number());
            if (items != null) {
                clauses.add(
                        clause(rule, act, new Term(number, rule.deny(), united(items), ranges(rule, act, Role.EXTRA),
                                ranges(rule, act, Role.VALUE), window, meter)));
            }
        }
        return clauses;
    }

    private Clause clause(Rule rule, Act act, Term term) {
        List<BitSet> selectors = vocabulary.fields().stream().filter(f -> f.role() == Role.SELECTOR)
                .map(f -> selected(rule, act, f)).toList();
        return new Clause(act.operation().number(), selectors, term);
    }

    /** The values of a selector field that the rule matches, counted from the field's smallest. */
    private static BitSet selected(Rule rule, Act act, Field field) {
        BitSet values = new BitSet(field.size());
        Matcher matcher = stated(rule, act, field);
        int min = (int) field.min();
        boolean everyoneWritten = false;
        switch (matcher) {
            case null -> values.set(0, field.size());
            case Matcher.Any any -> values.set(0, field.size());
            case Matcher.Words words -> {
                words.numbers().forEach(n -> values.set(n - min));
                everyoneWritten = field.everyone().isPresent()
                        && words.numbers().contains(field.everyone().getAsInt());
            }
            case Matcher.Ranges ranges -> {
                for (Range range : ranges.ranges()) {
                    values.set((int) (Math.max(range.low(), field.min()) - min),
                            (int) (Math.min(range.high(), field.max()) - min) + 1);
                    everyoneWritten |= field.everyone().isPresent() && range.low() == range.high()
                            && range.low() == field.everyone().getAsInt();
                }
                field.unnamed().forEach(n -> values.clear(n - min));
            }
        }
        if (field.everyone().isPresent()) {
            values.set(field.everyone().getAsInt() - min, rule.deny() || everyoneWritten);
        }
        return values;
    }

    private static @Nullable Matcher stated(Rule rule, Act act, Field field) {
        return act.operation().fields().contains(field.name()) ? rule.fields().get(field.name()) : null;
    }

    /** What the rule says of the field with this role; everything where it says nothing. */
    private List<Range> ranges(Rule rule, Act act, Role role) {
        for (Field field : vocabulary.fields()) {
            if (field.role() == role) {
                Matcher matcher = stated(rule, act, field);
                if (matcher instanceof Matcher.Ranges ranges) {
                    return united(ranges.ranges());
                }
                if (matcher instanceof Matcher.Words words) {
                    return united(words.numbers().stream().map(n -> new Range(n, n)).toList());
                }
            }
        }
        return Term.ANY;
    }

    /** Ascending, apart, and neighbours joined. */
    static List<Range> united(List<Range> ranges) {
        List<Range> united = new ArrayList<>();
        for (Range range : ranges.stream().sorted(Comparator.comparingLong(Range::low)).toList()) {
            Range last = united.isEmpty() ? null : united.getLast();
            if (last != null && (last.high() == Long.MAX_VALUE || range.low() <= last.high() + 1)) {
                united.set(united.size() - 1, new Range(last.low(), Math.max(last.high(), range.high())));
            } else if (range.low() <= range.high()) {
                united.add(range);
            }
        }
        return united;
    }
}
