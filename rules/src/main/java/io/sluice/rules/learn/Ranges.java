package io.sluice.rules.learn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Ranges of item numbers. */
final class Ranges {
    /** From {@code low} to {@code high}, both included. */
    record Range(int low, int high) {
        boolean meets(int from, int to) {
            return low <= to && from <= high;
        }

        String text() {
            return low == high ? Integer.toString(low) : low + ".." + high;
        }
    }

    /** How often a range was asked for. */
    record Weighted(Range range, long times) {}

    private Ranges() {}

    /** Where ranges overlap so often that it is at least so many times. */
    static List<Range> atLeast(List<Weighted> asked, long least) {
        TreeMap<Integer, Long> changes = new TreeMap<>();
        for (Weighted w : asked) {
            changes.merge(w.range().low(), w.times(), Long::sum);
            changes.merge(w.range().high() + 1, -w.times(), Long::sum);
        }
        List<Range> often = new ArrayList<>();
        long times = 0;
        int from = -1;
        for (var change : changes.entrySet()) {
            boolean before = times >= least;
            times += change.getValue();
            boolean now = times >= least;
            if (!before && now) {
                from = change.getKey();
            } else if (before && !now) {
                often.add(new Range(from, change.getKey() - 1));
            }
        }
        return often;
    }

    /** Closes gaps of at most so many items, unless one of them is among those that are shunned. */
    static List<Range> closed(List<Range> ranges, int gap, List<Range> shunned) {
        List<Range> closed = new ArrayList<>();
        for (Range range : ranges.stream().sorted(Comparator.comparingInt(Range::low)).toList()) {
            Range last = closed.isEmpty() ? null : closed.getLast();
            int from = last == null ? 0 : last.high() + 1;
            int to = range.low() - 1;
            if (last != null && range.low() - last.high() - 1 <= gap
                    && (from > to || shunned.stream().noneMatch(s -> s.meets(from, to)))) {
                closed.set(closed.size() - 1, new Range(last.low(), Math.max(last.high(), range.high())));
            } else {
                closed.add(range);
            }
        }
        return closed;
    }

    /** Whether every item lies in one of the ranges, which do not touch. */
    static boolean cover(List<Range> ranges, int low, int high) {
        return ranges.stream().anyMatch(r -> r.low() <= low && high <= r.high());
    }
}
