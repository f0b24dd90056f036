package io.sluice.dissect.opcua;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Native memory in which bodies of several chunks are put together, one account for a worker. What is given back is
 * kept for the next taker, so that the account is all that is ever allocated.
 */
final class OpcUaStore {
    private static final int SMALLEST_BITS = 16;
    private static final int SIZES = 16;

    private final long most;
    private final List<Deque<MemorySegment>> free = new ArrayList<>();
    private long allocated;

    OpcUaStore(long most) {
        this.most = most;
        for (int i = 0; i < SIZES; i++) {
            free.add(new ArrayDeque<>());
        }
    }

    private static int sizeClass(long bytes) {
        return Math.max(0, 64 - Long.numberOfLeadingZeros(bytes - 1) - SMALLEST_BITS);
    }

    /** A segment of at least this many bytes; {@link MemorySegment#NULL} where there is no room. */
    MemorySegment take(long bytes) {
        int size = sizeClass(bytes);
        if (size >= SIZES) {
            return MemorySegment.NULL;
        }
        MemorySegment known = free.get(size).poll();
        if (known != null) {
            return known;
        }
        long length = 1L << (SMALLEST_BITS + size);
        if (allocated + length > most) {
            return MemorySegment.NULL;
        }
        allocated += length;
        return Arena.ofAuto().allocate(length);
    }

    /** Takes a segment back. */
    void give(MemorySegment segment) {
        if (segment.byteSize() > 0) {
            free.get(sizeClass(segment.byteSize())).push(segment);
        }
    }
}
