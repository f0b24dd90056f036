package io.sluice.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Native memory in four sizes for one worker: windows of streams and datagrams. Grows by chunks up to a total, never
 * shrinks; a buffer given back is used again. A buffer's name is {@code chunk << 32 | offset}.
 */
final class BufferPool {
    static final int SMALLEST = 2048;
    private static final int CLASSES = 4;
    private static final int CHUNK = 1 << 20;
    private static final int SHARES = 16;

    private final Arena arena;
    private final List<MemorySegment> chunks = new ArrayList<>();
    private final long[][] free = new long[CLASSES][16];
    private final int[] freeCount = new int[CLASSES];
    private final long limit;
    private long allocated;
    private long taken;

    BufferPool(long limitBytes, Arena arena) {
        this.arena = arena;
        limit = limitBytes;
    }

    /** The size that holds so many bytes: 2, 8, 32 or 128 KiB; larger needs get the largest. */
    static int sizeFor(int bytes) {
        int size = SMALLEST;
        for (int c = 1; c < CLASSES && size < bytes; c++) {
            size <<= 2;
        }
        return size;
    }

    /** A buffer of a size that {@link #sizeFor} gave, or -1 when the pool's total is reached. */
    long take(int size) {
        int c = classOf(size);
        if (freeCount[c] == 0 && !grow(size)) {
            return -1;
        }
        taken += size;
        return free[c][--freeCount[c]];
    }

    void give(long buffer, int size) {
        taken -= size;
        free(buffer, classOf(size));
    }

    private void free(long buffer, int c) {
        if (freeCount[c] == free[c].length) {
            free[c] = Arrays.copyOf(free[c], 2 * freeCount[c]);
        }
        free[c][freeCount[c]++] = buffer;
    }

    /** Memory beside the pool that lives as long. */
    MemorySegment scratch(int bytes) {
        return arena.allocate(bytes, 64);
    }

    /** Bytes that are out at the moment. */
    long taken() {
        return taken;
    }

    MemorySegment memory(long buffer) {
        return chunks.get((int) (buffer >>> 32));
    }

    static long offset(long buffer) {
        return buffer & 0xFFFF_FFFFL;
    }

    private boolean grow(int size) {
        // In small pools no size takes all for itself.
        int share = (int) Math.min(CHUNK, Math.max(size, limit / SHARES));
        int chunk = (int) Math.min(share, limit - allocated) / size * size;
        if (chunk == 0) {
            return false;
        }
        chunks.add(arena.allocate(chunk, 64));
        allocated += chunk;
        long name = (chunks.size() - 1L) << 32;
        for (int at = 0; at < chunk; at += size) {
            free(name | at, classOf(size));
        }
        return true;
    }

    private static int classOf(int size) {
        return (Integer.numberOfTrailingZeros(size) - Integer.numberOfTrailingZeros(SMALLEST)) >> 1;
    }
}
