package io.sluice.rules;

/**
 * What a decision depends on beside the facts: time, open windows and the source. One object per worker; the engine
 * fills it, the tables read it. Time is an argument, so replay decides as the dataplane did.
 */
public final class Situation {
    /** For rates; see {@link #at(long, long, Windows)}. */
    long meterNanos;
    long openWindows;
    boolean clockTrusted = true;
    boolean metered = true;
    long sourceHigh;
    long sourceLow;
    final RateBuckets buckets;

    public Situation(RateBuckets buckets) {
        this.buckets = buckets;
    }

    /** Moves to a moment, in nanoseconds since 1970-01-01T00:00Z, where one clock tells the calendar and the rates. */
    public void at(long epochNanos, Windows windows) {
        at(epochNanos, epochNanos, windows);
    }

    /**
     * Moves to a moment, and opens and closes windows.
     *
     * @param epochNanos the calendar: nanoseconds since 1970-01-01T00:00Z
     * @param monotonicNanos of a clock that is never set, by which rates are metered
     */
    public void at(long epochNanos, long monotonicNanos, Windows windows) {
        meterNanos = monotonicNanos;
        openWindows = windows.open(epochNanos);
    }

    /** While the clock is not trusted, allows with a window do not apply and denies with a window do. */
    public void clockTrusted(boolean trusted) {
        clockTrusted = trusted;
    }

    /** While false, a rule with a rate applies and no token is taken: for what was allowed, and metered, before. */
    public void metered(boolean counts) {
        metered = counts;
    }

    /** The address whose requests are metered, in 128-bit form. */
    public void source(long high, long low) {
        sourceHigh = high;
        sourceLow = low;
    }

    public boolean clockTrusted() {
        return clockTrusted;
    }

    public long openWindows() {
        return openWindows;
    }
}
