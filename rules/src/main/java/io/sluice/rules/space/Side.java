package io.sluice.rules.space;

import io.sluice.rules.policy.Matcher.Range;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * A set of numbers: what a box holds along one axis.
 *
 * @param ranges ascending, apart, and never neighbours, so that equal sets are equal
 */
public record Side(List<Range> ranges) {
    public static final Side NOTHING = new Side(List.of());
    public static final Side EVERYTHING = new Side(List.of(new Range(Long.MIN_VALUE, Long.MAX_VALUE)));

    public Side {
        ranges = List.copyOf(ranges);
    }

    public static Side of(long low, long high) {
        return new Side(List.of(new Range(low, high)));
    }

    public static Side of(long number) {
        return of(number, number);
    }

    /** Any ranges, in any order. */
    public static Side union(List<Range> ranges) {
        List<Range> united = new ArrayList<>();
        for (Range range : ranges.stream().sorted(Comparator.comparingLong(Range::low)).toList()) {
            Range last = united.isEmpty() ? null : united.getLast();
            if (last != null && (last.high() == Long.MAX_VALUE || range.low() <= last.high() + 1)) {
                united.set(united.size() - 1, new Range(last.low(), Math.max(last.high(), range.high())));
            } else {
                united.add(range);
            }
        }
        return new Side(united);
    }

    /** The numbers of the set bits. */
    public static Side of(BitSet bits) {
        List<Range> ranges = new ArrayList<>();
        for (int from = bits.nextSetBit(0); from >= 0;) {
            int to = bits.nextClearBit(from);
            ranges.add(new Range(from, to - 1L));
            from = bits.nextSetBit(to);
        }
        return new Side(ranges);
    }

    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    public boolean contains(long number) {
        return ranges.stream().anyMatch(r -> r.low() <= number && number <= r.high());
    }

    /** Whether some number is in both. */
    public boolean meets(Side other) {
        int i = 0;
        int j = 0;
        while (i < ranges.size() && j < other.ranges.size()) {
            Range a = ranges.get(i);
            Range b = other.ranges.get(j);
            if (a.low() <= b.high() && b.low() <= a.high()) {
                return true;
            }
            if (a.high() < b.high()) {
                i++;
            } else {
                j++;
            }
        }
        return false;
    }

    public boolean contains(Side other) {
        return other.without(this).isEmpty();
    }

    /** The least number; there must be one. */
    public long least() {
        return ranges.getFirst().low();
    }

    /** The greatest number; there must be one. */
    public long greatest() {
        return ranges.getLast().high();
    }

    public Side or(Side other) {
        List<Range> both = new ArrayList<>(ranges);
        both.addAll(other.ranges);
        return union(both);
    }

    public Side and(Side other) {
        List<Range> both = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < ranges.size() && j < other.ranges.size()) {
            Range a = ranges.get(i);
            Range b = other.ranges.get(j);
            long low = Math.max(a.low(), b.low());
            long high = Math.min(a.high(), b.high());
            if (low <= high) {
                both.add(new Range(low, high));
            }
            if (a.high() < b.high()) {
                i++;
            } else {
                j++;
            }
        }
        return new Side(both);
    }

    public Side without(Side other) {
        List<Range> left = new ArrayList<>();
        for (Range range : ranges) {
            long low = range.low();
            boolean more = true;
            for (Range taken : other.ranges) {
                if (more && taken.high() >= low && taken.low() <= range.high()) {
                    if (taken.low() > low) {
                        left.add(new Range(low, taken.low() - 1));
                    }
                    more = taken.high() < range.high();
                    low = more ? taken.high() + 1 : low;
                }
            }
            if (more) {
                left.add(new Range(low, range.high()));
            }
        }
        return new Side(left);
    }
}
