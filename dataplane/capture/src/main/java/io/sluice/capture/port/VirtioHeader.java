package io.sluice.capture.port;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

/**
 * The ten bytes in front of a frame that say what the sending card was still to do: struct virtio_net_hdr, virtio 1.2
 * §5.1.6, in the machine's own byte order as on packet sockets and TAP devices.
 */
public final class VirtioHeader {
    public static final int BYTES = 10;
    private static final int FLAGS = 0;
    private static final int GSO_TYPE = 1;
    private static final int HEADERS_LENGTH = 2;
    private static final int CHECKSUM_START = 6;
    private static final int CHECKSUM_OFFSET = 8;
    private static final int NEEDS_CHECKSUM = 1;

    private VirtioHeader() {}

    /** The checksum of the frame at {@code at} holds only the pseudo header's sum. */
    public static boolean needsChecksum(long at) {
        return (Memory.ALL.get(JAVA_BYTE, at - BYTES + FLAGS) & NEEDS_CHECKSUM) != 0;
    }

    /** The frame at {@code at} is to be cut into several by the sending card. */
    public static boolean isSuperFrame(long at) {
        return Memory.ALL.get(JAVA_BYTE, at - BYTES + GSO_TYPE) != 0;
    }

    /** Where the bytes that are to be summed up begin, from the frame's start; they end with the frame. */
    public static int checksumStart(long at) {
        return Short.toUnsignedInt(Memory.ALL.get(JAVA_SHORT_UNALIGNED, at - BYTES + CHECKSUM_START));
    }

    /** Where the checksum belongs, from {@link #checksumStart}. */
    public static int checksumOffset(long at) {
        return Short.toUnsignedInt(Memory.ALL.get(JAVA_SHORT_UNALIGNED, at - BYTES + CHECKSUM_OFFSET));
    }

    /** Nothing is left to be done. */
    public static void clear(long at) {
        Memory.ALL.set(JAVA_LONG_UNALIGNED, at - BYTES, 0L);
        Memory.ALL.set(JAVA_SHORT_UNALIGNED, at - 2, (short) 0);
    }

    /** Whether anything is left to be done for the frame at {@code at}. */
    static boolean isUnfinished(long at) {
        return needsChecksum(at) || isSuperFrame(at);
    }

    /**
     * For a header from the kernel: clears it where nothing is left to be done, although it may say that the card has found
     * the checksum right.
     */
    static void clearUnlessUnfinished(long at) {
        if (!isUnfinished(at)) {
            clear(at);
        }
    }

    /** Moves the header with a frame whose start is going to move by a VLAN tag, from {@code at + 4} to {@code at}. */
    static void moveForTag(long at) {
        long from = at + VlanTag.BYTES - BYTES;
        long first = Memory.ALL.get(JAVA_LONG_UNALIGNED, from);
        short last = Memory.ALL.get(JAVA_SHORT_UNALIGNED, from + CHECKSUM_OFFSET);
        Memory.ALL.set(JAVA_LONG_UNALIGNED, at - BYTES, first);
        Memory.ALL.set(JAVA_SHORT_UNALIGNED, at - BYTES + CHECKSUM_OFFSET, last);
        if (needsChecksum(at)) {
            grow(at - BYTES + CHECKSUM_START);
        }
        if (isSuperFrame(at)) {
            grow(at - BYTES + HEADERS_LENGTH);
        }
    }

    private static void grow(long field) {
        Memory.ALL.set(JAVA_SHORT_UNALIGNED, field,
                (short) (Memory.ALL.get(JAVA_SHORT_UNALIGNED, field) + VlanTag.BYTES));
    }
}
