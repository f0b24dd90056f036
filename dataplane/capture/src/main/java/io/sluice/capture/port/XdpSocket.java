package io.sluice.capture.port;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** A socket of the family AF_XDP with its memory and rings, on queue 0 of an interface: linux/if_xdp.h. */
final class XdpSocket {
    private static final int AF_XDP = 44;
    private static final int SOL_XDP = 283;
    private static final int XDP_MMAP_OFFSETS = 1;
    private static final int XDP_RX_RING = 2;
    private static final int XDP_TX_RING = 3;
    private static final int XDP_UMEM_REG = 4;
    private static final int XDP_UMEM_FILL_RING = 5;
    private static final int XDP_UMEM_COMPLETION_RING = 6;
    private static final int XDP_STATISTICS = 7;
    private static final int XDP_MAX_TX_SKB_BUDGET = 9;
    private static final long RX_OFFSET = 0;
    private static final long TX_OFFSET = 0x8000_0000L;
    private static final long FILL_OFFSET = 0x1_0000_0000L;
    private static final long COMPLETION_OFFSET = 0x1_8000_0000L;
    /** struct sockaddr_xdp: family, flags, index, queue. */
    private static final int ADDRESS_BYTES = 16;
    private static final int ADDRESS_FLAGS = 2;
    private static final int ADDRESS_INDEX = 4;
    private static final int XDP_COPY = 2;
    private static final int XDP_ZEROCOPY = 4;
    private static final int XDP_USE_NEED_WAKEUP = 8;
    /** struct xdp_statistics: dropped, two counters of mistakes, receive ring full, and more. */
    private static final int STATISTICS_BYTES = 48;
    private static final int STATISTICS_RING_FULL = 24;
    /** Frames that the kernel takes with one call where it copies them; 32 unless it is told. */
    private static final int FRAMES_PER_CALL = 512;

    final boolean zeroCopy;
    final XdpMemory memory;
    final XdpRing received;
    final XdpRing toSend;
    final XdpRing toFill;
    final XdpRing sent;
    private final int descriptor;
    private final List<XdpRing> rings = new ArrayList<>();

    /** Takes over the memory, once there is a socket. */
    XdpSocket(int index, XdpMemory memory, boolean zeroCopy) throws NativeException {
        this.memory = memory;
        this.zeroCopy = zeroCopy;
        descriptor = NativeException.check("socket(AF_XDP)",
                Libc.socket(AF_XDP, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, 0));
        try (Arena arena = Arena.ofConfined()) {
            set("XDP_UMEM_REG", XDP_UMEM_REG, memory.registration(arena));
            set("XDP_UMEM_FILL_RING", XDP_UMEM_FILL_RING, memory.receiveChunks);
            set("XDP_UMEM_COMPLETION_RING", XDP_UMEM_COMPLETION_RING, memory.sendChunks);
            set("XDP_RX_RING", XDP_RX_RING, memory.receiveChunks);
            set("XDP_TX_RING", XDP_TX_RING, memory.sendChunks);
            Libc.setsockopt(descriptor, SOL_XDP, XDP_MAX_TX_SKB_BUDGET, arena.allocateFrom(JAVA_INT, FRAMES_PER_CALL));
            MemorySegment offsets = arena.allocate(4L * XdpRing.OFFSETS_BYTES, 8);
            NativeException.check("XDP_MMAP_OFFSETS",
                    Libc.getsockopt(descriptor, SOL_XDP, XDP_MMAP_OFFSETS, offsets));
            received = map(offsets, 0, RX_OFFSET, memory.receiveChunks);
            toSend = map(offsets, 1, TX_OFFSET, memory.sendChunks);
            toFill = map(offsets, 2, FILL_OFFSET, memory.receiveChunks);
            sent = map(offsets, 3, COMPLETION_OFFSET, memory.sendChunks);
            bind(arena, index);
        } catch (NativeException e) {
            rings.forEach(XdpRing::close);
            Libc.close(descriptor);
            throw e;
        }
    }

    /** @param number of the ring, in the order in which the kernel tells of them */
    private XdpRing map(MemorySegment offsets, int number, long offset, int size) throws NativeException {
        XdpRing ring = new XdpRing(descriptor, offset,
                offsets.asSlice((long) number * XdpRing.OFFSETS_BYTES, XdpRing.OFFSETS_BYTES), size,
                number < 2 ? XdpRing.DESCRIPTOR_BYTES : XdpRing.ADDRESS_BYTES);
        rings.add(ring);
        return ring;
    }

    private void bind(Arena arena, int index) throws NativeException {
        MemorySegment address = arena.allocate(ADDRESS_BYTES, 4);
        address.set(JAVA_SHORT, 0, (short) AF_XDP);
        address.set(JAVA_SHORT, ADDRESS_FLAGS, (short) (XDP_USE_NEED_WAKEUP | (zeroCopy ? XDP_ZEROCOPY : XDP_COPY)));
        address.set(JAVA_INT, ADDRESS_INDEX, index);
        NativeException.check(zeroCopy ? "bind(AF_XDP) without copying" : "bind(AF_XDP)",
                Libc.bind(descriptor, address));
    }

    /** Frames that found no room, or that were too long. */
    long drops() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment statistics = arena.allocate(STATISTICS_BYTES, 8);
            Libc.getsockopt(descriptor, SOL_XDP, XDP_STATISTICS, statistics);
            return statistics.get(JAVA_LONG, 0) + statistics.get(JAVA_LONG, STATISTICS_RING_FULL);
        }
    }

    int descriptor() {
        return descriptor;
    }

    /** Lets the kernel look at what is to be sent. */
    long callToSend() {
        return Libc.sendto(descriptor, 0, 0, Libc.MSG_DONTWAIT);
    }

    /** Lets the kernel look at where it may receive to. */
    void callToReceive() {
        Libc.recvfrom(descriptor, 0, 0, Libc.MSG_DONTWAIT);
    }

    void close() {
        rings.forEach(XdpRing::close);
        Libc.close(descriptor);
        memory.close();
    }

    private void set(String word, int option, int value) throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            set(word, option, arena.allocateFrom(JAVA_INT, value));
        }
    }

    private void set(String word, int option, MemorySegment value) throws NativeException {
        NativeException.check(word, Libc.setsockopt(descriptor, SOL_XDP, option, value));
    }
}
