package io.sluice.rules.policy;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time as people write them: {@code 90s}, {@code 15m}, {@code 2h}, {@code 3d}. */
public final class Spans {
    private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,5})(s|m|min|h|d)");
    private static final Map<String, Duration> UNITS = Map.of("s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1),
            "min", Duration.ofMinutes(1), "h", Duration.ofHours(1), "d", Duration.ofDays(1));

    private Spans() {}

    /** A span within bounds, both included. */
    static Parsed<Duration> parse(String text, Duration least, Duration most) {
        Matcher m = SPAN.matcher(text);
        if (!m.matches()) {
            return Parsed.no(text, "is not a span of time; write `90s`, `15m` or `2h`");
        }
        Duration span = UNITS.getOrDefault(m.group(2), Duration.ZERO).multipliedBy(Long.parseLong(m.group(1)));
        return span.compareTo(least) < 0 || span.compareTo(most) > 0
                ? Parsed.no(text, "is outside " + text(least) + " to " + text(most))
                : Parsed.yes(span);
    }

    /** In the largest unit that says it exactly. */
    public static String text(Duration span) {
        long seconds = span.toSeconds();
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
