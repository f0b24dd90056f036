package io.sluice.capture.port;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Equal pieces of memory that one thread takes and any thread gives back, in any order. What was given back waits in a ring
 * with room for all pieces, so that it never runs full, and a place in it is free again whenever somebody comes to it.
 */
final class FramePool {
    private final AtomicLongArray returned;
    private final int mask;
    private final AtomicLong tail = new AtomicLong();
    private long head;

    /** So many pieces of so many bytes each, from {@code address} on, all free. */
    FramePool(long address, int bytes, int count) {
        int places = Math.max(2, Integer.highestOneBit(count - 1) << 1);
        returned = new AtomicLongArray(places);
        mask = places - 1;
        for (int i = 0; i < count; i++) {
            release(address + (long) i * bytes);
        }
    }

    /** A piece, or 0 when all are in use. For one thread. */
    long take() {
        int place = (int) (head & mask);
        long piece = returned.getAcquire(place);
        if (piece != 0) {
            returned.setOpaque(place, 0);
            head++;
        }
        return piece;
    }

    void release(long piece) {
        returned.setRelease((int) (tail.getAndIncrement() & mask), piece);
    }
}
