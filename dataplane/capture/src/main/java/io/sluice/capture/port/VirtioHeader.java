package io.sluice.capture.port;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

/** The ten bytes in front of a frame that say what the sending card was still to do: virtio 1.2 §5.1.6. */
public final class VirtioHeader {
    public static final int BYTES = 10;
    private static final int NEEDS_CHECKSUM = 1;

    private VirtioHeader() {}

    /** The checksum of the frame at {@code at} holds only the pseudo header's sum. */
    public static boolean needsChecksum(long at) {
        return (Memory.ALL.get(JAVA_BYTE, at - BYTES) & NEEDS_CHECKSUM) != 0;
    }

    /** The frame at {@code at} is to be cut into several by the sending card. */
    public static boolean isSuperFrame(long at) {
        return Memory.ALL.get(JAVA_BYTE, at - BYTES + 1) != 0;
    }

    /** Nothing is left to be done. */
    public static void clear(long at) {
        Memory.ALL.set(JAVA_LONG_UNALIGNED, at - BYTES, 0L);
        Memory.ALL.set(JAVA_SHORT_UNALIGNED, at - 2, (short) 0);
    }
}
