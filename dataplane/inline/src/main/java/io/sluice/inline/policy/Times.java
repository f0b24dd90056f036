package io.sluice.inline.policy;

import java.time.Instant;

/** Times of day as nanoseconds since 1970-01-01T00:00Z. */
final class Times {
    private static final long SECOND = 1_000_000_000L;

    private Times() {}

    static long nanos(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), SECOND), instant.getNano());
    }

    /** ISO 8601, in UTC. */
    static String text(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND)).toString();
    }
}
