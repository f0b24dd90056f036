package io.sluice.rules.learn;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How many messages in which second: of all seconds, or, where there are too many, of those of lowest rank, which are a
 * fair sample and the same however the messages were split.
 */
final class Seconds {
    private final int most;
    private final Map<Long, Integer> counts = new HashMap<>();
    private final PriorityQueue<Long> highestFirst = new PriorityQueue<>(
            (a, b) -> Long.compareUnsigned(rank(b), rank(a)));
    private boolean sampled;

    Seconds(int most) {
        this.most = most;
    }

    private static long rank(long second) {
        return Ranked.mix(7, second);
    }

    void add(long second, int messages) {
        if (counts.computeIfPresent(second, (_, n) -> n + messages) != null) {
            return;
        }
        if (counts.size() == most) {
            sampled = true;
            if (Long.compareUnsigned(rank(second), rank(highestFirst.element())) > 0) {
                return;
            }
            counts.remove(highestFirst.remove());
        }
        counts.put(second, messages);
        highestFirst.add(second);
    }

    void merge(Seconds other) {
        other.counts.forEach(this::add);
        sampled |= other.sampled;
    }

    /** Messages by second, in order. */
    TreeMap<Long, Integer> byTime() {
        return new TreeMap<>(counts);
    }

    List<Long> seconds() {
        return List.copyOf(counts.keySet());
    }

    /** There were more seconds than are here. */
    boolean sampled() {
        return sampled;
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof Seconds other && sampled == other.sampled && counts.equals(other.counts);
    }

    @Override
    public int hashCode() {
        return counts.hashCode();
    }
}
