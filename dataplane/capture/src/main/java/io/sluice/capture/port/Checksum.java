package io.sluice.capture.port;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/** Does the sending card's part of a checksum: RFC 1071. */
final class Checksum {
    private Checksum() {}

    /**
     * Completes the checksum that the frame's {@link VirtioHeader} tells of, and clears the header.
     *
     * @return false when the header points outside the frame
     */
    static boolean finish(long at, int length) {
        int start = VirtioHeader.checksumStart(at);
        int field = start + VirtioHeader.checksumOffset(at);
        if (field + Short.BYTES > length) {
            return false;
        }
        int sum = ~fold(sum(at + start, at + length)) & 0xFFFF;
        // The sum is right in either byte order if written in the order that it was read in (RFC 1071 §2 B). In UDP a zero
        // would say that there is none (RFC 768); its other form means the same everywhere.
        Memory.ALL.set(JAVA_SHORT_UNALIGNED, at + field, (short) (sum == 0 ? 0xFFFF : sum));
        VirtioHeader.clear(at);
        return true;
    }

    private static long sum(long from, long to) {
        MemorySegment all = Memory.ALL;
        long sum = 0;
        long at = from;
        for (; at + Integer.BYTES <= to; at += Integer.BYTES) {
            sum += Integer.toUnsignedLong(all.get(JAVA_INT_UNALIGNED, at));
        }
        if (at + Short.BYTES <= to) {
            sum += Short.toUnsignedInt(all.get(JAVA_SHORT_UNALIGNED, at));
            at += Short.BYTES;
        }
        if (at < to) {
            int last = Byte.toUnsignedInt(all.get(JAVA_BYTE, at));
            sum += ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? last : last << Byte.SIZE;
        }
        return sum;
    }

    private static int fold(long sum) {
        long folded = (sum & 0xFFFF_FFFFL) + (sum >>> 32);
        while (folded > 0xFFFF) {
            folded = (folded & 0xFFFF) + (folded >>> 16);
        }
        return (int) folded;
    }
}
