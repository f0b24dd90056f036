package io.sluice.rules;

import io.sluice.dissect.Facts;
import io.sluice.rules.Layer.Interval;
import io.sluice.rules.Layer.Slot;
import io.sluice.rules.Layer.Value;
import io.sluice.rules.space.Cuts;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Builds layers; layers and candidates with the same rules are built once and shared. */
final class LayerBuilder {
    private final Map<List<Term>, Layer> layers = new HashMap<>();
    private final Map<List<Term>, Candidates> candidates = new HashMap<>();
    private final int mostCells;
    private final int mostRated;
    private int cells;
    private Optional<String> excess = Optional.empty();

    /**
     * @param mostCells how many (item, extra, value) cells all layers together may have
     * @param mostRated how many rated rules may meet in one cell
     */
    LayerBuilder(int mostCells, int mostRated) {
        this.mostCells = mostCells;
        this.mostRated = mostRated;
    }

    /** Why the layers are not to be used: a limit was passed. */
    Optional<String> excess() {
        return excess;
    }

    /** @param terms in the order in which they decide */
    Layer layer(List<Term> terms) {
        if (terms.isEmpty() || excess.isPresent()) {
            return Layer.EMPTY;
        }
        Layer known = layers.get(terms);
        if (known == null) {
            known = new Work(terms).layer();
            layers.put(terms, known);
        }
        return known;
    }

    private Candidates candidates(List<Term> terms) {
        return candidates.computeIfAbsent(terms, t -> new Candidates(t.stream().filter(Term::deny).toList(),
                t.stream().filter(term -> !term.deny()).toList()));
    }

    private void count(int made) {
        cells += made;
        if (cells > mostCells) {
            excess = Optional.of("its rules overlap in more than " + mostCells
                    + " different ways; give rules on the same items wider or equal ranges, or split the policy");
        }
    }

    /** The building of one layer. */
    private final class Work {
        private final List<Term> terms;
        private final Map<BitSet, List<Slot>> slots = new HashMap<>();
        private final Map<BitSet, List<Value>> values = new HashMap<>();

        Work(List<Term> terms) {
            this.terms = terms;
        }

        Layer layer() {
            BitSet all = new BitSet();
            all.set(0, terms.size());
            List<Interval> intervals = new ArrayList<>();
            for (Cuts.Run run : Cuts.cut(all, t -> terms.get(t).items(), Facts.UNTOLD)) {
                List<Slot> own = excess.isPresent()
                        ? List.of(Slot.EMPTY)
                        : slots.computeIfAbsent(run.terms(), this::slots);
                if (run.start() <= Integer.MAX_VALUE
                        && (intervals.isEmpty() || !intervals.getLast().slots().equals(own))) {
                    intervals.add(new Interval((int) run.start(), own));
                }
            }
            return new Layer(intervals, terms.stream().anyMatch(Term::deny), !terms.stream().allMatch(Term::deny));
        }

        private List<Slot> slots(BitSet active) {
            List<Slot> made = new ArrayList<>();
            for (Cuts.Run run : Cuts.cut(active, t -> terms.get(t).extras(), Integer.MIN_VALUE)) {
                if (run.start() > Integer.MAX_VALUE) {
                    break;
                }
                List<Value> own = values.computeIfAbsent(run.terms(), this::values);
                made.add(new Slot((int) run.start(), matching(run.terms(), t -> !t.deny()).findAny().isPresent(),
                        choose(run.terms(), t -> t.deny() || t.anyValue()),
                        choose(run.terms(), t -> !t.deny() || t.anyValue()), own));
            }
            return made;
        }

        private List<Value> values(BitSet active) {
            List<Value> made = new ArrayList<>();
            for (Cuts.Run run : Cuts.cut(active, t -> terms.get(t).values(), Long.MIN_VALUE)) {
                Candidates here = choose(run.terms(), t -> true);
                if (made.isEmpty() || made.getLast().candidates() != here) {
                    made.add(new Value(run.start(), here));
                }
            }
            count(made.size());
            return made;
        }

        private Stream<Term> matching(BitSet active, Predicate<Term> which) {
            return active.stream().mapToObj(terms::get).filter(which);
        }

        /** Those of the matching terms that can ever decide, in their order. */
        private Candidates choose(BitSet active, Predicate<Term> which) {
            List<Term> chosen = new ArrayList<>();
            boolean denied = chooseFrom(active, which.and(Term::deny), chosen);
            if (!denied) {
                chooseFrom(active, which.and(t -> !t.deny()), chosen);
            }
            if (chosen.stream().filter(Term::isMetered).count() > mostRated) {
                excess = Optional.of("more than " + mostRated
                        + " rules with a rate match the same item; let fewer rules share their items");
            }
            return candidates(chosen);
        }

        /** Adds terms to {@code chosen} until one that nothing limits; tells whether there was one. */
        private boolean chooseFrom(BitSet active, Predicate<Term> which, List<Term> chosen) {
            Set<Long> windows = new HashSet<>();
            for (int t = active.nextSetBit(0); t >= 0; t = active.nextSetBit(t + 1)) {
                Term term = terms.get(t);
                if (!which.test(term)) {
                    continue;
                }
                if (term.unlimited()) {
                    chosen.add(term);
                    return true;
                }
                // With a rate each rule counts; with the same window only, the first always decides.
                if (term.isMetered() || windows.add(term.windowMask())) {
                    chosen.add(term);
                }
            }
            return false;
        }
    }
}
