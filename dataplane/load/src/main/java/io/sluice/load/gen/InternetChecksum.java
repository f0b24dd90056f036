package io.sluice.load.gen;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.sluice.capture.port.Memory;

/** The checksum of IPv4 and TCP, RFC 1071: sums of 16-bit words in network order, kept unfolded until the end. */
final class InternetChecksum {
    private InternetChecksum() {}

    /** Sum of the words of {@code bytes} bytes at an offset of {@link Memory#ALL}; an odd last byte is a word's first. */
    static int sum(long at, int bytes) {
        int sum = 0;
        for (int i = 0; i < bytes; i++) {
            int value = Byte.toUnsignedInt(Memory.ALL.get(JAVA_BYTE, at + i));
            sum += (i & 1) == 0 ? value << Byte.SIZE : value;
        }
        return sum;
    }

    /** Sum of the two words of an int. */
    static int words(int value) {
        return (value >>> Short.SIZE) + (value & 0xFFFF);
    }

    /** The field's value for a sum of words that were not more than 32768. */
    static short field(int sum) {
        int once = words(sum);
        return (short) ~words(once);
    }
}
