package io.sluice.rules.learn;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sums by key, at most so many keys: those of lowest rank. One that is among the lowest of all is among the lowest of
 * every part, from its first observation on, so its sum is whole however the observations were split; and one that once
 * had to go never comes back. What is not in the sums is counted.
 */
final class Bounded<K extends Ranked, V extends Mergeable<V>> {
    private final int most;
    private final Supplier<V> zero;
    private final Map<K, V> kept = new HashMap<>();
    private final PriorityQueue<K> highestFirst = new PriorityQueue<>(
            Comparator.<K>comparingLong(Ranked::rank).thenComparing(Object::toString).reversed());
    private long total;

    Bounded(int most, Supplier<V> zero) {
        this.most = most;
        this.zero = zero;
    }

    /** The sum that one more observation of a key is to be added to; null where the key has no place. */
    @Nullable
    V observed(K key) {
        total++;
        return place(key);
    }

    private @Nullable V place(K key) {
        V sum = kept.get(key);
        if (sum != null) {
            return sum;
        }
        if (kept.size() == most) {
            K highest = highestFirst.element();
            if (highestFirst.comparator().compare(key, highest) < 0) {
                return null;
            }
            kept.remove(highestFirst.remove());
        }
        V fresh = zero.get();
        kept.put(key, fresh);
        highestFirst.add(key);
        return fresh;
    }

    void merge(Bounded<K, V> other) {
        total += other.total;
        other.kept.forEach((key, sum) -> {
            V mine = place(key);
            if (mine != null) {
                mine.merge(sum);
            }
        });
    }

    void write(Keep out, Comparator<K> order, Keep.Writer<K> writer) throws IOException {
        out.number(total).all(keys(order), (o, key) -> {
            writer.write(o, key);
            Objects.requireNonNull(kept.get(key)).write(o);
        });
    }

    /** Takes over what was written; this must be empty. */
    void read(Kept in, Kept.Reader<K> reader) throws IOException {
        total = in.sum();
        for (int i = in.size(most); i > 0; i--) {
            V sum = place(reader.read(in));
            if (sum == null || sum.count() > 0) {
                throw new IOException("it names one thing twice");
            }
            sum.read(in);
        }
    }

    @Nullable
    V find(K key) {
        return kept.get(key);
    }

    /** The keys in an order of their own choosing. */
    List<K> keys(Comparator<K> order) {
        return kept.keySet().stream().sorted(order).toList();
    }

    /** Observations that are in no sum. */
    long lost() {
        return total - kept.values().stream().mapToLong(Mergeable::count).sum();
    }

    int size() {
        return kept.size();
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof Bounded<?, ?> other && total == other.total && kept.equals(other.kept);
    }

    @Override
    public int hashCode() {
        return kept.hashCode();
    }
}
