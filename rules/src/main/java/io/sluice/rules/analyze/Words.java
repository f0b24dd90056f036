package io.sluice.rules.analyze;

import io.sluice.dissect.Facts;
import io.sluice.dissect.OrderedNumber;
import io.sluice.dissect.Vocabulary.Field;
import io.sluice.dissect.Vocabulary.Notation;
import io.sluice.dissect.Vocabulary.Operation;
import io.sluice.dissect.Vocabulary.Role;
import io.sluice.rules.policy.Matcher.Range;
import io.sluice.rules.space.Box;
import io.sluice.rules.space.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Boxes of a {@link RequestSpace} in the words of the policy language. */
final class Words {
    /** So many of those that are left out are named. */
    private static final int MOST_NAMED = 20;

    private Words() {}

    /** What a box holds, without its times: {@code write space holding address 100..119}. */
    static String text(RequestSpace space, Box box) {
        Side possible = space.possible(box, RequestSpace.OPERATION);
        List<Operation> operations = space.operations().filter(o -> possible.contains(o.number())).toList();
        boolean every = box.with(space.time, Side.EVERYTHING).sides().stream().allMatch(Side.EVERYTHING::equals);
        StringBuilder text = new StringBuilder(every
                ? "everything"
                : operations.stream().map(o -> act(space, box, o)).collect(Collectors.joining(", ")));
        for (Field field : space.vocabulary.fields()) {
            int axis = axis(space, field);
            if ((!box.side(axis).equals(Side.EVERYTHING) || isTheOnlyOne(space, box, axis))
                    && operations.stream().anyMatch(o -> o.fields().contains(field.name()))) {
                text.append(' ').append(field.name()).append(' ').append(text(space, box, field, axis));
            }
        }
        return text.toString();
    }

    /** Whether what else is said leaves one selector value of several: it is named, although it goes without saying. */
    private static boolean isTheOnlyOne(RequestSpace space, Box box, int axis) {
        Side left = space.possible(box, axis);
        return axis < space.item && left.equals(Side.of(left.least()))
                && !left.equals(space.possible(space.every().with(RequestSpace.OPERATION,
                        box.side(RequestSpace.OPERATION)), axis));
    }

    private static int axis(RequestSpace space, Field field) {
        return switch (field.role()) {
            case SELECTOR -> 1 + space.selectors.indexOf(field);
            case ITEM -> space.item;
            case EXTRA -> space.extra;
            case VALUE -> space.value;
        };
    }

    /** An operation's word; where its items are words themselves, each of them. */
    private static String act(RequestSpace space, Box box, Operation operation) {
        Side items = box.side(space.item);
        if (items.equals(Side.EVERYTHING) || space.field(operation, Role.ITEM).isPresent()
                || items.ranges().stream().anyMatch(r -> r.low() < 0 || r.high() - r.low() > MOST_NAMED)) {
            return operation.word();
        }
        return items.ranges().stream().flatMapToLong(r -> LongStream.rangeClosed(r.low(), r.high()))
                .mapToObj(i -> space.vocabulary.sortName(space.vocabulary.sort(operation.number(), 0, (int) i)))
                .collect(Collectors.joining(", "));
    }

    private static String text(RequestSpace space, Box box, Field field, int axis) {
        Side side = isTheOnlyOne(space, box, axis) ? space.possible(box, axis) : box.side(axis);
        return switch (field.role()) {
            case SELECTOR -> each(side, n -> selector(field, n + field.min()), !field.words().isEmpty());
            case ITEM, EXTRA -> field.notation() instanceof Notation.Named
                    ? named(space, side)
                    : each(side, Long::toString, false);
            case VALUE -> values(space, side, space.possible(box.with(axis, Side.EVERYTHING), axis), field);
        };
    }

    private static String each(Side side, LongFunction<String> word, boolean apart) {
        return side.ranges().stream().map(r -> r.low() == r.high()
                ? word.apply(r.low())
                : apart
                        ? LongStream.rangeClosed(r.low(), r.high()).mapToObj(word).collect(Collectors.joining(", "))
                        : word.apply(r.low()) + ".." + word.apply(r.high()))
                .collect(Collectors.joining(", "));
    }

    /** A selector's value as a policy states it; {@code none} for the absence of one. */
    static String selector(Field field, long number) {
        return field.unnamed().contains((int) number)
                ? "none"
                : field.words().entrySet().stream().filter(e -> e.getValue() == number).map(Map.Entry::getKey)
                        .findFirst().orElse(Long.toString(number));
    }

    static String number(RequestSpace space, Field field, long number) {
        return field.notation() instanceof Notation.Named ? space.names.text(number) : Long.toString(number);
    }

    private static String named(RequestSpace space, Side side) {
        boolean untold = side.contains(Facts.UNTOLD);
        Side all = Side.of(0, space.names.size() - 1L);
        if (!side.contains(Facts.NO_ITEM)) {
            String names = names(space, side.and(Side.of(0, Long.MAX_VALUE)));
            return !untold ? names : names.isEmpty() ? "that cannot be told" : names + ", or one that cannot be told";
        }
        Side missing = space.names.size() == 0 ? Side.NOTHING : all.without(side);
        return "any" + (missing.isEmpty() ? "" : " but " + names(space, missing))
                + (untold ? "" : missing.isEmpty() ? " that can be told" : ", if it can be told");
    }

    private static String names(RequestSpace space, Side side) {
        return side.ranges().stream().flatMapToLong(r -> LongStream.rangeClosed(r.low(), r.high()))
                .mapToObj(space.names::text).collect(Collectors.joining(", "));
    }

    private static String values(RequestSpace space, Side side, Side possible, Field field) {
        Side unknown = Side.of(RequestSpace.UNKNOWN);
        Side told = side.without(unknown);
        List<String> parts = new ArrayList<>();
        if (!told.isEmpty() && told.contains(possible.without(unknown))) {
            parts.add("any that can be told");
        } else if (field.notation() instanceof Notation.Decimal) {
            decimals(space, told, parts);
        } else {
            told.ranges().forEach(r -> parts.add(r.low() == r.high()
                    ? Long.toString(r.low())
                    : r.low() + ".." + r.high()));
        }
        if (side.contains(RequestSpace.UNKNOWN)) {
            parts.add(parts.isEmpty() ? "that cannot be told" : "or one that cannot be told");
        }
        return String.join(", ", parts);
    }

    private static void decimals(RequestSpace space, Side told, List<String> parts) {
        boolean otherTexts = told.contains(JointNames.otherText());
        List<String> missing = new ArrayList<>();
        for (Range range : told.ranges()) {
            if (OrderedNumber.nameAt(range.low()) < 0 || range.low() == Long.MAX_VALUE) {
                parts.add(range.low() == Long.MAX_VALUE ? "NaN" : Decimals.range(range.low(), range.high()));
            } else if (!otherTexts) {
                for (long form = range.low(); form <= range.high(); form++) {
                    parts.add(space.names.text(OrderedNumber.nameAt(form)));
                }
            }
        }
        if (otherTexts) {
            for (int n = 0; n < space.names.size(); n++) {
                if (!told.contains(OrderedNumber.name(n))) {
                    missing.add(space.names.text(n));
                }
            }
            parts.add("any text" + (missing.isEmpty() ? "" : " but " + String.join(", ", missing)));
        }
    }

    /** One value that is written, as a request states it. */
    static String value(RequestSpace space, Field field, long value) {
        if (!(field.notation() instanceof Notation.Decimal)) {
            return Long.toString(value);
        }
        int name = OrderedNumber.nameAt(value);
        return value == JointNames.otherText()
                ? '"' + space.names.other("other") + '"'
                : name >= 0 ? space.names.text(name) : OrderedNumber.text(value);
    }
}
