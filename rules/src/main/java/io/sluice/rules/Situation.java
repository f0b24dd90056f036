package io.sluice.rules;

/**
 * What a decision depends on beside the facts: time, open windows and the source. One object per worker; the engine
 * fills it, the tables read it. Time is an argument, so replay decides as the dataplane did.
 */
public final class Situation {
    long nowNanos;
    long openWindows;
    boolean clockTrusted = true;
    long sourceHigh;
    long sourceLow;
    final RateBuckets buckets;

    public Situation(RateBuckets buckets) {
        this.buckets = buckets;
    }

    /** Moves to a moment, in nanoseconds since 1970-01-01T00:00Z, and opens and closes windows. */
    public void at(long epochNanos, Windows windows) {
        nowNanos = epochNanos;
        openWindows = windows.open(epochNanos);
    }

    /** While the clock is not trusted, allows with a window do not apply and denies with a window do. */
    public void clockTrusted(boolean trusted) {
        clockTrusted = trusted;
    }

    /** The address whose requests are metered, in 128-bit form. */
    public void source(long high, long low) {
        sourceHigh = high;
        sourceLow = low;
    }

    public long nowNanos() {
        return nowNanos;
    }

    public long openWindows() {
        return openWindows;
    }
}
