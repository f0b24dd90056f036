package io.sluice.inline.pipeline;

import java.time.Instant;

/**
 * The time of day on packet threads without a system call for each: the monotonic clock plus an offset that another thread
 * corrects. A step of the system's clock reaches the packets with the next correction.
 */
final class LiveClock {
    private volatile long offset;

    LiveClock() {
        correct();
    }

    /** Looks at the system's clock; to be called about once a second. */
    final void correct() {
        Instant now = Instant.now();
        offset = now.getEpochSecond() * 1_000_000_000L + now.getNano() - System.nanoTime();
    }

    /** Nanoseconds since 1970-01-01T00:00Z at a moment of the monotonic clock. */
    long epochNanos(long monotonicNanos) {
        return monotonicNanos + offset;
    }
}
