package io.sluice.inline.settings;

import io.sluice.rules.policy.Parsed;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads amounts with their units. */
public final class Amounts {
    private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,5})(s|min|h|d)");
    private static final Map<String, Duration> UNITS = Map.of("s", Duration.ofSeconds(1), "min", Duration.ofMinutes(1),
            "h", Duration.ofHours(1), "d", Duration.ofDays(1));
    private static final Pattern MEMORY = Pattern.compile("([1-9][0-9]{0,6})(KiB|MiB|GiB)");
    private static final Pattern SHARE = Pattern.compile("([1-9][0-9]?)%");
    private static final Pattern LISTEN = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^\\s:\\[\\]]+):([0-9]{1,5})");
    private static final int LAST_PORT = 65_535;

    private Amounts() {}

    /** {@code 90d}, {@code 36h}, {@code 15min}, {@code 60s}. */
    public static Parsed<Duration> time(String text) {
        Matcher m = TIME.matcher(text);
        return m.matches()
                ? Parsed.yes(UNITS.getOrDefault(m.group(2), Duration.ZERO).multipliedBy(Long.parseLong(m.group(1))))
                : Parsed.no(text, "is not a time; write `90d`, `36h`, `15min` or `60s`");
    }

    /** Bytes. */
    static Parsed<Long> memory(String text) {
        Matcher m = MEMORY.matcher(text);
        if (!m.matches()) {
            return Parsed.no(text, "is not an amount of memory; write `96MiB` or `1GiB`");
        }
        int shift = m.group(2).startsWith("K") ? 10 : m.group(2).startsWith("M") ? 20 : 30;
        return Parsed.yes(Long.parseLong(m.group(1)) << shift);
    }

    static Parsed<Integer> share(String text) {
        Matcher m = SHARE.matcher(text);
        return m.matches()
                ? Parsed.yes(Integer.valueOf(m.group(1)))
                : Parsed.no(text, "is not a share of the disk; write `40%`, at most `99%`");
    }

    /** Address and port, as written. */
    static Parsed<String> listen(String text) {
        Matcher m = LISTEN.matcher(text);
        return m.matches() && Integer.parseInt(m.group(2)) >= 1 && Integer.parseInt(m.group(2)) <= LAST_PORT
                ? Parsed.yes(text)
                : Parsed.no(text, "is not an address and a port; write `\"192.168.1.2:8443\"`");
    }
}
