package io.sluice.capture.port;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * The ring TPACKET_V2 that the kernel receives into, mapped: linux/if_packet.h, Documentation/networking/packet_mmap.rst.
 *
 * <p>A frame's status says whose it is. The kernel fills a slot only while the status is exactly {@link #KERNEL}, and then
 * sets {@link #USER}. Whoever takes it here marks it {@link #TAKEN}, which is neither: the kernel cannot overwrite it, and
 * the receiving thread, once it has gone round the whole ring, stops in front of it instead of taking it twice. So
 * frames may be released by any thread in any order, with nothing counted; one that is held for long holds up the ring when
 * that has gone round, and the kernel drops what has no room.
 */
final class PacketRing {
    private static final int KERNEL = 0;
    private static final int USER = 1;
    private static final int TAKEN = 1 << 16; // a bit that means nothing to the kernel
    private static final int CHECKSUM_NOT_READY = 1 << 3;
    private static final int VLAN_VALID = 1 << 4;
    private static final int VLAN_PROTOCOL_VALID = 1 << 6;

    /** struct tpacket2_hdr */
    private static final int STATUS = 0;
    private static final int LENGTH = 4;
    private static final int CAPTURED = 8;
    private static final int MAC = 12;
    private static final int SECONDS = 16;
    private static final int NANOSECONDS = 20;
    private static final int VLAN_CONTROL = 24;
    private static final int VLAN_PROTOCOL = 26;

    /** A slot's own header and the headers of a frame lie in the first three. */
    private static final int CACHE_LINE = 64;

    private static final VarHandle INT = JAVA_INT.varHandle();
    private static final MemorySegment ALL = Memory.ALL;

    private final long begin;
    private final long end;
    private final int frameBytes;
    private long next;
    /** Nobody reads it; without it the compiler would not touch anything. */
    int touched;

    PacketRing(int descriptor, RingShape shape) throws NativeException {
        begin = NativeException.check("mmap", Libc.mmap(shape.bytes(), Libc.MAP_SHARED, descriptor, 0));
        end = begin + shape.bytes();
        frameBytes = shape.frameBytes();
        next = begin;
    }

    /**
     * How many frames have come, {@code most} at most. Their headers were last in the hands of the processor that received them;
     * touched here one after the other, with nothing in between that waits for them, they come over all at once.
     */
    int ready(int most) {
        long slot = next;
        int count = 0;
        int seen = 0;
        while (count < most && ((int) INT.getAcquire(ALL, slot) & USER) != 0) {
            seen += ALL.get(JAVA_INT, slot + CACHE_LINE) + ALL.get(JAVA_INT, slot + 2 * CACHE_LINE);
            slot = slot + frameBytes == end ? begin : slot + frameBytes;
            count++;
        }
        touched = seen;
        return count;
    }

    /** The slot of the next frame, one of those that are {@link #ready}. */
    long take() {
        long slot = next;
        next = slot + frameBytes == end ? begin : slot + frameBytes;
        return slot;
    }

    /** Marks a slot as taken; returns what its status was. */
    static int mark(long slot) {
        int status = ALL.get(JAVA_INT, slot + STATUS);
        ALL.set(JAVA_INT, slot + STATUS, TAKEN);
        return status;
    }

    static void release(long slot) {
        INT.setRelease(ALL, slot + STATUS, KERNEL);
    }

    static boolean isTruncated(long slot) {
        return ALL.get(JAVA_INT, slot + LENGTH) != ALL.get(JAVA_INT, slot + CAPTURED);
    }

    static boolean isUnfinished(int status) {
        return (status & CHECKSUM_NOT_READY) != 0;
    }

    static boolean hasTag(int status) {
        return (status & VLAN_VALID) != 0;
    }

    static int tagProtocol(long slot, int status) {
        return (status & VLAN_PROTOCOL_VALID) != 0 ? ALL.get(JAVA_SHORT, slot + VLAN_PROTOCOL) : VlanTag.CUSTOMER;
    }

    static int tagControl(long slot) {
        return ALL.get(JAVA_SHORT, slot + VLAN_CONTROL);
    }

    static int length(long slot) {
        return ALL.get(JAVA_INT, slot + LENGTH);
    }

    /** Where the frame begins: offset in {@link Memory#ALL}. */
    static long frame(long slot) {
        return slot + Short.toUnsignedInt(ALL.get(JAVA_SHORT, slot + MAC));
    }

    /** Nanoseconds since 1970. */
    static long stamp(long slot) {
        return Integer.toUnsignedLong(ALL.get(JAVA_INT, slot + SECONDS)) * 1_000_000_000L
                + ALL.get(JAVA_INT, slot + NANOSECONDS);
    }

    void close() {
        Libc.munmap(begin, end - begin);
    }
}
