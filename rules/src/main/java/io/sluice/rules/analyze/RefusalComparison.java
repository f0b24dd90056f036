package io.sluice.rules.analyze;

import io.sluice.rules.Relation;
import io.sluice.rules.RuleInfo;
import io.sluice.rules.Service;
import io.sluice.rules.Term;
import io.sluice.rules.policy.OnDeny;
import io.sluice.rules.space.Box;
import io.sluice.rules.space.Claim;
import io.sluice.rules.space.Comparison;
import io.sluice.rules.space.Comparison.TooMany;
import io.sluice.rules.space.Side;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Compares what the refused is told where both of two policies refuse, and a rule decides in at least one: the deny that
 * decides is told as its own conduit says.
 */
final class RefusalComparison {
    /**
     * What becomes of an item.
     *
     * @param byRule a deny decides; else nothing allows it
     */
    record Refusal(boolean refused, boolean byRule, OnDeny told) {
        private static final Refusal NONE = new Refusal(false, false, OnDeny.DROP);

        String text() {
            return told.name().toLowerCase(Locale.ROOT) + (byRule ? "" : " (no rule)");
        }
    }

    /** From one refusal to another. */
    record Turn(Refusal before, Refusal after) {}

    /**
     * What one rule comes to, or what happens without one.
     *
     * @param order of denies on one item the least decides, by this text
     */
    private record Says(Refusal refusal, String order) {}

    private record Key(Box box, Says says) {}

    private final Spoken spoken;
    private final RequestSpace space;
    private final Map<Key, boolean[]> claims = new LinkedHashMap<>();
    private final Set<OnDeny> told = EnumSet.noneOf(OnDeny.class);
    private boolean denies;

    RefusalComparison(Spoken spoken, RequestSpace space) {
        this.spoken = spoken;
        this.space = space;
    }

    /** Adds all that a relation of one of the two policies says, where the other has {@code other}. */
    RefusalComparison add(Version version, Relation relation, Relation other, boolean after) {
        Service service = spoken.on(relation);
        OnDeny usual = service == null ? relation.onDeny() : service.onDeny();
        told.add(usual);
        List<Side> everything = Collections.nCopies(space.every().sides().size(), Side.EVERYTHING);
        add(new Box(everything), new Says(new Refusal(true, false, usual), ""), after);
        RelationComparison.boxes(spoken, space, relation, other, after, (box, term) -> {
            if (!box.isEmpty()) {
                add(box, says(version, term), after);
            }
        });
        return this;
    }

    private Says says(Version version, Term term) {
        if (!term.deny()) {
            return new Says(Refusal.NONE, "");
        }
        RuleInfo rule = version.compiled().rules().get(term.rule());
        denies = true;
        told.add(rule.onDeny());
        // See Term.ORDER and the numbers of RuleBook, which are those of another policy's rules only by chance.
        return new Says(new Refusal(true, true, rule.onDeny()),
                (term.window() == Term.ALWAYS ? "a" : "b") + rule.id() + "\n" + rule.conduit());
    }

    private void add(Box box, Says says, boolean after) {
        claims.computeIfAbsent(new Key(box, says), k -> new boolean[2])[after ? 1 : 0] = true;
    }

    /** What changes, by what it becomes: boxes that are apart. */
    Map<Turn, List<Box>> turns() throws TooMany {
        if (!denies || told.size() < 2) {
            return Map.of(); // nothing differs but perhaps what no rule names, which is said apart
        }
        List<Claim<Says>> all = claims.entrySet().stream().map(e -> new Claim<>(e.getKey().box(), e.getKey().says(),
                e.getValue()[0], e.getValue()[1])).toList();
        Map<Turn, List<Box>> boxes = new HashMap<>();
        Comparison.changes(all, RefusalComparison::ruling).forEach(c -> {
            boolean byRule = c.before().byRule() || c.after().byRule();
            if (c.before().refused() && c.after().refused() && byRule && c.before().told() != c.after().told()) {
                boxes.computeIfAbsent(new Turn(c.before(), c.after()), t -> new ArrayList<>()).add(c.box());
            }
        });
        Map<Turn, List<Box>> turns = new LinkedHashMap<>();
        boxes.forEach((turn, found) -> {
            List<Box> tidy = space.tidied(found);
            if (!tidy.isEmpty()) {
                turns.put(turn, tidy);
            }
        });
        return turns;
    }

    /** Any deny refuses, and the first tells; else an allow permits; else it is as no rule says. */
    private static Refusal ruling(List<Says> all) {
        return all.stream().filter(s -> s.refusal.byRule()).min(Comparator.comparing(Says::order))
                .or(() -> all.stream().filter(s -> !s.refusal.refused()).findFirst())
                .or(() -> all.stream().findFirst()).map(Says::refusal).orElse(Refusal.NONE);
    }
}
