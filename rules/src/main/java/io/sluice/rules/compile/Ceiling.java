package io.sluice.rules.compile;

import io.sluice.dissect.OrderedNumber;
import io.sluice.dissect.Vocabulary;
import io.sluice.dissect.Vocabulary.Field;
import io.sluice.dissect.Vocabulary.Notation;
import io.sluice.dissect.Vocabulary.Operation;
import io.sluice.dissect.Vocabulary.Role;
import io.sluice.rules.Clause;
import io.sluice.rules.policy.Matcher.Range;
import io.sluice.rules.space.Box;
import io.sluice.rules.space.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the allows of a conduit cover together. A clause lies below it if each request item that it covers is covered by
 * one of them: exactly the condition by which requests are decided, windows and rates apart, which keep holding.
 */
final class Ceiling {
    /** Beyond so many pieces the comparison is given up. */
    private static final int MOST_PIECES = 20_000;

    private final Vocabulary vocabulary;
    private final Dictionary dictionary;
    private final List<Box> allowed;

    Ceiling(Vocabulary vocabulary, Dictionary dictionary, List<Clause> allows) {
        this.vocabulary = vocabulary;
        this.dictionary = dictionary;
        allowed = allows.stream().map(Ceiling::box).toList();
    }

    /** Why a clause does not lie below, as the end of a sentence; empty where it does. */
    Optional<String> objection(Clause clause) {
        List<Box> left = List.of(box(clause));
        for (Box allow : allowed) {
            List<Box> next = new ArrayList<>();
            for (Box box : left) {
                next.addAll(box.without(allow));
                if (next.size() > MOST_PIECES) {
                    return Optional.of("it overlaps too many rules there to be compared; state it in parts");
                }
            }
            left = next;
        }
        return left.stream().filter(b -> !b.isEmpty()).findFirst()
                .map(b -> "no allow there covers `" + words(b) + "`");
    }

    /** All that a clause covers: operation, selectors in the order of the vocabulary, item, value and extra. */
    private static Box box(Clause clause) {
        List<Side> sides = new ArrayList<>();
        sides.add(Side.of(clause.operation()));
        clause.selectors().forEach(selector -> sides.add(Side.of(selector)));
        List.of(clause.term().items(), clause.term().values(), clause.term().extras())
                .forEach(ranges -> sides.add(new Side(ranges)));
        return new Box(sides);
    }

    /** The least of what a box covers, in the words of a policy. */
    private String words(Box box) {
        long operation = box.side(0).least();
        StringBuilder words = new StringBuilder(vocabulary.operations().stream()
                .filter(o -> o.number() == operation).map(Operation::word).findFirst().orElse("?"));
        int selector = 1;
        for (Field field : vocabulary.fields()) {
            boolean selects = field.role() == Role.SELECTOR;
            int d = selects ? selector++ : box.sides().size() - 3 + field.role().ordinal() - Role.ITEM.ordinal();
            Side side = box.side(d);
            if (has(operation, field) && !side.equals(Side.EVERYTHING)) {
                words.append(' ').append(field.name()).append(' ').append(text(field, side, selects ? field.min() : 0));
            }
        }
        return words.toString();
    }

    private boolean has(long operation, Field field) {
        return vocabulary.operations().stream()
                .anyMatch(o -> o.number() == operation && o.fields().contains(field.name()));
    }

    private String text(Field field, Side side, long base) {
        if (side.isEmpty() || side.contains(Long.MIN_VALUE)) {
            return "any";
        }
        Range range = side.ranges().getFirst();
        long number = Math.max(range.low() + base, field.role() == Role.SELECTOR ? base : field.min());
        if (range.high() + base < number) {
            number = range.high() + base;
        }
        long least = number;
        Optional<String> word = field.words().entrySet().stream().filter(e -> e.getValue() == least)
                .map(Map.Entry::getKey).findFirst();
        if (word.isPresent()) {
            return word.get();
        }
        if (field.notation() instanceof Notation.Whole) {
            return Long.toString(least);
        }
        if (field.role() == Role.VALUE) {
            return OrderedNumber.nameAt(least) >= 0
                    ? dictionary.text(OrderedNumber.nameAt(least))
                    : OrderedNumber.text(least);
        }
        return dictionary.text((int) least);
    }
}
