package io.sluice.engine;

import java.lang.foreign.MemorySegment;

/** Finds where messages begin, observing, in a stream whose framing was lost or never known. */
final class BoundarySearch {
    /** How many bytes of a segment are searched: more than the longest message. */
    private static final int SEARCHED = 2048;
    /** So many messages upon each other are no accident. */
    private static final int CHAIN = 4;
    /** So many are enough where the segment ends inside the next. */
    private static final int BEFORE_A_PART = 2;

    private final Inspector inspector;

    BoundarySearch(Inspector inspector) {
        this.inspector = inspector;
    }

    /**
     * How many bytes lie before the first that can start a message; all of them if none can. A segment's first byte is
     * believed if nothing speaks against it, one too short to tell until the next proves it wrong; any other only if
     * messages follow upon each other to the segment's end.
     */
    int unread(Flow flow, boolean fromClient, MemorySegment bytes, long at, int length) {
        int size = inspector.plausible(flow, fromClient, bytes, at, length);
        boolean broken = size > 0 && size < length
                && inspector.plausible(flow, fromClient, bytes, at + size, length - size) < 0;
        if (size >= 0 && !broken) {
            return 0;
        }
        int last = Math.min(length, SEARCHED);
        for (int i = 1; i < last; i++) {
            if (chained(flow, fromClient, bytes, at + i, length - i)) {
                return i;
            }
        }
        return broken ? 0 : length;
    }

    private boolean chained(Flow flow, boolean fromClient, MemorySegment bytes, long at, int length) {
        int position = 0;
        for (int messages = 0; messages < CHAIN; messages++) {
            int size = inspector.plausible(flow, fromClient, bytes, at + position, length - position);
            if (size <= 0 || size > length - position) {
                return size >= 0 && messages >= BEFORE_A_PART;
            }
            position += size;
            if (position == length) {
                return true;
            }
        }
        return true;
    }
}
