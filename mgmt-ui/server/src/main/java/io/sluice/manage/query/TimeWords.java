package io.sluice.manage.query;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times: how long before now ({@code 15m}), or a date, with or without the time of day, in UTC or with an offset. */
final class TimeWords {
    private static final Pattern AGO = Pattern.compile("([0-9]{1,6})([smhd])");
    private static final int DATE = 10;
    private static final long MICROS = 1_000_000L;

    private TimeWords() {}

    static Value.@Nullable Time of(String text) {
        Matcher ago = AGO.matcher(text);
        if (ago.matches()) {
            return new Value.Time(text, Long.parseLong(ago.group(1)) * seconds(ago.group(2)), 0);
        }
        try {
            OffsetDateTime time = time(text);
            return new Value.Time(text, -1, time.toEpochSecond() * MICROS + time.getNano() / 1000);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static OffsetDateTime time(String text) {
        if (text.length() == DATE) {
            return LocalDate.parse(text).atStartOfDay().atOffset(ZoneOffset.UTC);
        }
        boolean offset = text.endsWith("Z") || text.lastIndexOf('+') > DATE || text.lastIndexOf('-') > DATE;
        return offset ? OffsetDateTime.parse(text) : LocalDateTime.parse(text).atOffset(ZoneOffset.UTC);
    }

    private static long seconds(String unit) {
        return switch (unit) {
            case "s" -> 1;
            case "m" -> 60;
            case "h" -> 3600;
            default -> 86_400;
        };
    }
}
