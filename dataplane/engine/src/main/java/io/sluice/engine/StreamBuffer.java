package io.sluice.engine;

import java.lang.foreign.MemorySegment;

/**
 * Bytes of one direction of a stream, addressed by sequence number: a ring whose size is a power of two, so that byte
 * {@code s} lies at {@code (s - origin) & (capacity - 1)}. Which bytes are valid is its owner's business.
 */
final class StreamBuffer {
    private MemorySegment memory = MemorySegment.NULL;
    private long at;
    private long buffer = -1;
    private int capacity;
    private int origin;

    int capacity() {
        return capacity;
    }

    /**
     * Makes room for {@code span} bytes from {@code base}, keeping {@code [base, keepTo)}.
     *
     * @return false when the pool or the limit of one stream does not permit it
     */
    boolean reserve(BufferPool pool, int limit, int base, int keepTo, int span) {
        if (span <= capacity) {
            return true;
        }
        int size = Math.min(BufferPool.sizeFor(span), limit);
        if (span > size) {
            return false;
        }
        long fresh = pool.take(size);
        if (fresh < 0) {
            return false;
        }
        MemorySegment target = pool.memory(fresh);
        long targetAt = BufferPool.offset(fresh);
        for (int s = base; capacity > 0 && s - keepTo < 0;) {
            int n = Math.min(keepTo - s, Math.min(capacity - index(s, capacity), size - index(s, size)));
            MemorySegment.copy(memory, at + index(s, capacity), target, targetAt + index(s, size), n);
            s += n;
        }
        release(pool);
        memory = target;
        at = targetAt;
        buffer = fresh;
        capacity = size;
        return true;
    }

    /**
     * Nothing is kept any more: what comes, from {@code sequence} on, goes to the start again. A stream of short messages
     * then stays where the processor's cache has it already.
     */
    void rewind(int sequence) {
        origin = sequence;
    }

    void release(BufferPool pool) {
        if (buffer >= 0) {
            pool.give(buffer, capacity);
        }
        buffer = -1;
        capacity = 0;
        memory = MemorySegment.NULL;
    }

    void put(int sequence, MemorySegment source, long sourceAt, int length) {
        int i = index(sequence, capacity);
        int first = Math.min(length, capacity - i);
        MemorySegment.copy(source, sourceAt, memory, at + i, first);
        if (first < length) {
            MemorySegment.copy(source, sourceAt + first, memory, at, length - first);
        }
    }

    boolean same(int sequence, MemorySegment source, long sourceAt, int length) {
        int i = index(sequence, capacity);
        int first = Math.min(length, capacity - i);
        return MemorySegment.mismatch(source, sourceAt, sourceAt + first, memory, at + i, at + i + first) < 0
                && (first == length || MemorySegment.mismatch(source, sourceAt + first, sourceAt + length, memory, at,
                        at + length - first) < 0);
    }

    /** How many bytes from {@code sequence} on lie in one piece. */
    int contiguous(int sequence) {
        return capacity - index(sequence, capacity);
    }

    MemorySegment memory() {
        return memory;
    }

    long offset(int sequence) {
        return at + index(sequence, capacity);
    }

    /** Copies bytes out, around the end of the ring. */
    void copy(int sequence, int length, MemorySegment target, long targetAt) {
        int i = index(sequence, capacity);
        int first = Math.min(length, capacity - i);
        MemorySegment.copy(memory, at + i, target, targetAt, first);
        if (first < length) {
            MemorySegment.copy(memory, at, target, targetAt + first, length - first);
        }
    }

    private int index(int sequence, int size) {
        return (sequence - origin) & (size - 1);
    }
}
