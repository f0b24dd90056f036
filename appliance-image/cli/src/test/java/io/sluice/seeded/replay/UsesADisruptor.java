package io.sluice.seeded.replay;

import com.lmax.disruptor.RingBuffer;

/** A violation: rings belong to the packet path. */
final class UsesADisruptor {
    private UsesADisruptor() {}

    static long remaining(RingBuffer<?> ring) {
        return ring.remainingCapacity();
    }
}
