package io.sluice.capture.port;

/**
 * For how long it is worth looking for the next frame before sleeping, learnt from the frames that came: some times what
 * frames that were near took in the mean, and hardly at all where none are near.
 */
final class Patience {
    /** Longer than this nobody waits: about what waking up costs. */
    static final long MOST_NANOS = 50_000;
    static final long LEAST_NANOS = 1_000;
    /** A frame that took so long was not near, whether or not the thread slept meanwhile. */
    private static final long NEAR_NANOS = 2 * MOST_NANOS;
    private static final int TIMES = 3;
    /** Weights of the newest frame in the mean, as shifts. */
    private static final int NEAR_WEIGHT = 3, FAR_WEIGHT = 4;

    private long meanNanos = MOST_NANOS;

    /** The next frame came after so long. */
    void learn(long nanos) {
        meanNanos += nanos < NEAR_NANOS ? (nanos - meanNanos) >> NEAR_WEIGHT : -(meanNanos >> FAR_WEIGHT);
    }

    long nanos() {
        return Math.clamp(TIMES * meanNanos, LEAST_NANOS, MOST_NANOS);
    }
}
