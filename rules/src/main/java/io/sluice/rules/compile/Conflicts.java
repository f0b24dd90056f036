package io.sluice.rules.compile;

import io.sluice.dissect.Vocabulary;
import io.sluice.dissect.Vocabulary.Notation;
import io.sluice.dissect.Vocabulary.Role;
import io.sluice.rules.Clause;
import io.sluice.rules.Term;
import io.sluice.rules.policy.Conduit;
import io.sluice.rules.policy.Matcher.Range;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.Problem;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Rules that can never decide: an allow inside a deny is refused, an allow inside another allow is warned about. */
final class Conflicts {
    /** Beyond that many rules in a conduit, superfluous ones are not looked for. */
    private static final int MOST_COMPARED = 2_000;

    private final List<Problem> refusals = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    private final Places places;

    Conflicts(Policy policy, Places places, RuleBook rules) {
        this.places = places;
        for (Conduit conduit : policy.conduits().values()) {
            List<RuleBook.Entry> allows = rules.entries(conduit).stream().filter(e -> !e.rule().deny()).toList();
            List<RuleBook.Entry> denies = policy.conduits().values().stream().filter(d -> alwaysWith(conduit, d))
                    .flatMap(d -> rules.entries(d).stream())
                    .filter(e -> e.rule().deny() && e.rule().window().isEmpty()).toList();
            allows.forEach(allow -> refuse(allow, denies));
            if (allows.size() <= MOST_COMPARED) {
                allows.forEach(allow -> warn(allow, allows));
            }
        }
    }

    List<Problem> refusals() {
        return refusals;
    }

    List<Problem> warnings() {
        return warnings;
    }

    /** Whether {@code other} matches wherever {@code conduit} does, and speaks of the same service. */
    private boolean alwaysWith(Conduit conduit, Conduit other) {
        return places.within(places.named(conduit.from()), places.named(other.from()))
                && places.within(places.named(conduit.to()), places.named(other.to()))
                && conduit.service().equals(other.service());
    }

    private void refuse(RuleBook.Entry allow, List<RuleBook.Entry> denies) {
        String id = allow.rule().id();
        denies.stream().filter(d -> inside(allow, d)).findFirst()
                .ifPresent(d -> refusals.add(Problem.error(allow.rule().position(), "`" + id
                        + "` can never apply: deny `" + d.rule().id() + "` of conduit `" + d.conduit().name()
                        + "` refuses all of it; narrow the deny or remove the allow")));
    }

    private void warn(RuleBook.Entry allow, List<RuleBook.Entry> allows) {
        for (RuleBook.Entry wider : allows) {
            if (wider.number() != allow.number() && wider.rule().window().isEmpty() && wider.rule().rate().isEmpty()
                    && inside(allow, wider) && !(twins(allow, wider) && allow.number() < wider.number())) {
                boolean rated = allow.rule().rate().isPresent();
                warnings.add(Problem.warning(allow.rule().position(), rated
                        ? "the rate of `" + allow.rule().id() + "` never limits: `" + wider.rule().id()
                                + "` allows the same without one"
                        : "`" + allow.rule().id() + "` adds nothing: `" + wider.rule().id()
                                + "` already allows all of it"));
                return;
            }
        }
    }

    /** Whether two rules are superfluous beside each other, so that only the second is to be named. */
    private static boolean twins(RuleBook.Entry one, RuleBook.Entry other) {
        return one.rule().window().isEmpty() && one.rule().rate().isEmpty() && inside(other, one);
    }

    /** Whether each clause of a rule lies inside one clause of another. */
    private static boolean inside(RuleBook.Entry inner, RuleBook.Entry outer) {
        return inner.clauses().stream().allMatch(i -> outer.clauses().stream()
                .anyMatch(o -> inside(i, o, inner.conduit().vocabulary())));
    }

    private static boolean inside(Clause inner, Clause outer, Vocabulary vocabulary) {
        if (inner.operation() != outer.operation()) {
            return false;
        }
        return inside(inner.term().items(), outer.term().items())
                && selected(inner.selectors(), outer.selectors())
                && inside(inner.term().extras(), outer.term().extras())
                && (inside(inner.term().values(), outer.term().values())
                        || (outer.term().deny() && inside(everyValue(vocabulary), outer.term().values())));
    }

    private static boolean selected(List<BitSet> inner, List<BitSet> outer) {
        for (int f = 0; f < inner.size(); f++) {
            BitSet all = outer.get(f);
            for (int n = inner.get(f).nextSetBit(0); n >= 0; n = inner.get(f).nextSetBit(n + 1)) {
                if (!all.get(n)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** All that can be written; a deny on all of it is touched by a value that cannot be told, too. */
    private static List<Range> everyValue(Vocabulary vocabulary) {
        return vocabulary.fields().stream().filter(f -> f.role() == Role.VALUE).findFirst()
                .filter(f -> f.notation() instanceof Notation.Whole)
                .map(f -> List.of(new Range(f.min(), f.max()))).orElse(Term.ANY);
    }

    private static boolean inside(List<Range> inner, List<Range> outer) {
        for (Range one : inner) {
            boolean covered = false;
            for (Range wider : outer) {
                covered |= wider.low() <= one.low() && one.high() <= wider.high();
            }
            if (!covered) {
                return false;
            }
        }
        return true;
    }
}
