package io.sluice.rules.learn;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One thing that was seen. */
public sealed interface Observation {
    Moment at();

    /** What became of a request. */
    enum Outcome {
        ANSWERED,
        /** By the server. */
        REFUSED,
        UNANSWERED,
        /** By a firewall's policy. */
        FORBIDDEN
    }

    /**
     * A request.
     *
     * @param asks its spans
     * @param traits what the connection was like, by the trait's number: values for which policies have words
     */
    record Asked(Conversation conversation, Moment at, List<Ask> asks, Outcome outcome, Map<Integer, Integer> traits)
            implements
                Observation {
        public Asked {
            asks = List.copyOf(asks);
            traits = Map.copyOf(traits);
        }
    }

    /**
     * A span.
     *
     * @param does one item of it in the words of {@code expect}
     * @param written what it writes; null where it does not write
     */
    record Ask(Shape shape, String does, @Nullable Written written) {}

    /**
     * What a span writes.
     *
     * @param numbers one for each item of the shape, or all for its one item, in the form in which facts give them
     * @param texts for its one item
     */
    record Written(List<Long> numbers, List<String> texts) {
        public Written {
            numbers = List.copyOf(numbers);
            texts = List.copyOf(texts);
        }
    }

    /** A flow that is over. */
    record Flowed(Conversation conversation, Moment at, long lastNanos, boolean answered, long packets, long octets)
            implements
                Observation {}

    /** A host sends from somewhere; {@code port} is empty and {@code vlan} negative where that is not known. */
    record Sighted(Host host, Moment at, String port, int vlan) implements Observation {}

    /** A message of a client that cannot be a request of a policy, and why in a few words. */
    record Unreadable(Conversation conversation, Moment at, String why) implements Observation {}

    /** Traffic that is neither a flow nor a message, in the words of a report: {@code ethertype profinet}. */
    record Beside(Moment at, String what) implements Observation {}
}
