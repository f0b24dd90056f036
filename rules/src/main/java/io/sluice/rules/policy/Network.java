package io.sluice.rules.policy;

import java.util.Optional;

/**
 * An IP network or single address. IPv4 is kept as IPv4-mapped IPv6, so that one comparison serves both.
 *
 * @param high upper 64 bits of the 128-bit form, host bits zero
 * @param low lower 64 bits
 * @param prefix length in bits of the 128-bit form, 0..128 (an IPv4 /24 is 120)
 * @param text as it was written
 */
public record Network(long high, long low, int prefix, String text) {
    /** The lower half's upper 32 bits of an IPv4-mapped address ({@code ::ffff:a.b.c.d}). */
    public static final long MAPPED = 0x0000_FFFF_0000_0000L;

    /** A network or address as people write it: {@code 10.3.1.0/24}, {@code fd00::3}; empty if it is not one. */
    public static Optional<Network> parse(String text) {
        return switch (Addresses.network(text)) {
            case Parsed.Yes<Network> yes -> Optional.of(yes.value());
            case Parsed.No<Network> _ -> Optional.empty();
        };
    }

    /** Why {@link #parse} finds no network in a text, and what to write instead; empty where it finds one. */
    public static Optional<String> problem(String text) {
        return switch (Addresses.network(text)) {
            case Parsed.Yes<Network> _ -> Optional.empty();
            case Parsed.No<Network> no -> Optional.of(no.sentence());
        };
    }

    public boolean contains(long addressHigh, long addressLow) {
        return (addressHigh & mask(prefix)) == high && (addressLow & mask(prefix - 64)) == low;
    }

    /** The mask of one 64-bit half of which the first {@code bits} count. */
    public static long mask(int bits) {
        return bits <= 0 ? 0 : bits >= 64 ? -1L : -1L << (64 - bits);
    }
}
