package io.sluice.load.gen;

import io.sluice.capture.port.Port;
import java.lang.foreign.Arena;

/** Segments without payload: SYN, SYN and ACK, ACK. A pool that is gone round, larger than a sender's queue. */
final class HandshakeFrames {
    private static final int POOL = 4 * Port.BATCH;
    private static final int STRIDE = 128;

    private final long begin;
    private int next;
    private int length;

    HandshakeFrames(Arena arena) {
        begin = arena.allocate((long) POOL * STRIDE, STRIDE).address() + Port.HEADROOM;
    }

    /** Lays out a segment; returns where it lies. */
    long write(TcpFrame.Ends ends, int flags, int sequence, int acknowledgement) {
        long at = begin + (long) next * STRIDE;
        next = (next + 1) % POOL;
        TcpFrame.headers(at, ends, 0);
        TcpFrame.flags(at, flags);
        TcpFrame.numbers(at, sequence, acknowledgement);
        length = (flags & TcpFrame.SYN) != 0 ? TcpFrame.segmentSizeOption(at) : TcpFrame.HEADER_BYTES;
        TcpFrame.checksum(at, TcpFrame.sum(at, length));
        return at;
    }

    /** Length of the segment that was written last. */
    int length() {
        return length;
    }
}
