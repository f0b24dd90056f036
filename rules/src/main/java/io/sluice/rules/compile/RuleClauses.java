package io.sluice.rules.compile;

import io.sluice.dissect.Facts;
import io.sluice.dissect.OrderedNumber;
import io.sluice.dissect.Vocabulary;
import io.sluice.dissect.Vocabulary.Act;
import io.sluice.dissect.Vocabulary.Field;
import io.sluice.dissect.Vocabulary.Name;
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

/**
 * Turns rules into clauses: one for each act and combination of what its fields say. A field constrains
 * only the operations that have it: in {@code do: [read, write], value: 0..9} the value constrains what is written.
 */
final class RuleClauses {
    private final Vocabulary vocabulary;
    private final Map<String, Integer> windows;
    private final Dictionary dictionary;

    /**
     * @param windows the bit of each window by its name
     * @param dictionary of the conduit's protocol
     */
    RuleClauses(Vocabulary vocabulary, Map<String, Integer> windows, Dictionary dictionary) {
        this.vocabulary = vocabulary;
        this.windows = windows;
        this.dictionary = dictionary;
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
                clauses.add(clause(rule, act, new Term(number, rule.deny(), named(rule, act, Role.ITEM),
                        named(rule, act, Role.EXTRA), ranges(rule, act, Role.VALUE), window, meter)));
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

    /** What the rule says of an item or of the extra field. One that cannot be told may be what a deny names. */
    private List<Range> named(Rule rule, Act act, Role role) {
        List<Range> stated = ranges(rule, act, role);
        if (!rule.deny() || stated.equals(Term.ANY)) {
            return stated;
        }
        List<Range> touched = new ArrayList<>(stated);
        touched.add(new Range(Facts.UNTOLD, Facts.UNTOLD));
        return united(touched);
    }

    private Clause clause(Rule rule, Act act, Term term) {
        List<BitSet> selectors = vocabulary.fields().stream().filter(f -> f.role() == Role.SELECTOR)
                .map(f -> selected(rule, act, f)).toList();
        return new Clause(act.operation().number(), selectors, term);
    }

    /** The values of a selector field that the rule matches, counted from the field's smallest. */
    private BitSet selected(Rule rule, Act act, Field field) {
        BitSet values = new BitSet(field.size());
        int min = (int) field.min();
        boolean everyoneWritten = false;
        switch (rule.matcher(vocabulary, act, field)) {
            case Matcher.Any _,Matcher.Names _ -> values.set(0, field.size());
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

    /** What the rule says of the field with this role; everything where it says nothing. */
    private List<Range> ranges(Rule rule, Act act, Role role) {
        for (Field field : vocabulary.fields()) {
            if (field.role() == role) {
                List<Range> ranges = switch (rule.matcher(vocabulary, act, field)) {
                    case Matcher.Any _ -> Term.ANY;
                    case Matcher.Ranges stated -> united(stated.ranges());
                    case Matcher.Words words -> united(words.numbers().stream().map(n -> new Range(n, n)).toList());
                    case Matcher.Names stated -> named(stated, role);
                };
                if (!ranges.equals(Term.ANY)) {
                    return ranges;
                }
            }
        }
        return Term.ANY;
    }

    /** Names stand for themselves as items, and beyond all numbers as values. */
    private List<Range> named(Matcher.Names stated, Role role) {
        List<Range> ranges = new ArrayList<>(stated.ranges());
        for (Name name : stated.names()) {
            int number = dictionary.number(name);
            long place = role == Role.VALUE ? OrderedNumber.name(number) : number;
            ranges.add(new Range(place, place));
        }
        return united(ranges);
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
