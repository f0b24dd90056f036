package io.sluice.seeded.dissect.modbus;

import java.lang.foreign.MemorySegment;

/** A seeded violation: a slice for each message is an allocation for each message. */
public final class SlicingView {
    public MemorySegment message(MemorySegment bytes, long at, long size) {
        return bytes.asSlice(at, size);
    }
}
