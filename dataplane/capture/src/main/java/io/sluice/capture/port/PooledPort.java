package io.sluice.capture.port;

import java.lang.foreign.Arena;

/** A port whose frames are copied into memory of its own, in pieces of one size: for means that are slow anyway. */
abstract sealed class PooledPort extends OpenPort permits TapPort, PcapPort {
    static final int PIECE_BYTES = 2048;
    /** Where a frame begins in its piece: the network header, 14 bytes on, is aligned. */
    static final int FRAME = HEADROOM + 2;
    /** Most bytes of a frame. */
    static final int FRAME_BYTES = PIECE_BYTES - FRAME;
    private static final int PIECES = 1024;

    final FramePool pool;
    private final Arena arena = Arena.ofShared();

    PooledPort(Backend backend, String name, int index, boolean receiveOnly) throws NativeException {
        super(backend, name, index, receiveOnly);
        pool = new FramePool(arena.allocate((long) PIECES * PIECE_BYTES, 64).address(), PIECE_BYTES, PIECES);
    }

    @Override
    public final long handle(int i) {
        return at[i] - FRAME;
    }

    @Override
    public final void release(long handle) {
        pool.release(handle);
    }

    @Override
    void free() {
        arena.close();
    }
}
