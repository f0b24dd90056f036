package io.sluice.rules.learn;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** When the messages of one family came. A message with several spans of a family is one. */
final class Activity implements Mergeable<Activity> {
    private final Span span = new Span();
    private final Seconds seconds;

    Activity(int mostSeconds) {
        seconds = new Seconds(mostSeconds);
    }

    void add(Moment at) {
        span.add(at);
        seconds.add(at.second(), 1);
    }

    @Override
    public void merge(Activity other) {
        span.merge(other.span);
        seconds.merge(other.seconds);
    }

    @Override
    public long count() {
        return span.count();
    }

    Span span() {
        return span;
    }

    Seconds seconds() {
        return seconds;
    }

    @Override
    public void write(Keep out) throws IOException {
        span.write(out);
        seconds.write(out);
    }

    @Override
    public void read(Kept in) throws IOException {
        span.read(in);
        seconds.read(in);
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof Activity a && span.equals(a.span) && seconds.equals(a.seconds);
    }

    @Override
    public int hashCode() {
        return span.hashCode();
    }
}
