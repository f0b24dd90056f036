package io.sluice.rules.learn;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A rate from what was seen: per second what 99.9 % of the seconds with messages do not exceed; per minute likewise,
 * where that is much less. The burst is what the recording itself needs.
 */
final class Rates {
    /** Fewer seconds say nothing about a rate. */
    static final int FEWEST_SECONDS = 10;
    private static final double SHARE = 0.999;
    private static final long MOST = 1_000_000;
    private static final int MINUTE = 60;
    /** Per minute, where that permits a quarter of what the rate per second permits in a minute. */
    private static final int MUCH_LESS = MINUTE / 4;
    private static final int FEWEST_MINUTES = 10;

    private Rates() {}

    static Optional<String> of(Seconds seconds) {
        SortedMap<Long, Integer> perSecond = seconds.byTime();
        if (perSecond.size() < FEWEST_SECONDS) {
            return Optional.empty();
        }
        long second = percentile(perSecond);
        TreeMap<Long, Integer> perMinute = new TreeMap<>();
        perSecond.forEach((s, n) -> perMinute.merge(Math.floorDiv(s, (long) MINUTE), n, Integer::sum));
        long minute = percentile(perMinute);
        boolean slow = !seconds.sampled() && perMinute.size() >= FEWEST_MINUTES && minute <= MUCH_LESS * second;
        return Optional.of(slow
                ? text(minute, "min", burst(perMinute, minute))
                : text(second, "s", seconds.sampled() ? 4 * second : burst(perSecond, second)));
    }

    private static String text(long rate, String unit, long burst) {
        return Math.min(MOST, rate) + "/" + unit + " burst " + Math.min(MOST, burst);
    }

    private static long percentile(Map<Long, Integer> counts) {
        List<Integer> sorted = counts.values().stream().sorted().toList();
        return sorted.get((int) Math.ceil(SHARE * sorted.size()) - 1);
    }

    /**
     * From the first of any run of intervals to its last, one interval less than there are in it passes for certain, so
     * two intervals' worth, and what any run has beyond its rate, must be there at once.
     */
    private static long burst(SortedMap<Long, Integer> counts, long rate) {
        long beyond = 0;
        long most = 0;
        long before = counts.firstKey();
        for (Map.Entry<Long, Integer> interval : counts.entrySet()) {
            long silent = Math.max(0, interval.getKey() - before - 1);
            beyond = Math.max(0, beyond - Math.min(beyond, rate * silent)) + interval.getValue() - rate;
            beyond = Math.max(0, beyond);
            most = Math.max(most, beyond);
            before = interval.getKey();
        }
        return 2 * rate + most;
    }
}
