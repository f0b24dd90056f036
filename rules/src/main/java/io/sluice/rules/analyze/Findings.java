package io.sluice.rules.analyze;

import io.sluice.dissect.Vocabulary.Understood;
import io.sluice.rules.Clause;
import io.sluice.rules.Relation;
import io.sluice.rules.Service;
import io.sluice.rules.analyze.Ruling.Says;
import io.sluice.rules.policy.Expectation;
import io.sluice.rules.policy.Position;
import io.sluice.rules.policy.Rule;
import io.sluice.rules.space.Box;
import io.sluice.rules.space.Change;
import io.sluice.rules.space.Claim;
import io.sluice.rules.space.Comparison;
import io.sluice.rules.space.Comparison.TooMany;
import io.sluice.rules.space.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What rules of one policy do to each other: those that never decide, those that are refused in part, those untested. */
public final class Findings {
    /** Beyond that many rules nobody would read the notes. */
    private static final int MOST_RULES = 2_000;
    private static final int MOST_SHOWN = 3;
    /** Squares of how many rules meet one rule, summed: a second or two of work. */
    private static final long MOST_WORK = 10_000_000;

    private final Version version;
    private final List<Written> rules;
    private final List<Group> groups = new ArrayList<>();

    /** A rule by the number under which it decides. */
    private record Written(int number, Rule rule) {}

    /** What a rule says of a box, and how far the box reaches on each axis: most that do not meet are apart there. */
    private static final class Made {
        private final int rule;
        private final Box box;
        private final Says says;
        private final long[] least;
        private final long[] greatest;

        /** The box must not be empty. */
        Made(int rule, Box box, Says says) {
            this.rule = rule;
            this.box = box;
            this.says = says;
            least = box.sides().stream().mapToLong(Side::least).toArray();
            greatest = box.sides().stream().mapToLong(Side::greatest).toArray();
        }

        boolean meets(Made other) {
            for (int axis = 0; axis < least.length; axis++) {
                if (least[axis] > other.greatest[axis] || other.least[axis] > greatest[axis]) {
                    return false;
                }
            }
            return box.meets(other.box);
        }
    }

    /** All that is said of one service between two places. */
    private record Group(RequestSpace space, List<Made> made, Map<Integer, List<Made>> byRule) {
        Group(RequestSpace space, List<Made> made) {
            this(space, made, made.stream().collect(Collectors.groupingBy(m -> m.rule)));
        }

        List<Made> of(int rule) {
            return byRule.getOrDefault(rule, List.of());
        }

        boolean denies() {
            return made.stream().anyMatch(m -> m.says.deny());
        }

        /** What meets some of a rule's own. */
        List<Made> near(List<Made> own) {
            List<Made> near = new ArrayList<>();
            for (Made one : made) {
                for (Made mine : own) {
                    if (mine.meets(one)) {
                        near.add(one);
                        break;
                    }
                }
            }
            return near;
        }
    }

    private Findings(Version version) {
        this.version = version;
        Map<String, Rule> byId = new HashMap<>();
        version.policy().conduits().values().forEach(c -> c.rules().forEach(r -> byId.put(r.id(), r)));
        rules = new ArrayList<>();
        for (int n = 0; n < version.compiled().rules().size(); n++) {
            int number = n;
            Optional.ofNullable(byId.get(version.compiled().rules().get(n).id()))
                    .ifPresent(r -> rules.add(new Written(number, r)));
        }
        // Pairs of places that the same conduits join share their relation.
        Set<Relation> known = new HashSet<>();
        List<Endpoint> endpoints = Endpoint.of(version, version);
        Clock clock = new Clock(version.policy(), version.policy());
        endpoints.forEach(from -> endpoints.forEach(to -> {
            Relation relation = version.compiled().relation(from.after(), to.after());
            if (known.add(relation)) {
                Spoken.of(relation, relation).forEach(s -> groups.add(group(relation, s, clock)));
            }
        }));
    }

    private Group group(Relation relation, Spoken spoken, Clock clock) {
        RequestSpace space = new RequestSpace(spoken.vocabulary(), spoken.protocol()
                .map(p -> new JointNames(version.compiled(), version.compiled(), p)).orElse(JointNames.none()), clock);
        Service service = spoken.on(relation);
        List<Clause> clauses = (service == null ? relation.plain() : service.table()).clauses().stream()
                // What comes with any allow is no merit of the one that is named for it.
                .filter(c -> spoken.vocabulary().operations().stream().anyMatch(o -> o.number() == c.operation()))
                .toList();
        List<Made> made = new ArrayList<>();
        for (Clause c : clauses) {
            Box box = service == null
                    ? RelationComparison.uninspected(space, c, true, relation, relation)
                    : space.box(c, true);
            if (!box.isEmpty()) {
                made.add(new Made(c.term().rule(), box, Says.of(c.term())));
            }
        }
        return new Group(space, made);
    }

    /**
     * Rules without which the policy would mean the same.
     *
     * @param known positions of rules of which that is known already
     */
    public static List<Finding> unreachable(Version version, Set<Position> known) {
        try {
            return count(version) > MOST_RULES
                    ? unread(version, "more than " + MOST_RULES + " rules: whether each is needed was not looked at")
                    : new Findings(version).unreachable(known);
        } catch (TooMany e) {
            return unread(version, "rules overlap too much to see whether each is needed");
        }
    }

    /** A note that a question has no answer, at the first rule. */
    private static List<Finding> unread(Version version, String why) {
        return version.policy().conduits().values().stream().flatMap(c -> c.rules().stream()).limit(1)
                .map(r -> new Finding(r.position(), why)).toList();
    }

    /** Those, allows of which denies refuse a part, and allows that no expectation tries. */
    public static List<Finding> all(Version version, Set<Position> known) {
        List<Finding> all = new ArrayList<>(unreachable(version, known));
        all.addAll(shadowed(version));
        all.addAll(untested(version));
        all.sort(Comparator.comparingInt((Finding f) -> f.position().line())
                .thenComparingInt(f -> f.position().column()));
        return List.copyOf(all);
    }

    private static List<Finding> shadowed(Version version) {
        try {
            return count(version) > MOST_RULES ? List.of() : new Findings(version).shadowed();
        } catch (TooMany e) {
            return List.of();
        }
    }

    private static int count(Version version) {
        return version.compiled().rules().size();
    }

    private List<Finding> unreachable(Set<Position> known) throws TooMany {
        List<Finding> found = new ArrayList<>();
        Set<Integer> removed = new HashSet<>();
        rules.stream().filter(w -> known.contains(w.rule.position())).forEach(w -> removed.add(w.number));
        long work = 0;
        List<Written> skipped = new ArrayList<>();
        for (Written written : rules) {
            if (removed.contains(written.number) || isNeeded(written.number, removed)) {
                continue;
            }
            work += work(written.number);
            if (work > MOST_WORK) {
                skipped.add(written);
            } else if (isSuperfluous(written.number, removed)) {
                removed.add(written.number);
                String id = written.rule.id();
                found.add(new Finding(written.rule.position(), written.rule.deny()
                        ? "deny `" + id + "` refuses nothing that any rule allows"
                        : "`" + id + "` adds nothing: other rules together already allow all of it, or refuse it"));
            }
        }
        if (!skipped.isEmpty()) {
            found.add(new Finding(skipped.getFirst().rule.position(), "whether `" + skipped.getFirst().rule.id() + "`"
                    + (skipped.size() == 1 ? "" : " and " + (skipped.size() - 1) + " more rules")
                    + " are needed was not looked at: too many rules overlap there"));
        }
        return found;
    }

    private long work(int rule) {
        long work = 0;
        for (Group group : groups) {
            long near = group.of(rule).isEmpty() ? 0 : group.near(group.of(rule)).size();
            work += near * near;
        }
        return work;
    }

    /** Some corner of it, which messages can ask for, depends on it alone; most rules have one. */
    private boolean isNeeded(int rule, Set<Integer> removed) {
        for (Group group : groups) {
            List<Made> own = group.of(rule);
            List<Made> near = own.isEmpty() ? List.of() : group.near(own);
            for (Made mine : own) {
                for (Box part : group.space.sayable(mine.box)) {
                    for (long[] corner : group.space.corners(part)) {
                        if (depends(corner, mine, near, removed)) {
                            return true;
                        }
                    }
                }
            }
        }
        return false;
    }

    private static boolean depends(long[] corner, Made mine, List<Made> near, Set<Integer> removed) {
        boolean allowed = false;
        for (Made other : near) {
            if (other.rule == mine.rule || removed.contains(other.rule) || !other.box.contains(corner)) {
                continue;
            }
            if (other.says.deny() || !mine.says.deny()) {
                return false;
            }
            allowed = true;
        }
        return allowed == mine.says.deny();
    }

    private boolean isSuperfluous(int rule, Set<Integer> removed) throws TooMany {
        for (Group group : groups) {
            List<Made> own = group.of(rule);
            if (own.isEmpty()) {
                continue;
            }
            List<Claim<Says>> claims = claims(group, own, m -> !removed.contains(m.rule), m -> m.rule != rule);
            if (!group.space.tidied(changed(claims)).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Those claims of a group that meet some of a rule's; each counts before, and those that {@code stay} after. */
    private static List<Claim<Says>> claims(Group group, List<Made> own, Predicate<Made> before,
            Predicate<Made> stay) {
        return group.near(own).stream().filter(before).map(m -> new Claim<>(m.box, m.says, true, stay.test(m)))
                .toList();
    }

    private static List<Box> changed(List<Claim<Says>> claims) throws TooMany {
        return Comparison.changes(claims, Ruling::of).stream().map(Change::box).toList();
    }

    private List<Finding> shadowed() throws TooMany {
        List<Finding> found = new ArrayList<>();
        for (Written written : rules) {
            if (written.rule.deny()) {
                continue;
            }
            for (Group group : groups) {
                List<Made> own = group.of(written.number);
                if (own.isEmpty() || !group.denies()) {
                    continue;
                }
                // The other way round: the rule alone, and what is left of it beside the denies.
                List<Claim<Says>> claims = claims(group, own, m -> m.says.deny() || m.rule == written.number,
                        m -> !m.says.deny());
                List<Box> lost = group.space.tidied(changed(claims));
                if (!lost.isEmpty()) {
                    Set<String> denies = group.near(own).stream().filter(m -> m.says.deny())
                            .map(m -> "`" + version.compiled().rules().get(m.rule).id() + "`")
                            .collect(Collectors.toCollection(TreeSet::new));
                    found.add(new Finding(written.rule.position(), "part of `" + written.rule.id()
                            + "` is refused by " + String.join(", ", denies) + ": " + texts(group.space, lost)));
                    break;
                }
            }
        }
        return found;
    }

    private static String texts(RequestSpace space, List<Box> boxes) {
        String shown = boxes.stream().limit(MOST_SHOWN).map(b -> "`" + Words.text(space, b) + "`"
                + Optional.of(space.clock.text(b.side(space.time))).filter(t -> !t.isEmpty()).map(t -> " " + t)
                        .orElse(""))
                .collect(Collectors.joining(", "));
        return boxes.size() > MOST_SHOWN ? shown + " and " + (boxes.size() - MOST_SHOWN) + " more" : shown;
    }

    private static List<Finding> untested(Version version) {
        Set<String> tested = new HashSet<>();
        for (Expectation e : version.policy().expectations()) {
            if (Explanation.of(version.compiled(), version.policy(), new Question(e.from(), e.to(), e.protocol(),
                    e.does())) instanceof Understood.Yes<Explanation> yes) {
                yes.meaning().rule().ifPresent(tested::add);
            }
        }
        return version.policy().conduits().values().stream().flatMap(c -> c.rules().stream())
                .filter(r -> !r.deny() && !tested.contains(r.id()))
                .map(r -> new Finding(r.position(), "no expectation tests rule `" + r.id() + "`")).toList();
    }
}
