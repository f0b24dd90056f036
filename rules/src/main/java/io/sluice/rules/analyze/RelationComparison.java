package io.sluice.rules.analyze;

import io.sluice.rules.Clause;
import io.sluice.rules.Relation;
import io.sluice.rules.Service;
import io.sluice.rules.Term;
import io.sluice.rules.analyze.Ruling.Says;
import io.sluice.rules.policy.Matcher.Range;
import io.sluice.rules.policy.PlainVocabulary;
import io.sluice.rules.space.Box;
import io.sluice.rules.space.Claim;
import io.sluice.rules.space.Comparison;
import io.sluice.rules.space.Comparison.TooMany;
import io.sluice.rules.space.Side;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Compares what two policies say of the traffic from one place to another, in one set of words. */
final class RelationComparison {
    private final Spoken spoken;
    private final RequestSpace space;
    /** Each claim that either makes, and who does; of equal ones with a rate, each counts. */
    private final Map<Key, boolean[]> claims = new LinkedHashMap<>();

    private record Key(Box box, Says says, int number) {}

    /** From one ruling to another. */
    record Shift(Ruling before, Ruling after) {}

    RelationComparison(Spoken spoken, RequestSpace space) {
        this.spoken = spoken;
        this.space = space;
    }

    /** Adds all that a relation of one of the two policies says, where the other has {@code other}. */
    RelationComparison add(Relation relation, Relation other, boolean after) {
        boxes(spoken, space, relation, other, after, (box, term) -> add(box, Says.of(term), after));
        return this;
    }

    /** Tells all that a relation says, where the other policy's has {@code other}; a box may be empty. */
    static void boxes(Spoken spoken, RequestSpace space, Relation relation, Relation other, boolean after,
            BiConsumer<Box, Term> said) {
        Service service = spoken.on(relation);
        if (spoken.equals(Spoken.PLAIN)) {
            relation.plain().clauses()
                    .forEach(c -> said.accept(uninspected(space, c, after, relation, other), c.term()));
        } else if (spoken.speaks(service) && service != null) {
            service.table().clauses().forEach(c -> said.accept(space.box(c, after), c.term()));
        } else if (service == null) {
            spoken.plainClauses(relation).forEach(c -> said.accept(wholePort(space, c, after), c.term()));
        }
    }

    RelationComparison add(Clause clause, boolean after) {
        add(space.box(clause, after), Says.of(clause.term()), after);
        return this;
    }

    private void add(Box box, Says says, boolean after) {
        if (box.isEmpty()) {
            return;
        }
        int number = 0;
        boolean[] made = claims.computeIfAbsent(new Key(box, says, number), k -> new boolean[2]);
        while (made[after ? 1 : 0] && says.rate().isPresent()) {
            made = claims.computeIfAbsent(new Key(box, says, ++number), k -> new boolean[2]);
        }
        made[after ? 1 : 0] = true;
    }

    /**
     * What a plain clause says of ports that neither of two relations inspects; the others are judged in the words of
     * their protocol. Perhaps nothing.
     */
    static Box uninspected(RequestSpace space, Clause clause, boolean after, Relation relation, Relation other) {
        Box box = space.box(clause, after);
        int transport = clause.operation() == PlainVocabulary.TCP
                ? Spoken.TCP
                : clause.operation() == PlainVocabulary.UDP ? Spoken.UDP : 0;
        Side ports = Side.union(Stream.concat(relation.services().stream(), other.services().stream())
                .filter(s -> s.transport() == transport).map(s -> new Range(s.port(), s.port())).toList());
        return box.with(space.item, box.side(space.item).without(ports));
    }

    /** What passes uninspected passes whatever it asks. */
    private static Box wholePort(RequestSpace space, Clause clause, boolean after) {
        List<Side> sides = new ArrayList<>(Collections.nCopies(space.time, Side.EVERYTHING));
        sides.add(space.clock.side(clause.term(), after));
        return new Box(sides);
    }

    /** What changes, by what it becomes: boxes that are apart, as few as can be found. */
    Map<Shift, List<Box>> shifts() throws TooMany {
        List<Claim<Says>> all = claims.entrySet().stream().map(e -> new Claim<>(e.getKey().box(), e.getKey().says(),
                e.getValue()[0], e.getValue()[1])).toList();
        Map<Shift, List<Box>> boxes = new HashMap<>();
        Comparison.changes(all, Ruling::of).forEach(c -> boxes
                .computeIfAbsent(new Shift(c.before(), c.after()), s -> new ArrayList<>()).add(c.box()));
        Map<Shift, List<Box>> shifts = new LinkedHashMap<>();
        boxes.forEach((shift, found) -> {
            List<Box> tidy = space.tidied(found);
            if (!tidy.isEmpty()) {
                shifts.put(shift, tidy);
            }
        });
        return shifts;
    }
}
