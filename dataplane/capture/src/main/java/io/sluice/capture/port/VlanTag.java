package io.sluice.capture.port;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;
import static java.nio.ByteOrder.BIG_ENDIAN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The tag of IEEE 802.1Q behind the two addresses of a frame. */
final class VlanTag {
    static final int BYTES = 4;
    /** Tag protocol identifier of a customer's tag: IEEE 802.1Q table 9-1. */
    static final int CUSTOMER = 0x8100;
    private static final int ADDRESSES = 12;
    private static final ValueLayout.OfShort NETWORK_SHORT = JAVA_SHORT_UNALIGNED.withOrder(BIG_ENDIAN);

    private VlanTag() {}

    /**
     * Puts a tag into the frame at {@code at} by moving its two addresses to the left, and returns where it begins now.
     *
     * @param protocol tag protocol identifier
     * @param control priority and VLAN
     */
    static long insert(long at, int protocol, int control) {
        MemorySegment all = Memory.ALL;
        long first = all.get(JAVA_LONG_UNALIGNED, at);
        int last = all.get(JAVA_INT_UNALIGNED, at + 8);
        long moved = at - BYTES;
        all.set(JAVA_LONG_UNALIGNED, moved, first);
        all.set(JAVA_INT_UNALIGNED, moved + 8, last);
        all.set(NETWORK_SHORT, moved + ADDRESSES, (short) protocol);
        all.set(NETWORK_SHORT, moved + ADDRESSES + 2, (short) control);
        return moved;
    }
}
