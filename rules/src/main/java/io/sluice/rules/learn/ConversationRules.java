package io.sluice.rules.learn;

import io.sluice.dissect.Facts;
import io.sluice.dissect.OrderedNumber;
import io.sluice.dissect.Vocabulary;
import io.sluice.dissect.Vocabulary.Act;
import io.sluice.dissect.Vocabulary.Field;
import io.sluice.dissect.Vocabulary.Notation;
import io.sluice.dissect.Vocabulary.Operation;
import io.sluice.dissect.Vocabulary.Role;
import io.sluice.rules.learn.LeftOut.Why;
import io.sluice.rules.learn.Ranges.Range;
import io.sluice.rules.learn.Ranges.Weighted;
import io.sluice.rules.learn.RuleDraft.Example;
import io.sluice.rules.learn.Shape.Family;
import io.sluice.rules.learn.Shape.FamilyKey;
import io.sluice.rules.learn.Shape.ItemKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** The rules that one inspected conversation gives rise to, and what of it is left out. */
final class ConversationRules {
    private final Observations seen;
    private final ProposalOptions options;
    private final Vocabulary vocabulary;
    private final Conversation conversation;
    private final Outcome out;
    private final long least;
    private final Confidence confidence;
    private List<Asking> everything = List.of();

    /** Where results go. */
    interface Outcome {
        void rule(RuleDraft rule);

        void allowed(Shape shape);

        void leftOut(Why why, Asking asking);

        void conflicting(String why, Asking asking);
    }

    ConversationRules(Observations seen, ProposalOptions options, Vocabulary vocabulary, Conversation conversation,
            boolean scan, Outcome out) {
        this.seen = seen;
        this.options = options;
        this.vocabulary = vocabulary;
        this.conversation = conversation;
        this.out = out;
        least = scan ? Math.max(Scans.HABIT, options.least()) : options.least();
        confidence = new Confidence(seen.all());
    }

    void make(List<Asking> askings) {
        everything = List.copyOf(askings);
        Map<Family, List<Asking>> families = new TreeMap<>(Family.ORDER);
        for (Asking asking : askings) {
            Optional<Why> why = obstacle(asking);
            if (why.isPresent()) {
                out.leftOut(why.get(), asking);
            } else {
                families.computeIfAbsent(asking.shape().family(), _ -> new ArrayList<>()).add(asking);
            }
        }
        List<Act> acts = new ArrayList<>();
        families.entrySet().stream().sorted(Comparator.comparingLong(e -> -good(e.getValue()))).forEach(e -> {
            Operation operation = operation(e.getKey());
            acts.add(new Act(operation, OptionalInt.empty()));
            Optional<String> objection = vocabulary.objection(acts, Map.of());
            if (objection.isPresent()) {
                acts.removeLast();
                e.getValue().forEach(a -> out.conflicting(objection.get(), a));
            } else {
                family(e.getKey(), operation, e.getValue());
            }
        });
    }

    private static long good(List<Asking> askings) {
        return askings.stream().mapToLong(Asking::good).sum();
    }

    private Optional<Why> obstacle(Asking asking) {
        Shape shape = asking.shape();
        if (vocabulary.engineering(shape.operation(), shape.act())) {
            return Optional.of(Why.ENGINEERING);
        }
        if (asking.good() <= 0) {
            Tally tally = asking.tally();
            return Optional.of(tally.forbidden() > 0
                    ? Why.REFUSED_BY_POLICY
                    : tally.refused() > 0 ? Why.REFUSED : Why.UNANSWERED);
        }
        boolean selectable = selectors(shape).isPresent();
        boolean told = shape.low() != Facts.UNTOLD && shape.extra() != Facts.UNTOLD
                && (shape.low() != Facts.NO_ITEM || field(operation(shape.family()), Role.ITEM).isEmpty())
                && YamlText.isStatable(shape.item()) && YamlText.isStatable(shape.other());
        return selectable && told ? Optional.empty() : Optional.of(Why.UNSTATABLE);
    }

    private Operation operation(Family family) {
        return vocabulary.operations().stream().filter(o -> o.number() == family.operation()).findFirst()
                .orElseThrow();
    }

    private Optional<Field> field(Operation operation, Role role) {
        return vocabulary.fields().stream().filter(f -> f.role() == role && operation.fields().contains(f.name()))
                .findFirst();
    }

    /** The selectors as a rule states them; empty where one stands for something that only a rule without it covers. */
    private Optional<Map<String, List<String>>> selectors(Shape shape) {
        Operation operation = operation(shape.family());
        List<Field> fields = vocabulary.fields().stream().filter(f -> f.role() == Role.SELECTOR).toList();
        Map<String, List<String>> stated = new LinkedHashMap<>();
        int scope = shape.scope();
        for (Field field : fields.reversed()) {
            int value = scope % field.size() + (int) field.min();
            scope /= field.size();
            if (!operation.fields().contains(field.name())) {
                continue;
            }
            if (field.unnamed().contains(value)) {
                return Optional.empty();
            }
            String word = field.words().entrySet().stream().filter(e -> e.getValue() == value).map(Map.Entry::getKey)
                    .findFirst().orElse(Integer.toString(value));
            stated.put(field.name(), List.of(word));
        }
        Map<String, List<String>> ordered = new LinkedHashMap<>();
        fields.forEach(f -> {
            List<String> value = stated.get(f.name());
            if (value != null) {
                ordered.put(f.name(), value);
            }
        });
        return Optional.of(ordered);
    }

    private void family(Family family, Operation operation, List<Asking> askings) {
        Optional<Field> item = field(operation, Role.ITEM);
        if (item.isEmpty()) {
            nameless(family, operation, askings);
        } else if (item.get().notation() instanceof Notation.Named) {
            named(family, operation, item.get(), askings);
        } else {
            numbered(family, operation, item.get(), askings);
        }
    }

    private void nameless(Family family, Operation operation, List<Asking> askings) {
        if (good(askings) >= least) {
            askings.forEach(a -> out.allowed(a.shape()));
            rule(family, operation, keys(family, operation, askings.getFirst().shape()), List.of(), askings,
                    examples(askings));
        } else {
            askings.forEach(a -> out.leftOut(Why.SELDOM, a));
        }
    }

    private void named(Family family, Operation operation, Field field, List<Asking> askings) {
        List<Asking> often = askings.stream().filter(a -> a.good() >= least).toList();
        askings.stream().filter(a -> a.good() < least).forEach(a -> out.leftOut(Why.SELDOM, a));
        if (often.isEmpty()) {
            return;
        }
        often.forEach(a -> out.allowed(a.shape()));
        Map<String, List<String>> keys = keys(family, operation, often.getFirst().shape());
        if (field(operation, Role.VALUE).isEmpty()) {
            keys.put(field.name(), often.stream().map(a -> YamlText.quoted(a.shape().item())).distinct().toList());
            rule(family, operation, keys, List.of(), often, examples(often));
            return;
        }
        List<ValueGroups.Item> items = often.stream().map(a -> a.shape().item()).distinct()
                .map(name -> new ValueGroups.Item(0, name, values(family, 0, name))).toList();
        writes(family, operation, keys, field.name(), items, often);
    }

    private void numbered(Family family, Operation operation, Field field, List<Asking> askings) {
        List<Range> often = Ranges.atLeast(askings.stream()
                .map(a -> new Weighted(new Range(a.shape().low(), a.shape().high()), a.good())).toList(), least);
        boolean writes = field(operation, Role.VALUE).isPresent();
        List<Range> shunned = everything.stream()
                .filter(a -> a.good() <= 0 && a.shape().low() >= 0 && a.shape().family().equals(family))
                .map(a -> new Range(a.shape().low(), a.shape().high())).toList();
        List<Range> closed = Ranges.closed(often, writes ? 0 : options.gap(), shunned);
        List<Asking> covered = new ArrayList<>();
        for (Asking a : askings) {
            if (Ranges.cover(closed, a.shape().low(), a.shape().high())) {
                covered.add(a);
                out.allowed(a.shape());
            } else {
                out.leftOut(Why.SELDOM, a);
            }
        }
        if (closed.isEmpty()) {
            return;
        }
        Map<String, List<String>> keys = keys(family, operation, askings.getFirst().shape());
        if (!writes) {
            keys.put(field.name(), closed.stream().map(Range::text).toList());
            rule(family, operation, keys, gaps(often, closed), touching(askings, closed), examples(covered));
            return;
        }
        List<ValueGroups.Item> items = new ArrayList<>();
        for (Range range : closed) {
            for (int n = range.low(); n <= range.high(); n++) {
                items.add(new ValueGroups.Item(n, "", values(family, n, "")));
            }
        }
        writes(family, operation, keys, field.name(), items, askings);
    }

    private static List<Asking> touching(List<Asking> askings, List<Range> ranges) {
        return askings.stream()
                .filter(a -> ranges.stream().anyMatch(r -> r.meets(a.shape().low(), a.shape().high()))).toList();
    }

    private List<String> gaps(List<Range> often, List<Range> closed) {
        long seenItems = often.stream().mapToLong(r -> r.high() - r.low() + 1).sum();
        long all = closed.stream().mapToLong(r -> r.high() - r.low() + 1).sum();
        return all == seenItems
                ? List.of()
                : List.of((all - seenItems) + " of " + all + " were not asked for themselves: gaps of at most "
                        + options.gap());
    }

    private Values values(Family family, int number, String name) {
        Values values = seen.items.find(new ItemKey(conversation, family, number, name));
        return values == null ? new Values(0) : values;
    }

    private void writes(Family family, Operation operation, Map<String, List<String>> keys, String field,
            List<ValueGroups.Item> items, List<Asking> askings) {
        Field value = field(operation, Role.VALUE).orElseThrow();
        boolean decimal = value.notation() instanceof Notation.Decimal;
        ValueGroups groups = new ValueGroups(options.margin(), decimal, decimal ? OrderedNumber.EXACT : value.max());
        for (ValueGroups.Group group : groups.of(items)) {
            Map<String, List<String>> own = new LinkedHashMap<>(keys);
            own.put(field, itemTexts(group.items()));
            List<String> notes = new ArrayList<>();
            if (group.values().isEmpty()) {
                notes.add(family.untold()
                        ? "any value: what is written is not in the message, or no range can state it"
                        : "any value: too many texts, or such as a policy cannot state");
            } else {
                own.put(value.name(), group.values());
                notes.add("written: " + written(group.items(), decimal));
            }
            if (groups.factor() > 2) {
                notes.add("many items: ranges may be up to " + (long) groups.factor()
                        + " times as wide as an item's own");
            }
            List<Example> examples = group.items().stream()
                    .filter(i -> !i.values().does().isEmpty())
                    .map(i -> new Example(i.values().does(), i.values().count()))
                    .sorted(Comparator.comparingLong((Example e) -> -e.count()).thenComparing(Example::does)).limit(3)
                    .toList();
            List<Asking> of = askings.stream().filter(a -> group.items().stream().anyMatch(i -> isOf(i, a.shape())))
                    .toList();
            rule(family, operation, own, notes, of, examples);
        }
    }

    private static boolean isOf(ValueGroups.Item item, Shape shape) {
        return item.name().isEmpty()
                ? shape.low() <= item.number() && item.number() <= shape.high()
                : item.name().equals(shape.item());
    }

    private String written(List<ValueGroups.Item> items, boolean decimal) {
        List<Values> numeric = items.stream().map(ValueGroups.Item::values).filter(Values::hasNumbers).toList();
        if (numeric.isEmpty()) {
            return "texts only";
        }
        long low = numeric.stream().mapToLong(Values::low).min().orElse(0);
        long high = numeric.stream().mapToLong(Values::high).max().orElse(0);
        String from = decimal ? OrderedNumber.text(low) : Long.toString(low);
        String to = decimal ? OrderedNumber.text(high) : Long.toString(high);
        return from.equals(to) ? from : from + ".." + to + ", widened by " + options.margin() + " % of that";
    }

    private static List<String> itemTexts(List<ValueGroups.Item> items) {
        if (!items.getFirst().name().isEmpty()) {
            return items.stream().map(i -> YamlText.quoted(i.name())).sorted().toList();
        }
        List<Range> single = items.stream().map(i -> new Range(i.number(), i.number())).toList();
        return Ranges.closed(single, 0, List.of()).stream().map(Range::text).toList();
    }

    /** From {@code do} to the extra field: what all items of a family have in common. */
    private Map<String, List<String>> keys(Family family, Operation operation, Shape one) {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        keys.put("do", List.of(vocabulary.word(family.operation(), family.act())));
        keys.putAll(selectors(one).orElseThrow());
        field(operation, Role.EXTRA).filter(_ -> family.extra() != Facts.NO_ITEM)
                .ifPresent(f -> keys.put(f.name(), List.of(family.other().isEmpty()
                        ? Integer.toString(family.extra())
                        : YamlText.quoted(family.other()))));
        return keys;
    }

    private static List<Example> examples(List<Asking> askings) {
        return askings.stream().filter(a -> !a.tally().does().isEmpty())
                .map(a -> new Example(a.tally().does(), a.tally().count()))
                .sorted(Comparator.comparingLong((Example e) -> -e.count()).thenComparing(Example::does)).limit(3)
                .toList();
    }

    private void rule(Family family, Operation operation, Map<String, List<String>> keys, List<String> notes,
            List<Asking> of, List<Example> examples) {
        Activity activity = seen.families.find(new FamilyKey(conversation, family));
        Span span = new Span();
        of.forEach(a -> span.merge(a.tally().span()));
        List<String> all = new ArrayList<>(notes);
        if (activity != null) {
            Rates.of(metered(family, activity)).ifPresent(rate -> keys.put("rate", List.of(rate)));
            if (activity.seconds().sampled()) {
                all.add("its rate is that of a sample of " + seen.limits().seconds() + " of its seconds");
            }
        }
        out.rule(new RuleDraft(operation.writes() ? 'w' : 'r', keys, operation.writes()
                ? Optional.of("this changes the device, or nobody can tell. Keep it, make it narrower, or delete it")
                : Optional.empty(), span, activity == null ? 0 : confidence.of(span.count(), activity.seconds()), all,
                family.untold(), examples));
    }

    /** A rule for any value allows what those for some values allow, too, and so must not be more generous in its rate. */
    private Seconds metered(Family family, Activity activity) {
        Activity told = !family.untold()
                ? null
                : seen.families.find(new FamilyKey(conversation, new Family(family.operation(), family.act(),
                        family.scope(), family.extra(), family.other(), false)));
        if (told == null) {
            return activity.seconds();
        }
        Seconds both = new Seconds(seen.limits().seconds());
        both.merge(activity.seconds());
        both.merge(told.seconds());
        return both;
    }
}
