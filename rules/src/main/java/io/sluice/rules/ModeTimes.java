package io.sluice.rules;

import io.sluice.rules.policy.Mode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;

/** A mode that changes at certain moments: the strictest of several conduits, some of them weaker until a date. */
public final class ModeTimes {
    private final Mode first;
    private final long[] changeNanos;
    private final Mode[] then;

    /** @param changeNanos moments in nanoseconds since 1970-01-01T00:00Z, ascending, at which {@code then} takes over */
    public ModeTimes(Mode first, long[] changeNanos, Mode[] then) {
        this.first = first;
        this.changeNanos = changeNanos.clone();
        this.then = then.clone();
    }

    public static ModeTimes always(Mode mode) {
        return new ModeTimes(mode, new long[0], new Mode[0]);
    }

    public Mode at(long epochNanos) {
        Mode mode = first;
        for (int i = 0; i < changeNanos.length && epochNanos >= changeNanos[i]; i++) {
            mode = then[i];
        }
        return mode;
    }

    /**
     * As people say it: {@code monitor until 2026-12-31, then enforce}.
     *
     * @param timezone in which a mode ends with the end of a day
     */
    public String text(ZoneId timezone) {
        StringBuilder text = new StringBuilder(word(first));
        for (int i = 0; i < changeNanos.length; i++) {
            LocalDate day = Instant.ofEpochSecond(Math.floorDiv(changeNanos[i], 1_000_000_000L)).atZone(timezone)
                    .toLocalDate().minusDays(1);
            text.append(" until ").append(day).append(" (").append(timezone).append("), then ").append(word(then[i]));
        }
        return text.toString();
    }

    private static String word(Mode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }
}
