package io.sluice.rules.policy;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code rate: 20/s burst 40}. */
final class RateReader {
    private static final Pattern RATE = Pattern.compile("([0-9]{1,9})/(s|min|h)(?: burst ([0-9]{1,9}))?");
    private static final Map<String, Long> NANOS = Map.of("s", 1_000_000_000L, "min", 60_000_000_000L, "h",
            3_600_000_000_000L);
    private static final long MOST = 1_000_000;

    private RateReader() {}

    static Optional<Rate> read(Yaml value, Values values) {
        return values.parsed(value, "rate", text -> parse(text, value.position()));
    }

    private static Parsed<Rate> parse(String text, Position position) {
        Matcher m = RATE.matcher(text);
        if (!m.matches()) {
            return Parsed.no(text,
                    "is not a rate; write `20/s`, `20/min` or `20/h`, and `burst 40` behind it if needed");
        }
        long tokens = Long.parseLong(m.group(1));
        long burst = m.group(3) == null ? tokens : Long.parseLong(m.group(3));
        if (tokens < 1 || tokens > MOST || burst < 1 || burst > MOST) {
            return Parsed.no(text, "is outside 1 to " + MOST + "; to refuse everything, leave the rule out");
        }
        return Parsed.yes(new Rate(tokens, NANOS.getOrDefault(m.group(2), 0L), burst, position));
    }
}
