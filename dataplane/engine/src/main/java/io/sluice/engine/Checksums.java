package io.sluice.engine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The Internet checksum, RFC 1071. Bytes are added eight at a time in the machine's order and the sum is turned at the
 * end, which RFC 1071 §2 (B) shows to be the same.
 */
final class Checksums {
    private static final ValueLayout.OfLong EIGHT = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN);

    private Checksums() {}

    /**
     * One's complement sum of bytes as big-endian 16-bit words, folded; 0xFFFF where they contain a right checksum.
     *
     * @param start what is added, as a sum of big-endian words
     */
    static int sum(MemorySegment bytes, long at, int length, long start) {
        long sum = 0;
        long next = at;
        long end = at + length;
        for (; end - next >= 32; next += 32) {
            sum += halves(bytes.get(EIGHT, next)) + halves(bytes.get(EIGHT, next + 8))
                    + halves(bytes.get(EIGHT, next + 16)) + halves(bytes.get(EIGHT, next + 24));
        }
        for (; end - next >= 8; next += 8) {
            sum += halves(bytes.get(EIGHT, next));
        }
        sum += halves(length >= 8 ? tail(bytes.get(EIGHT, end - 8), length & 7) : few(bytes, at, length));
        int turned = Short.toUnsignedInt(Short.reverseBytes((short) fold(sum)));
        return fold(turned + start);
    }

    private static long halves(long word) {
        return (word >>> 32) + (word & 0xFFFF_FFFFL);
    }

    /** The last bytes of a word, moved to its start. */
    private static long tail(long word, int count) {
        return (word >>> (56 - 8 * count)) >>> 8;
    }

    private static long few(MemorySegment bytes, long at, int count) {
        long word = 0;
        for (int i = 0; i < count; i++) {
            word |= Byte.toUnsignedLong(bytes.get(JAVA_BYTE, at + i)) << (8 * i);
        }
        return word;
    }

    /** The addresses' part of a pseudo header's sum. */
    static long pseudo(long sourceHigh, long sourceLow, long destinationHigh, long destinationLow, boolean ipv6) {
        if (!ipv6) {
            return (sourceLow & 0xFFFF_FFFFL) + (destinationLow & 0xFFFF_FFFFL);
        }
        return (sourceHigh >>> 32) + (sourceHigh & 0xFFFF_FFFFL) + (sourceLow >>> 32) + (sourceLow & 0xFFFF_FFFFL)
                + (destinationHigh >>> 32) + (destinationHigh & 0xFFFF_FFFFL) + (destinationLow >>> 32)
                + (destinationLow & 0xFFFF_FFFFL);
    }

    static int fold(long sum) {
        long s = (sum >>> 32) + (sum & 0xFFFF_FFFFL);
        s = (s >>> 32) + (s & 0xFFFF_FFFFL);
        int i = (int) ((s >>> 16) + (s & 0xFFFF));
        i = (i >>> 16) + (i & 0xFFFF);
        return (i >>> 16) + (i & 0xFFFF);
    }
}
