package io.sluice.testdata;

import java.io.IOException;

/** Takes frames one by one. The array is the caller's and is used again after the call. */
@FunctionalInterface
public interface FrameSink {
    /**
     * Takes a frame.
     *
     * @param nanoseconds since 1970-01-01 UTC
     * @param length bytes of the frame, from the array's start
     */
    void frame(long nanoseconds, byte[] bytes, int length) throws IOException;
}
