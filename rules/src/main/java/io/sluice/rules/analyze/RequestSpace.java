package io.sluice.rules.analyze;

import io.sluice.dissect.Facts;
import io.sluice.dissect.OrderedNumber;
import io.sluice.dissect.Vocabulary;
import io.sluice.dissect.Vocabulary.Act;
import io.sluice.dissect.Vocabulary.Field;
import io.sluice.dissect.Vocabulary.Notation;
import io.sluice.dissect.Vocabulary.Operation;
import io.sluice.dissect.Vocabulary.Role;
import io.sluice.dissect.Vocabulary.Shape;
import io.sluice.rules.Clause;
import io.sluice.rules.Term;
import io.sluice.rules.policy.Matcher.Range;
import io.sluice.rules.space.Box;
import io.sluice.rules.space.Side;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that can be asked in one protocol, as a space: its axes are the operation, each selector field, the item, the
 * extra field, the value, and the {@link Clock}. Where a value is written that cannot be told, it lies at
 * {@link #UNKNOWN}; there lies also every item without a value.
 */
final class RequestSpace {
    /** Below all values. */
    static final long UNKNOWN = Long.MIN_VALUE;
    static final int OPERATION = 0;

    final Vocabulary vocabulary;
    final JointNames names;
    final Clock clock;
    final List<Field> selectors;
    final int item;
    final int extra;
    final int value;
    final int time;
    private final List<Box> shapes;

    RequestSpace(Vocabulary vocabulary, JointNames names, Clock clock) {
        this.vocabulary = vocabulary;
        this.names = names;
        this.clock = clock;
        selectors = vocabulary.fields().stream().filter(f -> f.role() == Role.SELECTOR).toList();
        item = 1 + selectors.size();
        extra = item + 1;
        value = item + 2;
        time = item + 3;
        shapes = vocabulary.shapes().stream().map(this::box).toList();
    }

    /** What a clause of one of the two policies speaks of. */
    Box box(Clause clause, boolean after) {
        Term term = clause.term();
        Operation operation = operation(clause.operation());
        List<Side> sides = new ArrayList<>();
        sides.add(Side.of(clause.operation()));
        clause.selectors().forEach(s -> sides.add(Side.of(s)));
        sides.add(named(operation, Role.ITEM) ? names.items(term.items(), after) : new Side(term.items()));
        sides.add(named(operation, Role.EXTRA) ? names.items(term.extras(), after) : new Side(term.extras()));
        Side values = names.values(term.values(), after);
        // What cannot be told may be what a deny names.
        sides.add(term.deny() ? values.or(Side.of(UNKNOWN)) : values);
        sides.add(clock.side(term, after));
        return new Box(sides);
    }

    private Box box(Shape shape) {
        Operation operation = operation(shape.operation());
        List<Side> sides = new ArrayList<>();
        sides.add(Side.of(shape.operation()));
        for (Field field : selectors) {
            Set<Integer> some = shape.selectors().get(field.name());
            BitSet numbers = new BitSet();
            if (some == null) {
                numbers.set(0, field.size());
            } else {
                some.forEach(n -> numbers.set(n - (int) field.min()));
            }
            sides.add(Side.of(numbers));
        }
        sides.add(numbers(operation, shape, Role.ITEM));
        sides.add(numbers(operation, shape, Role.EXTRA));
        sides.add(values(operation, shape));
        sides.add(clock.all());
        return new Box(sides);
    }

    private Side numbers(Operation operation, Shape shape, Role role) {
        if (!shape.has().contains(role)) {
            return Side.of(Facts.NO_ITEM);
        }
        Optional<Field> field = field(operation, role);
        if (field.isEmpty()) {
            return Side.of(0, Integer.MAX_VALUE);
        }
        return field.get().notation() instanceof Notation.Named
                ? Side.of(Facts.UNTOLD, names.size() - 1L)
                : Side.of(field.get().min(), field.get().max());
    }

    private Side values(Operation operation, Shape shape) {
        Optional<Field> field = field(operation, Role.VALUE);
        if (!shape.has().contains(Role.VALUE) || field.isEmpty()) {
            return Side.of(UNKNOWN);
        }
        List<Range> told = new ArrayList<>();
        if (field.get().notation() instanceof Notation.Decimal) {
            told.add(new Range(OrderedNumber.of(Double.NEGATIVE_INFINITY), OrderedNumber.of(Double.POSITIVE_INFINITY)));
            told.addAll(names.everyText());
            told.add(new Range(Long.MAX_VALUE, Long.MAX_VALUE));
        } else {
            told.add(new Range(field.get().min(), Math.min(field.get().max(), shape.mostValue())));
        }
        if (shape.hidden()) {
            told.add(new Range(UNKNOWN, UNKNOWN));
        }
        return Side.union(told);
    }

    Operation operation(long number) {
        return operations().filter(o -> o.number() == number).findFirst().orElseThrow();
    }

    Stream<Operation> operations() {
        return Stream.concat(vocabulary.operations().stream(), vocabulary.implied().stream());
    }

    /** The field with a role that rules on an operation may use. */
    Optional<Field> field(Operation operation, Role role) {
        return vocabulary.fields().stream().filter(f -> f.role() == role && operation.fields().contains(f.name()))
                .findFirst();
    }

    private boolean named(Operation operation, Role role) {
        return field(operation, role).filter(f -> f.notation() instanceof Notation.Named).isPresent();
    }

    /** The values of a selector that rules mean where they leave it out. */
    Set<Integer> usual(Field field) {
        return operations().map(o -> vocabulary.assumed(new Act(o, OptionalInt.empty()), false))
                .flatMap(assumed -> assumed.getOrDefault(field.name(), Set.of()).stream()).collect(Collectors.toSet());
    }

    /** All there is. */
    Box every() {
        return new Box(Collections.nCopies(time + 1, Side.EVERYTHING));
    }

    /** The parts of a box that messages can ask for, each of one shape. */
    List<Box> sayable(Box box) {
        return shapes.stream().filter(box::meets).map(box::and).toList();
    }

    /** Points of a box: its first and last item, each with its least and its greatest value. */
    List<long[]> corners(Box box) {
        long[] least = box.sides().stream().mapToLong(Side::least).toArray();
        List<long[]> corners = new ArrayList<>();
        for (long first : new long[]{least[item], box.side(item).greatest()}) {
            for (long low : new long[]{least[value], box.side(value).greatest()}) {
                long[] corner = least.clone();
                corner[item] = first;
                corner[value] = low;
                corners.add(corner);
            }
        }
        return corners;
    }

    /** What messages can ask for in the same sides, or axes without them, as few boxes as can be found. */
    List<Box> tidied(Collection<Box> boxes) {
        List<Box> tidy = List.copyOf(boxes);
        int before;
        do {
            before = tidy.size();
            tidy = Box.merged(tidy.stream().map(this::settled).flatMap(Optional::stream).toList());
        } while (tidy.size() < before);
        return tidy;
    }

    /**
     * The same requests in the plainest box: each side is everything where it leaves out nothing that could be asked,
     * and otherwise holds only what could.
     */
    private Optional<Box> settled(Box box) {
        Box settled = box;
        for (int axis = 0; axis < box.sides().size(); axis++) {
            Side possible = possible(settled.with(axis, Side.EVERYTHING), axis);
            Side side = settled.side(axis).and(possible);
            if (side.isEmpty()) {
                return Optional.empty();
            }
            settled = settled.with(axis, side.equals(possible) && leavesNothing(settled, axis)
                    ? Side.EVERYTHING
                    : possible(settled, axis).and(settled.side(axis)));
        }
        return Optional.of(settled);
    }

    /** What an axis of a box can hold at all. */
    Side possible(Box box, int axis) {
        List<Range> ranges = new ArrayList<>();
        sayable(box).forEach(part -> ranges.addAll(part.side(axis).ranges()));
        return Side.union(ranges);
    }

    private boolean leavesNothing(Box box, int axis) {
        Box wider = box.with(axis, Side.EVERYTHING);
        return shapes.stream().filter(wider::meets)
                .allMatch(s -> box.side(axis).contains(s.side(axis)));
    }
}
