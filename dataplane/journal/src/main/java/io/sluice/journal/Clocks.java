package io.sluice.journal;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** The time of day, which may jump, and one that only goes on, in nanoseconds. */
record Clocks(InstantSource day, LongSupplier steady) {
    static final Clocks SYSTEM = new Clocks(InstantSource.system(), System::nanoTime);

    Instant instant() {
        return day.instant();
    }

    /** Nanoseconds since 1970-01-01T00:00Z. */
    long epoch() {
        Instant now = instant();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    long monotonic() {
        return steady.getAsLong();
    }
}
