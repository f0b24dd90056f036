package io.sluice.capture.port;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * One of the four rings between us and the kernel: Documentation/networking/af_xdp.rst. Two counters that only grow, each
 * written by one side; their low bits are places.
 */
final class XdpRing {
    /** struct xdp_ring_offset of linux/if_xdp.h */
    static final int OFFSETS_BYTES = 32;
    private static final int CONSUMER = 8;
    private static final int ENTRIES = 16;
    private static final int FLAGS = 24;
    /** Entries of rings that carry frames: struct xdp_desc. The others carry addresses only. */
    static final int DESCRIPTOR_BYTES = 16;
    static final int ADDRESS_BYTES = 8;
    private static final int LENGTH = 8;
    private static final int OPTIONS = 12;
    private static final int NEED_WAKEUP = 1;
    /** A bit that the kernel knows no use for: it skips the entry as invalid. */
    private static final int INVALID = 1 << 31;

    private static final VarHandle INT = JAVA_INT.varHandle();
    private static final MemorySegment ALL = Memory.ALL;

    final int size;
    private final long begin;
    private final long bytes;
    private final long producer;
    private final long consumer;
    private final long flags;
    private final long entries;
    private final int entryBytes;

    /** Maps the ring of {@code socket} at {@code offset}; its shape is told by {@code offsets}. */
    XdpRing(int socket, long offset, MemorySegment offsets, int size, int entryBytes) throws NativeException {
        this.size = size;
        this.entryBytes = entryBytes;
        bytes = offsets.get(JAVA_LONG, ENTRIES) + (long) size * entryBytes;
        begin = NativeException.check("mmap", Libc.mmap(bytes, Libc.MAP_SHARED | Libc.MAP_POPULATE, socket, offset));
        producer = begin + offsets.get(JAVA_LONG, 0);
        consumer = begin + offsets.get(JAVA_LONG, CONSUMER);
        entries = begin + offsets.get(JAVA_LONG, ENTRIES);
        flags = begin + offsets.get(JAVA_LONG, FLAGS);
    }

    int produced() {
        return (int) INT.getAcquire(ALL, producer);
    }

    int consumed() {
        return (int) INT.getAcquire(ALL, consumer);
    }

    /** What lies before {@code count} may be consumed. */
    void publish(int count) {
        INT.setRelease(ALL, producer, count);
    }

    /** What lies before {@code count} may be overwritten. */
    void consume(int count) {
        INT.setRelease(ALL, consumer, count);
    }

    /** The kernel sleeps and is to be called. */
    boolean needsWakeup() {
        return ((int) INT.getAcquire(ALL, flags) & NEED_WAKEUP) != 0;
    }

    private long entry(int i) {
        return entries + (long) (i & size - 1) * entryBytes;
    }

    long address(int i) {
        return ALL.get(JAVA_LONG, entry(i));
    }

    int length(int i) {
        return ALL.get(JAVA_INT, entry(i) + LENGTH);
    }

    void set(int i, long address) {
        ALL.set(JAVA_LONG, entry(i), address);
    }

    void set(int i, long address, int length) {
        long entry = entry(i);
        ALL.set(JAVA_LONG, entry, address);
        ALL.set(JAVA_INT, entry + LENGTH, length);
        ALL.set(JAVA_INT, entry + OPTIONS, 0);
    }

    void invalidate(int i) {
        ALL.set(JAVA_INT, entry(i) + OPTIONS, INVALID);
    }

    void close() {
        Libc.munmap(begin, bytes);
    }
}
