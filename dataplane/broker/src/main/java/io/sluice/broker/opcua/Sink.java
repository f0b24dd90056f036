package io.sluice.broker.opcua;

import java.lang.foreign.MemorySegment;

/** Where bytes go on to. The memory may be reused after the call. */
@FunctionalInterface
public interface Sink {
    void add(MemorySegment bytes, long at, int length);
}
