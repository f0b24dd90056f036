package io.sluice.engine;

/**
 * The two times of a host: how old things are is told by a clock that never jumps, windows and dates by the calendar.
 *
 * <p>Ages only grow. A host on a machine gives its monotonic clock, so that a wall clock that is set, by NTP or by hand,
 * expires no flow and refills no rate. A recording has one clock, which may have been set while it was written: a small
 * step back is disorder among packets, for which ages stand still; a larger one a clock that was set, from where ages
 * go on.
 */
final class EngineClock {
    private static final long DISORDER_NANOS = 1_000_000_000L;

    private long age;
    private long last;
    private long epoch;

    /**
     * It is now later, or the same.
     *
     * @param monotonicNanos from any origin
     * @param epochNanos since 1970-01-01T00:00Z
     */
    void set(long monotonicNanos, long epochNanos) {
        long step = monotonicNanos - last;
        if (step >= 0) {
            age += step;
            last = monotonicNanos;
        } else if (step < -DISORDER_NANOS) {
            last = monotonicNanos;
        }
        epoch = epochNanos;
    }

    /** For ages: nanoseconds, never fewer than before. */
    long age() {
        return age;
    }

    /** Which age a moment of the monotonic clock is. */
    long ageAt(long monotonicNanos) {
        return age + (monotonicNanos - last);
    }

    /** For windows, dates and reports: nanoseconds since 1970-01-01T00:00Z. */
    long epoch() {
        return epoch;
    }
}
