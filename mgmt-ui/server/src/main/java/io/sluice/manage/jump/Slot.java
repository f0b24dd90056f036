package io.sluice.manage.jump;

import java.time.Duration;
import java.time.Instant;

/**
 * When a session may be used.
 *
 * @param ends excluded
 * @param byWindow the end is that of a window, before the time granted is over
 */
public record Slot(Instant start, Instant ends, boolean byWindow) {
    private static final int WARNING_PERCENT = 80;

    /** From here on people are told that the end is near. */
    public Instant warning() {
        return start.plusMillis(Duration.between(start, ends).toMillis() * WARNING_PERCENT / 100);
    }
}
