package io.sluice.manage.settings;

import io.sluice.manage.settings.ManageSettings.Listen;
import io.sluice.rules.policy.Parsed;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads amounts with their units, and addresses. */
final class ManageAmounts {
    private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,5})(s|min|h|d)");
    private static final Map<String, Duration> UNITS = Map.of("s", Duration.ofSeconds(1), "min", Duration.ofMinutes(1),
            "h", Duration.ofHours(1), "d", Duration.ofDays(1));
    private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,6})(MiB|GiB)");
    private static final Pattern LISTEN = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^\\s:\\[\\]/]+):([0-9]{1,5})");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.:-]{0,252}");
    private static final int LAST_PORT = 65_535;

    private ManageAmounts() {}

    static Parsed<Duration> time(String text) {
        Matcher m = TIME.matcher(text);
        return m.matches()
                ? Parsed.yes(UNITS.getOrDefault(m.group(2), Duration.ZERO).multipliedBy(Long.parseLong(m.group(1))))
                : Parsed.no(text, "is not a time; write `30min`, `12h` or `60s`");
    }

    /** Bytes. */
    static Parsed<Long> size(String text) {
        Matcher m = SIZE.matcher(text);
        return m.matches()
                ? Parsed.yes(Long.parseLong(m.group(1)) << (m.group(2).startsWith("M") ? 20 : 30))
                : Parsed.no(text, "is not a size; write `500MiB` or `2GiB`");
    }

    static Parsed<Listen> listen(String text) {
        Matcher m = LISTEN.matcher(text);
        if (!m.matches() || Integer.parseInt(m.group(2)) > LAST_PORT) {
            return Parsed.no(text, "is not an address and a port; write `\"192.168.1.2:8443\"`");
        }
        String address = m.group(1);
        return Parsed.yes(new Listen(address.startsWith("[") ? address.substring(1, address.length() - 1) : address,
                Integer.parseInt(m.group(2))));
    }

    /** A name or address that people can connect to. */
    static Parsed<String> host(String text) {
        return HOST.matcher(text).matches()
                ? Parsed.yes(text)
                : Parsed.no(text, "is no name of a host; write `gateway.plant.example` or `192.168.1.2`");
    }

    /** {@code https://host} or {@code https://host:port}, nothing behind it. */
    static Parsed<String> site(String text) {
        try {
            URI uri = new URI(text);
            boolean plain = uri.getHost() != null && uri.getRawPath().isEmpty() && uri.getRawQuery() == null
                    && uri.getRawFragment() == null && uri.getRawUserInfo() == null;
            if ("https".equals(uri.getScheme()) && plain) {
                return Parsed.yes(text);
            }
        } catch (URISyntaxException e) {
            // answered below
        }
        return Parsed.no(text, "is not the address of a site; write `https://sluice.plant.example:8443`");
    }

    /** {@code https://…}, or {@code http://} on this machine. */
    static Parsed<String> issuer(String text) {
        try {
            URI uri = new URI(text);
            boolean secure = "https".equals(uri.getScheme())
                    || ("http".equals(uri.getScheme()) && "localhost".equals(uri.getHost()));
            if (uri.getHost() != null && secure) {
                return Parsed.yes(text);
            }
        } catch (URISyntaxException e) {
            // answered below
        }
        return Parsed.no(text, "is not the address of a provider; write `https://login.plant.example/realm`");
    }

    static Parsed<String> database(String text) {
        return text.startsWith("jdbc:postgresql:")
                ? Parsed.yes(text)
                : Parsed.no(text, "is not a PostgreSQL database; write `jdbc:postgresql://db.plant.example/sluice`");
    }
}
