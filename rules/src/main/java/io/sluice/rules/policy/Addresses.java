package io.sluice.rules.policy;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads IP addresses, networks, MAC addresses and certificate fingerprints as people write them. */
public final class Addresses {
    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;
    private static final int MAPPED_BITS = IPV6_BITS - IPV4_BITS;
    private static final int GROUPS = 8;
    private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
    private static final Pattern PREFIX = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final Pattern MAC = Pattern
            .compile("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}|[0-9a-fA-F]{2}(-[0-9a-fA-F]{2}){5}");
    private static final Pattern CERTIFICATE = Pattern.compile("sha256:[0-9a-f]{64}");

    private Addresses() {}

    /** The address of one device. */
    public static Parsed<Network> address(String text) {
        if (text.contains("/")) {
            return Parsed.no(text, "is a network; an asset has single addresses, without `/`");
        }
        Optional<Network> address = parse(text);
        if (address.isEmpty()) {
            return Parsed.no(text, "is not an IP address; write `10.3.1.10` or `\"fd00:3::20\"`");
        }
        return isDevice(address.get())
                ? Parsed.yes(address.get())
                : Parsed.no(text, "is not the address of one device, but unspecified, multicast or broadcast");
    }

    /** A network, or a single address. */
    static Parsed<Network> network(String text) {
        int slash = text.indexOf('/');
        Optional<Network> address = parse(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            return Parsed.no(text, "is not a network; write `10.3.1.0/24` or `\"fd00:3::/64\"`");
        }
        Network host = address.get();
        boolean four = isIpv4(host);
        int bits = four ? IPV4_BITS : IPV6_BITS;
        String length = slash < 0 ? Integer.toString(bits) : text.substring(slash + 1);
        if (!PREFIX.matcher(length).matches() || Integer.parseInt(length) > bits) {
            return Parsed.no(text, "has a prefix length that is not 0 to " + bits);
        }
        int prefix = Integer.parseInt(length) + (four ? MAPPED_BITS : 0);
        Network network = new Network(host.high() & Network.mask(prefix), host.low() & Network.mask(prefix - 64),
                prefix,
                text);
        if (network.high() != host.high() || network.low() != host.low()) {
            return Parsed.no(text,
                    "has bits set behind its prefix; write `" + text(network, four) + "/" + length + "`");
        }
        if (prefix < MAPPED_BITS && network.contains(0, Network.MAPPED)) {
            return Parsed.no(text, "would hold every IPv4 address too; leave `networks` out to believe any address,"
                    + " or write `2000::/3` and `fc00::/7`");
        }
        return Parsed.yes(network);
    }

    /** Six bytes as twelve lower-case hexadecimal digits. */
    static Parsed<String> mac(String text) {
        return MAC.matcher(text).matches()
                ? Parsed.yes(text.replaceAll("[:-]", "").toLowerCase(Locale.ROOT))
                : Parsed.no(text, "is not a MAC address; write `\"00:80:f4:01:02:03\"`");
    }

    /** The SHA-256 of a certificate as 64 lower-case hexadecimal digits. */
    static Parsed<String> certificate(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return CERTIFICATE.matcher(lower).matches()
                ? Parsed.yes(lower.substring("sha256:".length()))
                : Parsed.no(text,
                        "is not a certificate's fingerprint; write `sha256:` and the 64 hexadecimal digits of the"
                                + " SHA-256 of its DER form");
    }

    static boolean isIpv4(Network network) {
        return network.high() == 0 && (network.low() & ~0xFFFF_FFFFL) == Network.MAPPED
                && network.prefix() >= MAPPED_BITS;
    }

    /** An address in its 128-bit form; empty if it is none (RFC 4291 §2.2; IPv4 as four plain decimal numbers). */
    static Optional<Network> parse(String text) {
        if (text.indexOf(':') < 0) {
            long four = ipv4(text);
            return four < 0
                    ? Optional.empty()
                    : Optional.of(new Network(0, Network.MAPPED | four, IPV6_BITS, text));
        }
        int gap = text.indexOf("::");
        long[] halves = new long[2];
        boolean understood = gap < 0
                ? groups(text, halves, true) == GROUPS
                : gapped(text.substring(0, gap), text.substring(gap + 2), halves);
        return understood ? Optional.of(new Network(halves[0], halves[1], IPV6_BITS, text)) : Optional.empty();
    }

    /** {@code ::} stands for at least one group of zeros. */
    private static boolean gapped(String before, String after, long[] halves) {
        long[] tail = new long[2];
        int head = before.isEmpty() ? 0 : groups(before, halves, false);
        int rest = after.isEmpty() ? 0 : groups(after, tail, true);
        if (head < 0 || rest < 0 || head + rest >= GROUPS) {
            return false;
        }
        shift(halves, GROUPS - head);
        halves[0] |= tail[0];
        halves[1] |= tail[1];
        return true;
    }

    /** Shifts groups of 16 bits in from the right; how many there were, or -1. An IPv4 address counts as two. */
    private static int groups(String text, long[] halves, boolean ipv4Last) {
        String[] parts = text.split(":", -1);
        if (parts.length > GROUPS) {
            return -1;
        }
        int count = 0;
        for (int i = 0; i < parts.length; i++) {
            if (GROUP.matcher(parts[i]).matches()) {
                push(halves, Integer.parseInt(parts[i], 16));
                count++;
            } else {
                long four = ipv4Last && i == parts.length - 1 ? ipv4(parts[i]) : -1;
                if (four < 0) {
                    return -1;
                }
                push(halves, four >>> 16);
                push(halves, four & 0xFFFF);
                count += 2;
            }
        }
        return count;
    }

    private static void push(long[] halves, long group) {
        shift(halves, 1);
        halves[1] |= group;
    }

    private static void shift(long[] halves, int groups) {
        for (int i = 0; i < groups; i++) {
            halves[0] = halves[0] << 16 | halves[1] >>> 48;
            halves[1] <<= 16;
        }
    }

    private static long ipv4(String text) {
        String[] octets = text.split("\\.", -1);
        long address = 0;
        for (String octet : octets) {
            if (octets.length != 4 || !OCTET.matcher(octet).matches() || Integer.parseInt(octet) > 255) {
                return -1;
            }
            address = address << 8 | Integer.parseInt(octet);
        }
        return address;
    }

    private static boolean isDevice(Network address) {
        if (isIpv4(address)) {
            long four = address.low() & 0xFFFF_FFFFL;
            return four != 0 && four >>> 28 != 0xE && four != 0xFFFF_FFFFL;
        }
        return (address.high() | address.low()) != 0 && address.high() >>> 56 != 0xFF;
    }

    private static String text(Network network, boolean four) {
        StringBuilder text = new StringBuilder();
        if (four) {
            for (int shift = 24; shift >= 0; shift -= 8) {
                text.append((network.low() >>> shift) & 0xFF).append(shift == 0 ? "" : ".");
            }
            return text.toString();
        }
        for (int i = 0; i < GROUPS; i++) {
            long half = i < 4 ? network.high() : network.low();
            text.append(Long.toHexString(half >>> (48 - 16 * (i & 3)) & 0xFFFF)).append(i == GROUPS - 1 ? "" : ":");
        }
        return text.toString();
    }
}
