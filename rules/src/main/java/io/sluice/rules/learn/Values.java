package io.sluice.rules.learn;

import java.io.IOException;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What was written to one item and not refused: smallest and largest number, and a few texts. */
final class Values implements Mergeable<Values> {
    private final int mostTexts;
    private long count;
    private long low = Long.MAX_VALUE;
    private long high = Long.MIN_VALUE;
    private final TreeSet<String> texts = new TreeSet<>();
    private boolean moreTexts;
    private final Said said = new Said();

    Values(int mostTexts) {
        this.mostTexts = mostTexts;
    }

    void add(Moment at, String does) {
        count++;
        if (!does.isEmpty()) {
            said.add(at, does);
        }
    }

    void number(long value) {
        low = Math.min(low, value);
        high = Math.max(high, value);
    }

    void text(String text) {
        texts.add(text);
        if (texts.size() > mostTexts) {
            texts.pollLast();
            moreTexts = true;
        }
    }

    @Override
    public void merge(Values other) {
        count += other.count;
        low = Math.min(low, other.low);
        high = Math.max(high, other.high);
        moreTexts |= other.moreTexts;
        other.texts.forEach(this::text);
        said.merge(other.said);
    }

    @Override
    public long count() {
        return count;
    }

    boolean hasNumbers() {
        return low <= high;
    }

    long low() {
        return low;
    }

    long high() {
        return high;
    }

    SortedSet<String> texts() {
        return new TreeSet<>(texts);
    }

    /** There were more texts than are here. */
    boolean moreTexts() {
        return moreTexts;
    }

    /** The first write of it in words; empty where it was never the first item of its message. */
    String does() {
        return said.text();
    }

    @Override
    public void write(Keep out) throws IOException {
        out.number(count).number(low).number(high).all(texts, Keep::text).flag(moreTexts);
        said.write(out);
    }

    @Override
    public void read(Kept in) throws IOException {
        count = in.sum();
        low = in.number();
        high = in.number();
        for (int i = in.size(mostTexts); i > 0; i--) {
            texts.add(in.text());
        }
        moreTexts = in.flag();
        said.read(in);
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof Values v && count == v.count && low == v.low && high == v.high
                && moreTexts == v.moreTexts && texts.equals(v.texts) && said.equals(v.said);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(count) + texts.hashCode();
    }
}
