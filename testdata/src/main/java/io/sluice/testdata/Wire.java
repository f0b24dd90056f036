package io.sluice.testdata;

/** Big-endian fields in arrays, and the Internet checksum of RFC 1071. */
final class Wire {
    private Wire() {}

    static int put8(byte[] bytes, int at, int value) {
        bytes[at] = (byte) value;
        return at + 1;
    }

    static int put16(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >>> 8);
        bytes[at + 1] = (byte) value;
        return at + 2;
    }

    static int put32(byte[] bytes, int at, int value) {
        put16(bytes, at, value >>> 16);
        return put16(bytes, at + 2, value);
    }

    static int put(byte[] bytes, int at, byte[] value) {
        System.arraycopy(value, 0, bytes, at, value.length);
        return at + value.length;
    }

    static int u8(byte[] bytes, int at) {
        return Byte.toUnsignedInt(bytes[at]);
    }

    static int u16(byte[] bytes, int at) {
        return u8(bytes, at) << 8 | u8(bytes, at + 1);
    }

    /** Adds the 16-bit words of a range to a sum; an odd last byte counts as the high half of a word. */
    static int sum(byte[] bytes, int from, int length, int sum) {
        int total = sum;
        int last = from + length - 1;
        int at = from;
        for (; at < last; at += 2) {
            total += u16(bytes, at);
        }
        return at == last ? total + (u8(bytes, at) << 8) : total;
    }

    /** The one's complement of a sum, folded to 16 bits. A sum of fewer than 32 768 words cannot overflow. */
    static int checksum(int sum) {
        int folded = (sum >>> 16) + (sum & 0xFFFF);
        folded += folded >>> 16;
        return ~folded & 0xFFFF;
    }
}
