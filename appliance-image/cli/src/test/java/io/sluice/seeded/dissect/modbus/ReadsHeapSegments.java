package io.sluice.seeded.dissect.modbus;

import java.lang.foreign.MemorySegment;

/** A seeded violation: one heap segment slows every call site that native ones pass. */
public final class ReadsHeapSegments {
    public MemorySegment wrap(byte[] message) {
        return MemorySegment.ofArray(message);
    }
}
