package io.sluice.rules.analyze;

import io.sluice.dissect.Facts;
import io.sluice.dissect.OrderedNumber;
import io.sluice.dissect.Vocabulary.Field;
import io.sluice.dissect.Vocabulary.Notation;
import io.sluice.dissect.Vocabulary.Operation;
import io.sluice.dissect.Vocabulary.Request;
import io.sluice.dissect.Vocabulary.Role;
import io.sluice.dissect.Vocabulary.Understood;
import io.sluice.rules.policy.Matcher.Range;
import io.sluice.rules.space.Box;
import io.sluice.rules.space.Side;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One request on one item: a point of a {@link RequestSpace}. */
record Point(RequestSpace space, List<Long> numbers) {
    private static final long SMALL = 1;
    /** Numbers within plus and minus this are easily said. */
    private static final double COMMON = 1e9;

    /** The plainest request of a box; a box is never without one. */
    static Point of(RequestSpace space, Box box) {
        List<Point> found = space.sayable(box).stream().map(part -> in(space, part)).toList();
        return found.stream().filter(p -> p.phrase().isPresent()).findFirst().orElse(found.getFirst());
    }

    private static Point in(RequestSpace space, Box part) {
        Operation operation = space.operation(part.side(RequestSpace.OPERATION).least());
        boolean decimal = space.field(operation, Role.VALUE).filter(f -> f.notation() instanceof Notation.Decimal)
                .isPresent();
        List<Long> numbers = new ArrayList<>();
        for (int axis = 0; axis < part.sides().size(); axis++) {
            Side side = part.side(axis);
            numbers.add(axis == RequestSpace.OPERATION || axis == space.time
                    ? side.least()
                    : axis < space.item
                            ? selector(space, space.selectors.get(axis - 1), side)
                            : axis == space.value ? value(side, decimal) : plain(side));
        }
        return new Point(space, numbers);
    }

    /** A word that rules mean where they say none, or the first; without words 1, or the first that is not everyone. */
    private static long selector(RequestSpace space, Field field, Side side) {
        long min = field.min();
        if (!field.words().isEmpty()) {
            Set<Integer> usual = space.usual(field);
            return field.words().values().stream().filter(n -> side.contains(n - min))
                    .min(Comparator.comparing((Integer n) -> !usual.contains(n)).thenComparing(n -> n))
                    .map(n -> n - min).orElse(side.least());
        }
        if (side.contains(SMALL - min)) {
            return SMALL - min;
        }
        Side others = side.without(field.everyone().isPresent()
                ? Side.of(field.everyone().getAsInt() - min)
                : Side.NOTHING);
        return (others.isEmpty() ? side : others).least();
    }

    /** One without a name, for which any name stands; else the first that is there; else one that cannot be told. */
    private static long plain(Side side) {
        Side told = side.and(Side.of(0, Long.MAX_VALUE));
        return side.contains(Facts.NO_ITEM) ? Facts.NO_ITEM : told.isEmpty() ? side.least() : told.least();
    }

    /** A number that is easily said, before texts and what is none. */
    private static long value(Side side, boolean decimal) {
        Side told = side.without(Side.of(RequestSpace.UNKNOWN));
        if (told.isEmpty()) {
            return RequestSpace.UNKNOWN;
        }
        if (!decimal) {
            return told.least();
        }
        Side common = told.and(Side.of(OrderedNumber.of(-COMMON), OrderedNumber.of(COMMON)));
        for (Range range : common.ranges()) {
            long zero = OrderedNumber.of(0L);
            long whole = OrderedNumber.of(Math.ceil(OrderedNumber.number(range.low())));
            if (whole <= range.high()) {
                return range.low() <= zero && zero <= range.high() ? zero : whole;
            }
        }
        return (common.isEmpty() ? told : common).least();
    }

    long at(int axis) {
        return numbers.get(axis);
    }

    long[] coordinates() {
        return numbers.stream().mapToLong(n -> n).toArray();
    }

    Clock.State moment() {
        return space.clock.state(at(space.time));
    }

    /** The request in the words of {@code expect}; empty where it cannot be said in them. */
    Optional<String> phrase() {
        Operation operation = space.operation(at(RequestSpace.OPERATION));
        Map<String, String> texts = new HashMap<>();
        for (int s = 0; s < space.selectors.size(); s++) {
            Field field = space.selectors.get(s);
            long number = at(1 + s) + field.min();
            if (!field.unnamed().contains((int) number)) {
                texts.put(field.name(), Words.selector(field, number));
            }
        }
        if (at(space.item) == Facts.UNTOLD || at(space.extra) == Facts.UNTOLD || at(space.value) == Long.MAX_VALUE) {
            return Optional.empty();
        }
        text(operation, Role.ITEM, at(space.item), texts);
        text(operation, Role.EXTRA, at(space.extra), texts);
        Optional<Field> value = space.field(operation, Role.VALUE);
        if (value.isPresent() && at(space.value) != RequestSpace.UNKNOWN) {
            texts.put(value.get().name(), Words.value(space, value.get(), at(space.value)));
        }
        Optional<String> phrase = space.vocabulary.operations().contains(operation)
                ? space.vocabulary.phrase(operation, at(space.item), texts)
                : Optional.empty();
        return phrase.filter(p -> space.vocabulary.request(p) instanceof Understood.Yes<Request>);
    }

    private void text(Operation operation, Role role, long number, Map<String, String> texts) {
        Optional<Field> field = space.field(operation, role);
        if (field.isEmpty()) {
            return;
        }
        if (number >= 0) {
            texts.put(field.get().name(), Words.number(space, field.get(), number));
        } else if (role == Role.ITEM && field.get().notation() instanceof Notation.Named named) {
            texts.put(field.get().name(), space.names.other(named.example()));
        }
    }

    /** The request as a message of it would be for one of the policies. */
    Facts facts(boolean after) {
        Facts facts = new Facts(1);
        facts.reset(MemorySegment.NULL);
        Operation operation = space.operation(at(RequestSpace.OPERATION));
        int scope = 0;
        for (int s = 0; s < space.selectors.size(); s++) {
            scope = scope * space.selectors.get(s).size() + (int) at(1 + s);
        }
        int item = own(operation, Role.ITEM, at(space.item), after);
        int span = facts.add(operation.number(), scope, item, item);
        facts.extra(span, own(operation, Role.EXTRA, at(space.extra), after));
        if (space.field(operation, Role.VALUE).isPresent()) {
            if (at(space.value) == RequestSpace.UNKNOWN) {
                facts.unknownValue(span);
            } else {
                facts.store(span, space.names.ownValue(at(space.value), after));
            }
        }
        return facts;
    }

    private int own(Operation operation, Role role, long number, boolean after) {
        return space.field(operation, role).filter(f -> f.notation() instanceof Notation.Named).isPresent()
                ? space.names.own(number, after)
                : (int) number;
    }
}
