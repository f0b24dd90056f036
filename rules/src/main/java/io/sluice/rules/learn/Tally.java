package io.sluice.rules.learn;

import io.sluice.rules.learn.Observation.Outcome;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How often one shape was asked for, and what came of it. */
final class Tally implements Mergeable<Tally> {
    private final Span span = new Span();
    private final Said said = new Said();
    private long refused;
    private long unanswered;
    private long forbidden;

    void add(Moment at, Outcome outcome, String does) {
        span.add(at);
        refused += outcome == Outcome.REFUSED ? 1 : 0;
        unanswered += outcome == Outcome.UNANSWERED ? 1 : 0;
        forbidden += outcome == Outcome.FORBIDDEN ? 1 : 0;
        said.add(at, does);
    }

    @Override
    public void merge(Tally other) {
        span.merge(other.span);
        said.merge(other.said);
        refused += other.refused;
        unanswered += other.unanswered;
        forbidden += other.forbidden;
    }

    @Override
    public long count() {
        return span.count();
    }

    Span span() {
        return span;
    }

    long refused() {
        return refused;
    }

    long unanswered() {
        return unanswered;
    }

    long forbidden() {
        return forbidden;
    }

    /** The first request of it in words. */
    String does() {
        return said.text();
    }

    @Override
    public void write(Keep out) throws IOException {
        span.write(out);
        said.write(out);
        out.number(refused).number(unanswered).number(forbidden);
    }

    @Override
    public void read(Kept in) throws IOException {
        span.read(in);
        said.read(in);
        refused = in.sum();
        unanswered = in.sum();
        forbidden = in.sum();
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof Tally t && span.equals(t.span) && said.equals(t.said) && refused == t.refused
                && unanswered == t.unanswered && forbidden == t.forbidden;
    }

    @Override
    public int hashCode() {
        return span.hashCode();
    }
}
