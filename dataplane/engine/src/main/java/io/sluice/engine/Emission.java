package io.sluice.engine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The frames that an {@link Answer} asks a host to send, in this order. Valid until the engine's next frame. One object per
 * engine; where it has no room for a frame it leaves it out, and TCP sends again.
 */
public final class Emission {
    /** Bytes of zero in front of every frame that the engine has made; hosts put a virtio header there. */
    public static final int HEADROOM = 16;
    /** IEEE 802.3 without the check sequence. */
    static final int SHORTEST = 60;
    private static final int BYTES = 1 << 19;
    private static final int MOST = 2048;

    final MemorySegment memory;
    private final long[] addresses = new long[MOST];
    private final int[] lengths = new int[MOST];
    private final boolean[] back = new boolean[MOST];
    private int count;
    private long used;

    Emission(Arena arena) {
        memory = arena.allocate(BYTES, 64);
    }

    /** How many frames. */
    public int count() {
        return count;
    }

    /** Absolute address of a frame's first byte: its offset in a segment over all memory. */
    public long at(int i) {
        return addresses[i];
    }

    public int length(int i) {
        return lengths[i];
    }

    /** Out at the port where the received frame came in; else onwards. */
    public boolean back(int i) {
        return back[i];
    }

    void clear() {
        count = 0;
        used = 0;
    }

    /** The received frame, unchanged and where it is. */
    void received(Packet p) {
        add(p.frame.address() + p.frameAt, p.frameLength, false);
    }

    /** Room for a frame of so many bytes: its offset in {@link #memory}, or -1. {@link #finish} makes it one. */
    long begin(int length) {
        long at = (used + HEADROOM + 7) & ~7L;
        if (count == MOST || at + Math.max(length, SHORTEST) > BYTES) {
            return -1;
        }
        memory.set(JAVA_LONG, at - HEADROOM, 0L);
        memory.set(JAVA_LONG, at - HEADROOM + 8, 0L);
        return at;
    }

    /** The frame at an offset that {@link #begin} gave is written. */
    void finish(long at, int length, boolean goesBack) {
        int padded = Math.max(length, SHORTEST);
        for (long i = at + length; i < at + padded; i++) {
            memory.set(JAVA_BYTE, i, (byte) 0);
        }
        used = at + padded;
        add(memory.address() + at, padded, goesBack);
    }

    private void add(long address, int length, boolean goesBack) {
        addresses[count] = address;
        lengths[count] = length;
        back[count++] = goesBack;
    }
}
