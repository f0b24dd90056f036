package io.sluice.rules.learn;

/**
 * How much speaks for a habit, in percent: n / (n + 9), for n times that it was seen, times the share of the recording's
 * tenths in which requests of its sort were.
 */
final class Confidence {
    private static final int TENTHS = 10;
    private static final double HALF = 9;

    private final long first;
    private final double length;

    /** @param all of the recording */
    Confidence(Span all) {
        first = Math.floorDiv(all.first(), 1_000_000_000L);
        length = Math.max(1, Math.floorDiv(all.last(), 1_000_000_000L) - first + 1);
    }

    /**
     * Of a rule.
     *
     * @param n how often what it permits was seen
     * @param when requests of its sort were seen
     */
    int of(long n, Seconds when) {
        long tenths = when.seconds().mapToInt(s -> (int) Math.min(TENTHS - 1, (s - first) * TENTHS / length))
                .distinct().count();
        // A recording shorter than ten seconds has fewer tenths that can be told apart.
        double possible = Math.min(TENTHS, length);
        return (int) Math.round(100 * (n / (n + HALF)) * Math.min(1, tenths / possible));
    }
}
