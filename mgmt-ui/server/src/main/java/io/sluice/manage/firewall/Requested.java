package io.sluice.manage.firewall;

import io.sluice.dissect.CollectedNames;
import io.sluice.dissect.Facts;
import io.sluice.dissect.OrderedNumber;
import io.sluice.dissect.Vocabulary;
import io.sluice.dissect.Vocabulary.Act;
import io.sluice.dissect.Vocabulary.Field;
import io.sluice.dissect.Vocabulary.Notation;
import io.sluice.dissect.Vocabulary.Operation;
import io.sluice.dissect.Vocabulary.Request;
import io.sluice.dissect.Vocabulary.Role;
import io.sluice.dissect.Vocabulary.Understood;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Takes a request in words apart, item by item, into what a rule would have to say of each. */
final class Requested {
    private final Vocabulary vocabulary;
    private final Facts facts = new Facts();
    private final CollectedNames names = new CollectedNames(2 * Facts.MAX_SPANS);
    private final List<Item> items = new ArrayList<>();

    /**
     * One thing that is asked for.
     *
     * @param does what stands behind {@code do}
     * @param keys of the rule but for item and value, in the order in which rules have them, as YAML
     * @param itemKey {@code address}, {@code node}; empty where the item has no field of its own
     * @param number of the item; its name where it has one is {@code name}, as YAML
     * @param value as YAML; empty where none is written or none is known
     * @param words the request for this item alone
     * @param wider what a rule for it would allow as well; empty for most
     */
    record Item(String does, Map<String, String> keys, String itemKey, int number, String name, String value,
            String words, String wider) {}

    private Requested(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        facts.reset(MemorySegment.NULL);
    }

    /** The items, or why there are none. */
    static Understood<List<Item>> of(Vocabulary vocabulary, String does) {
        return switch (vocabulary.request(does)) {
            case Understood.No<Request> no -> new Understood.No<>(no.sentence());
            case Understood.Yes<Request> yes -> {
                Requested requested = new Requested(vocabulary);
                yes.meaning().fill(requested.facts, requested.names);
                yield requested.items();
            }
        };
    }

    private Understood<List<Item>> items() {
        for (int span = 0; span < facts.spans(); span++) {
            int number = facts.operation(span);
            Optional<Operation> operation = vocabulary.operations().stream().filter(o -> o.number() == number)
                    .findFirst();
            if (operation.isEmpty()) {
                return new Understood.No<>("it needs no rule of its own");
            }
            int run = facts.high(span) - facts.low(span) + 1;
            int count = Math.max(run, facts.readable(span));
            for (int index = 0; index < count; index++) {
                items.add(item(operation.get(), span, index, run > 1 ? facts.low(span) + index : facts.low(span)));
            }
        }
        return new Understood.Yes<>(List.copyOf(items));
    }

    private Item item(Operation operation, int span, int index, int number) {
        Optional<Field> itemField = field(operation, Role.ITEM);
        boolean byWord = itemField.isEmpty() && number != Facts.NO_ITEM;
        Act act = new Act(operation, byWord ? OptionalInt.of(number) : OptionalInt.empty());
        Map<String, String> keys = new LinkedHashMap<>();
        List<String> wider = new ArrayList<>();
        selectors(act, facts.scope(span), keys, wider);
        String itemKey = "";
        String name = "";
        if (itemField.isPresent()) {
            boolean named = itemField.get().notation() instanceof Notation.Named;
            name = named ? name(number) : "";
            if (number >= 0 && (!named || !name.isEmpty())) {
                itemKey = itemField.get().name();
            } else {
                wider.add("any `" + itemField.get().name() + "`");
                if (operation.required().contains(itemField.get().name())) {
                    keys.put(itemField.get().name(), "any");
                }
            }
        }
        extra(operation, span, keys, wider);
        String value = value(operation, span, index, wider);
        return new Item(byWord ? vocabulary.word(operation.number(), number) : operation.word(), keys, itemKey, number,
                name, value, vocabulary.describe(facts, span, index), String.join(", ", wider));
    }

    private Optional<Field> field(Operation operation, Role role) {
        return vocabulary.fields().stream().filter(f -> f.role() == role && operation.fields().contains(f.name()))
                .findFirst();
    }

    /** Unfolds the scope: the last selector varies fastest. */
    private void selectors(Act act, int scope, Map<String, String> keys, List<String> wider) {
        List<Field> selectors = vocabulary.fields().stream().filter(f -> f.role() == Role.SELECTOR).toList();
        int[] numbers = new int[selectors.size()];
        int rest = scope;
        for (int s = numbers.length - 1; s >= 0; s--) {
            numbers[s] = rest % selectors.get(s).size() + (int) selectors.get(s).min();
            rest /= selectors.get(s).size();
        }
        for (int s = 0; s < numbers.length; s++) {
            Field field = selectors.get(s);
            int number = numbers[s];
            Set<Integer> meant = vocabulary.assumed(act, false).get(field.name());
            boolean says = act.operation().fields().contains(field.name());
            if (says && field.unnamed().contains(number)) {
                wider.add("any `" + field.name() + "`");
            } else if (says && !Set.of(number).equals(meant)) {
                keys.put(field.name(), field.words().entrySet().stream().filter(e -> e.getValue() == number)
                        .map(Map.Entry::getKey).findFirst().orElse(Integer.toString(number)));
            }
        }
    }

    private void extra(Operation operation, int span, Map<String, String> keys, List<String> wider) {
        Optional<Field> field = field(operation, Role.EXTRA);
        int number = facts.extra(span);
        if (field.isEmpty()) {
            return;
        }
        boolean named = field.get().notation() instanceof Notation.Named;
        if (number >= 0) {
            keys.put(field.get().name(), named ? name(number) : Integer.toString(number));
        } else if (named) {
            wider.add("any `" + field.get().name() + "`");
        }
    }

    private String value(Operation operation, int span, int index, List<String> wider) {
        Optional<Field> field = field(operation, Role.VALUE);
        if (field.isEmpty()) {
            return "";
        }
        if (index >= facts.readable(span)) {
            wider.add("any `" + field.get().name() + "`");
            return "";
        }
        long value = facts.value(span, index);
        if (!(field.get().notation() instanceof Notation.Decimal)) {
            return Long.toString(value);
        }
        if (value == Long.MAX_VALUE || Math.abs(OrderedNumber.number(value)) > OrderedNumber.EXACT) {
            wider.add("any `" + field.get().name() + "`");
            return "";
        }
        int text = OrderedNumber.nameAt(value);
        return text >= 0 ? name(text) : OrderedNumber.text(value);
    }

    private String name(int number) {
        return number < 0 ? "" : vocabulary.written(names.key(number)).map(Requested::quoted).orElse("");
    }

    static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
