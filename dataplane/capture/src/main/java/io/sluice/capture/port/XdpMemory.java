package io.sluice.capture.port;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The memory that a port shares with the kernel (UMEM), in equal chunks: first those that frames are received into, then those
 * that they are sent from.
 */
final class XdpMemory {
    /** struct xdp_umem_reg of linux/if_xdp.h: address, length, chunk size, headroom. */
    private static final int REGISTRATION_BYTES = 32;
    private static final int LENGTH = 8;
    private static final int CHUNK_SIZE = 16;
    private static final int HEADROOM_BYTES = 20;
    /** What the kernel itself keeps free in front of a received frame: XDP_PACKET_HEADROOM of linux/bpf.h. */
    private static final int KERNEL_HEADROOM = 256;
    private static final int SMALL_CHUNK = 2048;
    /** A page, which a chunk cannot exceed. */
    private static final int LARGE_CHUNK = 4096;
    private static final int ETHERNET_AND_TAGS = 14 + 2 * VlanTag.BYTES;

    final int chunkBytes;
    final int receiveChunks;
    final int sendChunks;
    final long address;

    /**
     * @param mtu most bytes of a packet
     * @param receiveChunks a power of two, as are the rings
     */
    XdpMemory(int mtu, int receiveChunks, int sendChunks) throws NativeException {
        int needed = KERNEL_HEADROOM + Port.HEADROOM + ETHERNET_AND_TAGS + mtu;
        if (needed > LARGE_CHUNK) {
            throw new NativeException("frames of an MTU of %d are too long for it".formatted(mtu));
        }
        chunkBytes = needed > SMALL_CHUNK ? LARGE_CHUNK : SMALL_CHUNK;
        this.receiveChunks = receiveChunks;
        this.sendChunks = sendChunks;
        address = NativeException.check("mmap",
                Libc.mmap(bytes(), Libc.MAP_PRIVATE_ANONYMOUS | Libc.MAP_POPULATE, -1, 0));
    }

    private long bytes() {
        return (long) (receiveChunks + sendChunks) * chunkBytes;
    }

    MemorySegment registration(Arena arena) {
        MemorySegment registration = arena.allocate(REGISTRATION_BYTES, 8);
        registration.set(JAVA_LONG, 0, address);
        registration.set(JAVA_LONG, LENGTH, bytes());
        registration.set(JAVA_INT, CHUNK_SIZE, chunkBytes);
        registration.set(JAVA_INT, HEADROOM_BYTES, Port.HEADROOM);
        return registration;
    }

    /** The chunk that holds a frame, as the kernel counts: an offset in this memory. */
    long chunkOf(long offset) {
        return offset & -chunkBytes;
    }

    long sendChunk(int i) {
        return (long) (receiveChunks + i) * chunkBytes;
    }

    void close() {
        Libc.munmap(address, bytes());
    }
}
