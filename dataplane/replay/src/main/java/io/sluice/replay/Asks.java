package io.sluice.replay;

import io.sluice.dissect.CollectedNames;
import io.sluice.dissect.Facts;
import io.sluice.dissect.OrderedNumber;
import io.sluice.dissect.Protocol;
import io.sluice.dissect.Vocabulary;
import io.sluice.dissect.Vocabulary.Field;
import io.sluice.dissect.Vocabulary.Notation;
import io.sluice.dissect.Vocabulary.Operation;
import io.sluice.dissect.Vocabulary.Role;
import io.sluice.rules.learn.Observation.Ask;
import io.sluice.rules.learn.Observation.Written;
import io.sluice.rules.learn.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What requests of one protocol ask for, from their facts. What comes with any allow is left out. */
final class Asks {
    private final Vocabulary vocabulary;
    private final CollectedNames names;
    private final Map<Integer, Operation> operations = new HashMap<>();
    private final boolean decimal;

    /** @param names those by whose numbers the facts speak */
    Asks(Protocol protocol, CollectedNames names) {
        this.vocabulary = protocol.vocabulary();
        this.names = names;
        vocabulary.operations().forEach(o -> operations.put(o.number(), o));
        decimal = vocabulary.fields().stream().anyMatch(f -> f.notation() instanceof Notation.Decimal);
    }

    List<Ask> of(Facts facts) {
        List<Ask> asks = new ArrayList<>();
        for (int span = 0; span < facts.spans(); span++) {
            Operation operation = operations.get(facts.operation(span));
            if (operation != null) {
                asks.add(ask(operation, facts, span));
            }
        }
        return asks;
    }

    /** What the connection was like, where policies have words for it. */
    Map<Integer, Integer> traits(Facts facts) {
        Map<Integer, Integer> traits = new HashMap<>();
        for (Vocabulary.Trait trait : vocabulary.traits()) {
            int value = facts.trait(trait.number());
            if (trait.words().containsValue(value)) {
                traits.put(trait.number(), value);
            }
        }
        return traits;
    }

    private Ask ask(Operation operation, Facts facts, int span) {
        Optional<Field> itemField = field(operation, Role.ITEM);
        int act = itemField.isEmpty() ? facts.low(span) : Facts.NO_ITEM;
        int low = itemField.isEmpty() ? Facts.NO_ITEM : facts.low(span);
        int high = itemField.isEmpty() ? Facts.NO_ITEM : facts.high(span);
        String item = "";
        if (itemField.filter(Asks::isNamed).isPresent()) {
            item = name(low);
            low = high = number(low, item);
        }
        Optional<Field> extraField = field(operation, Role.EXTRA);
        int extra = extraField.isEmpty() ? Facts.NO_ITEM : facts.extra(span);
        String other = "";
        if (extraField.filter(Asks::isNamed).isPresent()) {
            other = name(extra);
            extra = number(extra, other);
        }
        Written written = written(operation, facts, span);
        boolean untold = written == null && operation.writes() && facts.encoding(span) != Facts.NO_VALUE;
        Shape shape = new Shape(operation.number(), act, facts.scope(span), low, high, item, extra, other, untold);
        String does = vocabulary.describe(facts, span, 0);
        // A node under another name reads as that one, and is not what a rule would call it.
        boolean told = does.contains(item) && does.contains(other);
        return new Ask(shape, told ? does : "", written);
    }

    private Optional<Field> field(Operation operation, Role role) {
        return vocabulary.fields().stream().filter(f -> f.role() == role && operation.fields().contains(f.name()))
                .findFirst();
    }

    private static boolean isNamed(Field field) {
        return field.notation() instanceof Notation.Named;
    }

    private String name(int number) {
        return number < 0 ? "" : vocabulary.written(names.key(number)).orElse("");
    }

    /** 0 for one that has a name; one that no policy can state is as good as untold. */
    private static int number(int number, String name) {
        return number < 0 ? number : name.isEmpty() ? Facts.UNTOLD : 0;
    }

    /** Null where nothing is written, or something that no rule on values covers. */
    private @Nullable Written written(Operation operation, Facts facts, int span) {
        if (!operation.writes() || facts.encoding(span) < Facts.STORED || facts.readable(span) == 0) {
            return null;
        }
        List<Long> numbers = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < facts.readable(span); i++) {
            long value = facts.value(span, i);
            if (!decimal) {
                numbers.add(value);
            } else if (OrderedNumber.nameAt(value) >= 0) {
                text(value).ifPresent(texts::add);
            } else if (Math.abs(OrderedNumber.number(value)) <= OrderedNumber.EXACT) {
                numbers.add(value);
            }
        }
        return numbers.size() + texts.size() == facts.readable(span) ? new Written(numbers, texts) : null;
    }

    /** NaN lies among the names and is none. */
    private Optional<String> text(long value) {
        int number = OrderedNumber.nameAt(value);
        return value == Long.MAX_VALUE || number < 0 || number == Integer.MAX_VALUE
                ? Optional.empty()
                : vocabulary.written(names.key(number));
    }
}
