package io.sluice.inline.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Counters that one thread raises and any other may read. */
public final class Tallies {
    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] values;

    public Tallies(int size) {
        values = new long[size];
    }

    /** Only the owning thread. */
    public void add(int i, long n) {
        LONGS.setOpaque(values, i, values[i] + n);
    }

    public long get(int i) {
        return (long) LONGS.getOpaque(values, i);
    }

    public int size() {
        return values.length;
    }
}
