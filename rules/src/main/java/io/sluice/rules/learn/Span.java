package io.sluice.rules.learn;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How often, from when to when, and the first few frames. */
final class Span {
    /** Frames that are kept as examples. */
    static final int EXAMPLES = 3;

    private long count;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private final TreeSet<Moment> examples = new TreeSet<>();

    void add(Moment at) {
        add(at, at.nanos());
    }

    void add(Moment at, long until) {
        count++;
        first = Math.min(first, at.nanos());
        last = Math.max(last, until);
        example(at);
    }

    private void example(Moment at) {
        if (examples.size() < EXAMPLES || at.compareTo(examples.last()) < 0) {
            examples.add(at);
            if (examples.size() > EXAMPLES) {
                examples.pollLast();
            }
        }
    }

    void merge(Span other) {
        count += other.count;
        first = Math.min(first, other.first);
        last = Math.max(last, other.last);
        other.examples.forEach(this::example);
    }

    long count() {
        return count;
    }

    long first() {
        return first;
    }

    long last() {
        return last;
    }

    List<Long> frames() {
        return new ArrayList<>(examples.stream().map(Moment::frame).toList());
    }

    void write(Keep out) throws IOException {
        out.number(count).number(first).number(last).all(examples, Keep::moment);
    }

    void read(Kept in) throws IOException {
        count = in.sum();
        first = in.number();
        last = in.number();
        for (int i = in.size(EXAMPLES); i > 0; i--) {
            examples.add(in.moment());
        }
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof Span other && count == other.count && first == other.first && last == other.last
                && examples.equals(other.examples);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(count) + examples.hashCode();
    }
}
