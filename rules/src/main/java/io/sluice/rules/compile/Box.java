package io.sluice.rules.compile;

import io.sluice.rules.Clause;
import io.sluice.rules.Term;
import io.sluice.rules.policy.Matcher.Range;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * All that one clause covers: of each field the numbers, and whether also what cannot be told. Selectors come first, in
 * the order of the vocabulary, then item, value and extra, as in {@code Vocabulary.Role}.
 */
record Box(int operation, List<Side> sides) {
    /** Numbers of one field, ascending and apart. */
    record Side(List<Range> ranges, boolean untold) {
        boolean isEmpty() {
            return ranges.isEmpty() && !untold;
        }

        boolean isEverything() {
            return untold && ranges.equals(Term.ANY);
        }

        Side and(Side other) {
            List<Range> both = new ArrayList<>();
            for (Range a : ranges) {
                for (Range b : other.ranges) {
                    long low = Math.max(a.low(), b.low());
                    long high = Math.min(a.high(), b.high());
                    if (low <= high) {
                        both.add(new Range(low, high));
                    }
                }
            }
            return new Side(both, untold && other.untold);
        }

        Side without(Side other) {
            List<Range> left = ranges;
            for (Range taken : other.ranges) {
                List<Range> next = new ArrayList<>();
                for (Range r : left) {
                    if (taken.high() < r.low() || r.high() < taken.low()) {
                        next.add(r);
                        continue;
                    }
                    if (r.low() < taken.low()) {
                        next.add(new Range(r.low(), taken.low() - 1));
                    }
                    if (taken.high() < r.high()) {
                        next.add(new Range(taken.high() + 1, r.high()));
                    }
                }
                left = next;
            }
            return new Side(left, untold && !other.untold);
        }
    }

    static Box of(Clause clause) {
        List<Side> sides = new ArrayList<>();
        clause.selectors().forEach(selector -> sides.add(side(selector)));
        for (List<Range> ranges : List.of(clause.term().items(), clause.term().values(), clause.term().extras())) {
            sides.add(new Side(ranges, ranges.equals(Term.ANY)));
        }
        return new Box(clause.operation(), List.copyOf(sides));
    }

    private static Side side(BitSet selector) {
        List<Range> ranges = new ArrayList<>();
        for (int from = selector.nextSetBit(0); from >= 0;) {
            int to = selector.nextClearBit(from);
            ranges.add(new Range(from, to - 1L));
            from = selector.nextSetBit(to);
        }
        return new Side(ranges, false);
    }

    boolean isEmpty() {
        return sides.stream().anyMatch(Side::isEmpty);
    }

    /** What of this box another does not cover: boxes that are apart. */
    List<Box> without(Box other) {
        if (operation != other.operation || isApart(other)) {
            return List.of(this);
        }
        List<Box> left = new ArrayList<>();
        List<Side> narrowed = new ArrayList<>(sides);
        for (int d = 0; d < sides.size(); d++) {
            Side outside = sides.get(d).without(other.sides.get(d));
            if (!outside.isEmpty()) {
                List<Side> piece = new ArrayList<>(narrowed);
                piece.set(d, outside);
                left.add(new Box(operation, List.copyOf(piece)));
            }
            narrowed.set(d, sides.get(d).and(other.sides.get(d)));
        }
        return left;
    }

    private boolean isApart(Box other) {
        for (int d = 0; d < sides.size(); d++) {
            if (sides.get(d).and(other.sides.get(d)).isEmpty()) {
                return true;
            }
        }
        return false;
    }
}
