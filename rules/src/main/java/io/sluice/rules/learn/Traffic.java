package io.sluice.rules.learn;

import io.sluice.rules.learn.Observation.Outcome;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A conversation as a whole: its flows, what could not be read in them, and what its connections were like. */
final class Traffic implements Mergeable<Traffic> {
    /** More than there are reasons, traits or values of one. */
    private static final int MOST_WORDS = 1_024;

    private long observations;
    private final Span flows = new Span();
    private long answered;
    private long packets;
    private long octets;
    private long requests;
    private long answers;
    private final TreeMap<String, Span> unreadable = new TreeMap<>();
    private final TreeMap<Integer, TreeSet<Integer>> traits = new TreeMap<>();

    void flowed(Observation.Flowed flow) {
        observations++;
        flows.add(flow.at(), flow.lastNanos());
        answered += flow.answered() ? 1 : 0;
        packets += flow.packets();
        octets += flow.octets();
    }

    void asked(Observation.Asked asked) {
        observations++;
        requests++;
        answers += asked.outcome() == Outcome.ANSWERED || asked.outcome() == Outcome.REFUSED ? 1 : 0;
        asked.traits().forEach((number, value) -> traits.computeIfAbsent(number, _ -> new TreeSet<>()).add(value));
    }

    /** Why a message is unreadable is one of a closed set of words. */
    void unreadable(Observation.Unreadable message) {
        observations++;
        unreadable.computeIfAbsent(message.why(), _ -> new Span()).add(message.at());
    }

    @Override
    public void merge(Traffic other) {
        observations += other.observations;
        flows.merge(other.flows);
        answered += other.answered;
        packets += other.packets;
        octets += other.octets;
        requests += other.requests;
        answers += other.answers;
        other.unreadable.forEach((why, span) -> unreadable.computeIfAbsent(why, _ -> new Span()).merge(span));
        other.traits.forEach((n, values) -> traits.computeIfAbsent(n, _ -> new TreeSet<>()).addAll(values));
    }

    @Override
    public long count() {
        return observations;
    }

    Span flows() {
        return flows;
    }

    /** Flows whose server answered. */
    long answered() {
        return answered;
    }

    long packets() {
        return packets;
    }

    long octets() {
        return octets;
    }

    long requests() {
        return requests;
    }

    /** Requests that were answered or refused. */
    long answers() {
        return answers;
    }

    Map<String, Span> unreadable() {
        return unreadable;
    }

    /** The values that each trait had. */
    Map<Integer, Set<Integer>> traits() {
        return new TreeMap<>(traits);
    }

    @Override
    public void write(Keep out) throws IOException {
        out.number(observations);
        flows.write(out);
        out.number(answered).number(packets).number(octets).number(requests).number(answers);
        out.all(unreadable.entrySet(), (o, e) -> {
            o.text(e.getKey());
            e.getValue().write(o);
        });
        out.all(traits.entrySet(), (o, e) -> o.number(e.getKey()).all(e.getValue(), (p, value) -> p.number(value)));
    }

    @Override
    public void read(Kept in) throws IOException {
        observations = in.sum();
        flows.read(in);
        answered = in.sum();
        packets = in.sum();
        octets = in.sum();
        requests = in.sum();
        answers = in.sum();
        for (int i = in.size(MOST_WORDS); i > 0; i--) {
            unreadable.computeIfAbsent(in.text(), _ -> new Span()).read(in);
        }
        for (int i = in.size(MOST_WORDS); i > 0; i--) {
            TreeSet<Integer> values = traits.computeIfAbsent(in.integer(), _ -> new TreeSet<>());
            for (int n = in.size(MOST_WORDS); n > 0; n--) {
                values.add(in.integer());
            }
        }
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof Traffic t && observations == t.observations && flows.equals(t.flows)
                && answered == t.answered && packets == t.packets && octets == t.octets && requests == t.requests
                && answers == t.answers && unreadable.equals(t.unreadable) && traits.equals(t.traits);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(observations) + flows.hashCode();
    }
}
