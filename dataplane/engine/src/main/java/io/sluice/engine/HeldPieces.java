package io.sluice.engine;

import java.lang.foreign.MemorySegment;

/**
 * Which bytes of one direction wait behind a gap: ascending pieces that do not overlap, each with the frame that brought it,
 * its age and its time. The bytes themselves lie in the direction's {@link StreamBuffer}.
 */
final class HeldPieces {
    static final int MOST = 16;
    private static final int[] NONE = {};
    private static final long[] NO_TIMES = {};

    // The arrays come with the first piece, since most streams never need any.
    private int[] from = NONE;
    private int[] to = NONE;
    private long[] frame = NO_TIMES;
    private long[] age = NO_TIMES;
    private long[] nanos = NO_TIMES;
    private int count;
    private long frameNow;
    private long ageNow;
    private long nanosNow;

    boolean isEmpty() {
        return count == 0;
    }

    /** No room for another piece, after those that touch were made one. */
    boolean isFull() {
        if (count + 1 >= MOST) {
            join();
        }
        return count == MOST;
    }

    /** Start of the first piece. */
    int firstFrom() {
        return from[0];
    }

    /** End of the first piece. */
    int firstTo() {
        return to[0];
    }

    /** Frame that brought the first piece. */
    long firstFrame() {
        return frame[0];
    }

    /** When the first piece came; an age. */
    long firstAge() {
        return age[0];
    }

    /** When the first piece came, nanoseconds since 1970-01-01T00:00Z: a calendar that was set meanwhile tells no age. */
    long firstNanos() {
        return nanos[0];
    }

    /** End of the last piece. */
    int end() {
        return to[count - 1];
    }

    void clear() {
        count = 0;
    }

    /** The first piece begins later now. */
    void trimFirst(int sequence) {
        from[0] = sequence;
    }

    void removeFirst() {
        count--;
        System.arraycopy(from, 1, from, 0, count);
        System.arraycopy(to, 1, to, 0, count);
        System.arraycopy(frame, 1, frame, 0, count);
        System.arraycopy(age, 1, age, 0, count);
        System.arraycopy(nanos, 1, nanos, 0, count);
    }

    /** What is inserted next came in this frame, at this age and time. */
    void arrival(long frameNumber, long since, long epochNanos) {
        frameNow = frameNumber;
        ageNow = since;
        nanosNow = epochNanos;
    }

    /**
     * Stores the parts of a segment that are not held yet; there is room for them in {@code buffer}. What finds no place
     * among the pieces is not stored: its sender sends it again.
     *
     * @return false if a part that is held already has other content
     */
    boolean insert(StreamBuffer buffer, int sequence, MemorySegment bytes, long at, int length) {
        boolean same = true;
        int start = sequence;
        int end = sequence + length;
        int i = 0;
        while (start - end < 0) {
            while (i < count && to[i] - start <= 0) {
                i++;
            }
            boolean covered = i < count && from[i] - start <= 0;
            int stop = i < count && !covered && from[i] - end < 0 ? from[i] : end;
            if (covered) {
                stop = to[i] - end < 0 ? to[i] : end;
                same &= buffer.same(start, bytes, at + (start - sequence), stop - start);
            } else if (count == MOST) {
                return same;
            } else {
                buffer.put(start, bytes, at + (start - sequence), stop - start);
                open(i, start, stop);
            }
            start = stop;
        }
        return same;
    }

    private void open(int i, int start, int stop) {
        if (from.length == 0) {
            from = new int[MOST];
            to = new int[MOST];
            frame = new long[MOST];
            age = new long[MOST];
            nanos = new long[MOST];
        }
        int tail = count - i;
        System.arraycopy(from, i, from, i + 1, tail);
        System.arraycopy(to, i, to, i + 1, tail);
        System.arraycopy(frame, i, frame, i + 1, tail);
        System.arraycopy(age, i, age, i + 1, tail);
        System.arraycopy(nanos, i, nanos, i + 1, tail);
        from[i] = start;
        to[i] = stop;
        frame[i] = frameNow;
        age[i] = ageNow;
        nanos[i] = nanosNow;
        count++;
    }

    /** Makes one of pieces that touch; the younger ones lose their frame and age. */
    private void join() {
        int last = 0;
        for (int i = 1; i < count; i++) {
            if (from[i] == to[last]) {
                to[last] = to[i];
            } else if (++last != i) {
                from[last] = from[i];
                to[last] = to[i];
                frame[last] = frame[i];
                age[last] = age[i];
                nanos[last] = nanos[i];
            }
        }
        count = last + 1;
    }
}
