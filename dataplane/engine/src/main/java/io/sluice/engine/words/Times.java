package io.sluice.engine.words;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times of packets as text. */
public final class Times {
    private static final long SECOND = 1_000_000_000L;
    private static final DateTimeFormatter UTC = DateTimeFormatter
            .ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Times() {}

    /** ISO 8601 in UTC with nanoseconds. */
    public static String iso(long epochNanos) {
        return UTC.format(Instant.ofEpochSecond(Math.floorDiv(epochNanos, SECOND), Math.floorMod(epochNanos, SECOND)));
    }

    /** Seconds since 1970 with nine decimals. */
    public static String epoch(long epochNanos) {
        return Math.floorDiv(epochNanos, SECOND) + "."
                + String.format(Locale.ROOT, "%09d", Math.floorMod(epochNanos, SECOND));
    }
}
