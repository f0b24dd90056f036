package io.sluice.rules.space;

import io.sluice.rules.policy.Matcher.Range;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** Cuts one axis into the runs within which the same terms match. */
public final class Cuts {
    private Cuts() {}

    /** A run from {@code start} to the next, and the terms (by index) that match in it. */
    public record Run(long start, BitSet terms) {}

    /**
     * Runs in ascending order, the first from {@code least}; neighbours differ.
     *
     * @param terms those to look at
     * @param axis the ranges of a term, apart from one another
     */
    public static List<Run> cut(BitSet terms, IntFunction<List<Range>> axis, long least) {
        Map<Long, BitSet> toggles = new TreeMap<>();
        BitSet active = new BitSet();
        for (int t = terms.nextSetBit(0); t >= 0; t = terms.nextSetBit(t + 1)) {
            for (Range range : axis.apply(t)) {
                if (range.low() > least) {
                    toggles.computeIfAbsent(range.low(), k -> new BitSet()).flip(t);
                } else {
                    active.set(t);
                }
                if (range.high() < Long.MAX_VALUE) {
                    toggles.computeIfAbsent(range.high() + 1, k -> new BitSet()).flip(t);
                }
            }
        }
        // Runs with the same terms share one set.
        Map<BitSet, BitSet> known = new HashMap<>();
        List<Run> runs = new ArrayList<>();
        runs.add(new Run(least, share(known, active)));
        for (Map.Entry<Long, BitSet> toggle : toggles.entrySet()) {
            active.xor(toggle.getValue());
            BitSet now = share(known, active);
            if (!now.equals(runs.getLast().terms())) {
                runs.add(new Run(toggle.getKey(), now));
            }
        }
        return runs;
    }

    private static BitSet share(Map<BitSet, BitSet> known, BitSet active) {
        BitSet found = known.get(active);
        if (found == null) {
            found = (BitSet) active.clone();
            known.put(found, found);
        }
        return found;
    }
}
