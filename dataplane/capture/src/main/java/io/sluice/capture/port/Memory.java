package io.sluice.capture.port;

import java.lang.foreign.MemorySegment;

/** The process's memory as one segment: rings that the kernel maps, and buffers, by absolute offset. */
public final class Memory {
    /** Everything, at offset 0. What is read and written through it must be known to be there. */
    @SuppressWarnings("restricted") // what the kernel maps has no other segment
    public static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private Memory() {}
}
