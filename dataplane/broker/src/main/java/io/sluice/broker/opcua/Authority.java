package io.sluice.broker.opcua;

import java.util.Locale;
import java.util.Optional;

/**
 * Host and port of a URL of scheme {@code opc.tcp}, RFC 3986 §3.2.
 *
 * @param text as it stands in the URL
 * @param host in lower case, without the brackets of an IPv6 address
 * @param port 4840 where the URL names none
 * @param end where in the URL the path begins
 */
record Authority(String text, String host, int port, int end) {
    static final String SCHEME = "opc.tcp://";
    private static final int REGISTERED = 4840;
    /** A host name has at most 253 characters, RFC 1035 §2.3.4. */
    private static final int LONGEST = 264;

    /** Empty where it is no such URL, or one that no client would understand. */
    static Optional<Authority> of(String url) {
        if (!url.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        int end = SCHEME.length();
        while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        String text = url.substring(SCHEME.length(), end);
        if (text.length() > LONGEST || !text.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '@' && c != '\\')) {
            return Optional.empty();
        }
        boolean brackets = text.startsWith("[");
        int hostEnd = brackets ? text.indexOf(']') + 1 : text.indexOf(':') < 0 ? text.length() : text.indexOf(':');
        String host = brackets && hostEnd > 0 ? text.substring(1, hostEnd - 1) : text.substring(0, hostEnd);
        int port = port(text.substring(hostEnd));
        return host.isEmpty() || port < 0
                ? Optional.empty()
                : Optional.of(new Authority(text, host.toLowerCase(Locale.ROOT), port, end));
    }

    /** Of {@code :4840} or nothing; negative where it is neither. */
    private static int port(String text) {
        if (text.isEmpty()) {
            return REGISTERED;
        }
        String digits = text.substring(1);
        if (text.charAt(0) != ':' || digits.isEmpty() || digits.length() > 5
                || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        int port = Integer.parseInt(digits);
        return port == 0 || port > 0xFFFF ? -1 : port;
    }
}
