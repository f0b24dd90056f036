package io.sluice.engine;

/** Ranges of one direction that were refused and not forwarded: they must not slip through when they are sent again. */
final class RemovedRanges {
    static final int MOST = 64;
    private static final int[] NONE = {};

    private int[] from = NONE;
    private int[] to = NONE;
    private int count;

    int count() {
        return count;
    }

    int from(int i) {
        return from[i];
    }

    int to(int i) {
        return to[i];
    }

    void clear() {
        count = 0;
    }

    /**
     * Remembers a range that follows those remembered so far, and forgets those that end at {@code base} or before.
     *
     * @return false when there are too many
     */
    boolean add(int start, int end, int base) {
        while (count > 0 && to[0] - base <= 0) {
            count--;
            System.arraycopy(from, 1, from, 0, count);
            System.arraycopy(to, 1, to, 0, count);
        }
        if (count > 0 && to[count - 1] == start) {
            to[count - 1] = end;
            return true;
        }
        if (count == MOST) {
            return false;
        }
        if (from.length == 0) {
            from = new int[MOST];
            to = new int[MOST];
        }
        from[count] = start;
        to[count++] = end;
        return true;
    }
}
