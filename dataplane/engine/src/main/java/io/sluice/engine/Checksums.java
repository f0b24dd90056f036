package io.sluice.engine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/** The Internet checksum, RFC 1071. */
final class Checksums {
    private Checksums() {}

    /** One's complement sum of bytes as big-endian 16-bit words, folded; 0xFFFF where they contain a right checksum. */
    static int sum(MemorySegment bytes, long at, int length, long start) {
        long sum = start;
        long p = at;
        int left = length;
        for (; left >= 8; left -= 8, p += 8) {
            long word = bytes.get(Packet.U64, p);
            sum += (word >>> 32) + (word & 0xFFFF_FFFFL);
        }
        for (; left >= 2; left -= 2, p += 2) {
            sum += Short.toUnsignedInt(bytes.get(Packet.U16, p));
        }
        if (left == 1) {
            sum += Byte.toUnsignedInt(bytes.get(JAVA_BYTE, p)) << 8;
        }
        return fold(sum);
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
