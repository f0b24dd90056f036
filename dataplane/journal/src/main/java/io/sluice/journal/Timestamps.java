package io.sluice.journal;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Times as Suricata writes them, in UTC: {@code 2026-11-27T16:27:36.000123+0000}. Seconds seldom change: they are kept. */
final class Timestamps {
    private static final long SECOND = 1_000_000_000L;
    private static final int FRACTION = 20;
    private static final int DIGITS = 6;

    private final char[] text = "0000-00-00T00:00:00.000000+0000".toCharArray();
    private long second = Long.MIN_VALUE;

    /** Valid until the next call. */
    char[] of(long epochNanos) {
        long now = Math.floorDiv(epochNanos, SECOND);
        if (now != second) {
            second = now;
            LocalDateTime t = LocalDateTime.ofInstant(Instant.ofEpochSecond(now), ZoneOffset.UTC);
            put(0, 4, t.getYear());
            put(5, 2, t.getMonthValue());
            put(8, 2, t.getDayOfMonth());
            put(11, 2, t.getHour());
            put(14, 2, t.getMinute());
            put(17, 2, t.getSecond());
        }
        put(FRACTION, DIGITS, (int) (Math.floorMod(epochNanos, SECOND) / 1000));
        return text;
    }

    private void put(int at, int digits, int value) {
        int rest = Math.abs(value);
        for (int i = at + digits - 1; i >= at; i--) {
            text[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
