package io.sluice.rules.analyze;

import io.sluice.rules.Clause;
import io.sluice.rules.Relation;
import io.sluice.rules.Service;
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
        Service service = spoken.on(relation);
        if (spoken.equals(Spoken.PLAIN)) {
            List<Range> inspected = Stream.concat(relation.services().stream(), other.services().stream())
                    .map(s -> new Range(s.port(), s.port())).toList();
            relation.plain().clauses().forEach(c -> plain(c, inspected, relation, other, after));
        } else if (spoken.speaks(service) && service != null) {
            service.table().clauses().forEach(c -> add(c, after));
        } else if (service == null) {
            spoken.plainClauses(relation).forEach(c -> wholePort(c, after));
        }
        return this;
    }

    RelationComparison add(Clause clause, boolean after) {
        add(space.box(clause, after), Says.of(clause.term()), after);
        return this;
    }

    private void add(Box box, Says says, boolean after) {
        int number = 0;
        boolean[] made = claims.computeIfAbsent(new Key(box, says, number), k -> new boolean[2]);
        while (made[after ? 1 : 0] && says.rate().isPresent()) {
            made = claims.computeIfAbsent(new Key(box, says, ++number), k -> new boolean[2]);
        }
        made[after ? 1 : 0] = true;
    }

    /** Ports that either policy inspects are compared in the words of their protocol. */
    private void plain(Clause clause, List<Range> inspected, Relation relation, Relation other, boolean after) {
        Box box = space.box(clause, after);
        if (clause.operation() == PlainVocabulary.TCP || clause.operation() == PlainVocabulary.UDP) {
            int transport = clause.operation() == PlainVocabulary.TCP ? Spoken.TCP : 17;
            List<Range> ports = inspected.stream().filter(r -> relation.service(transport, (int) r.low()) != null
                    || other.service(transport, (int) r.low()) != null).toList();
            box = box.with(space.item, box.side(space.item).without(Side.union(ports)));
        }
        if (!box.isEmpty()) {
            add(box, Says.of(clause.term()), after);
        }
    }

    /** What passes uninspected passes whatever it asks. */
    private void wholePort(Clause clause, boolean after) {
        List<Side> sides = new ArrayList<>(Collections.nCopies(space.time, Side.EVERYTHING));
        sides.add(space.clock.side(clause.term(), after));
        add(new Box(sides), Says.of(clause.term()), after);
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
