package io.sluice.capture.port;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * How a ring is laid out: equal frames, in blocks that the kernel allocates one by one.
 *
 * @param frameBytes room for one frame and what is written in front of it
 * @param blockFrames frames of a block, which they fill to the last byte, so that all frames lie in one row
 * @param frames all of them, a multiple of {@code blockFrames}
 * @param reserve bytes that the kernel leaves free in front of a frame
 */
record RingShape(int frameBytes, int blockFrames, int frames, int reserve) {
    /** What a ring takes at most: the kernel's memory, which is never swapped out. */
    private static final int RING_BYTES_MOST = 128 << 20;
    /** struct tpacket_req of linux/if_packet.h: block size, blocks, frame size, frames. */
    private static final int REQUEST_BYTES = 16;
    private static final int BLOCK_COUNT = 4;
    private static final int FRAME_SIZE = 8;
    private static final int FRAME_COUNT = 12;
    /**
     * Before the frame the kernel puts struct tpacket2_hdr, struct sockaddr_ll and at least 16 bytes for link and virtio
     * header, aligned to 16: tpacket_rcv() of net/packet/af_packet.c. Our reserve comes on top.
     */
    private static final int KERNEL_HEADERS = 96;
    private static final int ETHERNET_AND_TAGS = 14 + 2 * VlanTag.BYTES;
    private static final int SMALL_FRAME_BYTES = 2048;
    private static final int SMALL_BLOCK_FRAMES = 64;
    /** A frame of 64 KiB with its headers, in whole pages; 15 of them are just below 2^20 bytes, which a block really takes. */
    private static final int SUPER_FRAME_BYTES = (64 << 10) + (4 << 10);
    private static final int SUPER_BLOCK_FRAMES = 15;

    /** For what the wire carries: packets of {@code mtu} bytes. */
    static RingShape forWire(int mtu, int frames, boolean virtioHeader) {
        int reserve = reserve(virtioHeader);
        int needed = KERNEL_HEADERS + reserve + ETHERNET_AND_TAGS + mtu;
        int frameBytes = Math.max(SMALL_FRAME_BYTES, Integer.highestOneBit(needed - 1) << 1);
        int blockFrames = Math.max(1, SMALL_BLOCK_FRAMES * SMALL_FRAME_BYTES / frameBytes);
        return of(frameBytes, blockFrames, frames, reserve);
    }

    /** For what the kernel carries: frames that a card would cut into many. */
    static RingShape forSuperFrames(int frames) {
        return of(SUPER_FRAME_BYTES, SUPER_BLOCK_FRAMES, frames, reserve(true));
    }

    /** A smaller one, for a kernel without so much memory. */
    RingShape halved() {
        return of(frameBytes, blockFrames, frames / 2, reserve);
    }

    private static RingShape of(int frameBytes, int blockFrames, int frames, int reserve) {
        int blocksMost = RING_BYTES_MOST / frameBytes / blockFrames;
        int blocks = Math.clamp(frames / blockFrames, 1, blocksMost);
        return new RingShape(frameBytes, blockFrames, blocks * blockFrames, reserve);
    }

    /** Such that the network header stays aligned, although a virtio header comes before it. */
    private static int reserve(boolean virtioHeader) {
        return Port.HEADROOM + (virtioHeader ? Port.HEADROOM - VirtioHeader.BYTES : 0);
    }

    long bytes() {
        return (long) frames * frameBytes;
    }

    MemorySegment request(Arena arena) {
        MemorySegment request = arena.allocate(REQUEST_BYTES, 4);
        request.set(JAVA_INT, 0, frameBytes * blockFrames);
        request.set(JAVA_INT, BLOCK_COUNT, frames / blockFrames);
        request.set(JAVA_INT, FRAME_SIZE, frameBytes);
        request.set(JAVA_INT, FRAME_COUNT, frames);
        return request;
    }
}
