package io.sluice.rules.learn;

import java.io.IOException;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * How many messages in which second: of all seconds, or, where there are too many, of those of lowest rank, which are a
 * fair sample and the same however the messages were split.
 */
final class Seconds {
    private static final int SMALLEST = 8;

    private final int most;
    /** In the order of their ranks. */
    private long[] seconds = new long[SMALLEST];
    private int[] counts = new int[SMALLEST];
    private int size;
    private int latest;
    private boolean sampled;

    Seconds(int most) {
        this.most = most;
    }

    private static long rank(long second) {
        return Ranked.mix(7, second);
    }

    void add(long second, int messages) {
        if (latest < size && seconds[latest] == second) {
            counts[latest] += messages;
            return;
        }
        int at = find(rank(second));
        if (at < size && seconds[at] == second) {
            counts[at] += messages;
            latest = at;
            return;
        }
        if (size == most) {
            sampled = true;
            if (at == most) {
                return;
            }
            size--; // the one of highest rank goes
        }
        if (size == seconds.length) {
            seconds = Arrays.copyOf(seconds, 2 * size);
            counts = Arrays.copyOf(counts, 2 * size);
        }
        System.arraycopy(seconds, at, seconds, at + 1, size - at);
        System.arraycopy(counts, at, counts, at + 1, size - at);
        seconds[at] = second;
        counts[at] = messages;
        size++;
        latest = at;
    }

    /** The first that has this rank or a higher one. */
    private int find(long rank) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(rank(seconds[middle]), rank) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    void merge(Seconds other) {
        for (int i = 0; i < other.size; i++) {
            add(other.seconds[i], other.counts[i]);
        }
        sampled |= other.sampled;
    }

    /** Messages by second, in order. */
    SortedMap<Long, Integer> byTime() {
        TreeMap<Long, Integer> byTime = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            byTime.put(seconds[i], counts[i]);
        }
        return byTime;
    }

    LongStream seconds() {
        return Arrays.stream(seconds, 0, size);
    }

    /** There were more seconds than are here. */
    boolean sampled() {
        return sampled;
    }

    void write(Keep out) throws IOException {
        out.flag(sampled).number(size);
        for (int i = 0; i < size; i++) {
            out.number(seconds[i]).number(counts[i]);
        }
    }

    void read(Kept in) throws IOException {
        boolean more = in.flag();
        for (int i = in.size(most); i > 0; i--) {
            add(in.number(), (int) in.number(1, Integer.MAX_VALUE));
        }
        sampled = more;
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof Seconds other && sampled == other.sampled && size == other.size
                && Arrays.equals(seconds, 0, size, other.seconds, 0, size)
                && Arrays.equals(counts, 0, size, other.counts, 0, size);
    }

    @Override
    public int hashCode() {
        return size;
    }
}
