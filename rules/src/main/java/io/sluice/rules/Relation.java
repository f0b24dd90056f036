package io.sluice.rules;

import io.sluice.rules.policy.Mode;
import io.sluice.rules.policy.OnDeny;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All conduits that match one pair of places, compiled: its inspected services, and what may pass uninspected.
 * Where no conduit matches, it has no conduits and its tables allow nothing.
 */
public final class Relation {
    private final List<Service> services;
    private final DecisionTable plain;
    private final OnDeny onDeny;
    private final ModeTimes mode;
    private final List<String> conduits;

    public Relation(List<Service> services, DecisionTable plain, OnDeny onDeny, ModeTimes mode, List<String> conduits) {
        this.services = List.copyOf(services);
        this.plain = plain;
        this.onDeny = onDeny;
        this.mode = mode;
        this.conduits = List.copyOf(conduits);
    }

    /** The inspected service on a destination port, or null: then {@link #plain} decides. */
    public @Nullable Service service(int transport, int port) {
        for (int i = 0; i < services.size(); i++) {
            Service s = services.get(i);
            if (s.port() == port && s.transport() == transport) {
                return s;
            }
        }
        return null;
    }

    public List<Service> services() {
        return services;
    }

    /** Decides facts in the words of {@link io.sluice.rules.policy.PlainVocabulary}. */
    public DecisionTable plain() {
        return plain;
    }

    /** For traffic that no rule names: that of the most specific conduit. */
    public OnDeny onDeny() {
        return onDeny;
    }

    /** The strictest mode of the matching conduits. */
    public Mode mode(long epochNanos) {
        return mode.at(epochNanos);
    }

    /** The same over time. */
    public ModeTimes modeTimes() {
        return mode;
    }

    /** Names of the matching conduits, most specific first; empty where none matches. */
    public List<String> conduits() {
        return conduits;
    }
}
