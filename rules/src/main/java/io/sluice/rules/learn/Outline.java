package io.sluice.rules.learn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A proposal in its parts, for those who show it otherwise than as a policy's text. In the order of that text.
 *
 * @param first when the first thing was seen, in nanoseconds since 1970-01-01T00:00Z
 * @param last when the last was
 */
public record Outline(long first, long last, List<Zone> zones, List<Asset> assets, List<Conduit> conduits) {
    public Outline {
        zones = List.copyOf(zones);
        assets = List.copyOf(assets);
        conduits = List.copyOf(conduits);
    }

    /**
     * A zone.
     *
     * @param told what tells which hosts are in it, in a few words
     */
    public record Zone(String name, String told) {}

    /** A host with the name that it gets. */
    public record Asset(String name, String address, String zone) {}

    /**
     * What may cross between two assets.
     *
     * @param service protocol and port; empty where its rules name theirs
     * @param channel what it demands of connections, as the policy states it; empty for nothing
     */
    public record Conduit(String name, String from, String to, String service, String channel, List<Rule> rules) {
        public Conduit {
            rules = List.copyOf(rules);
        }
    }

    /**
     * A rule, and where it comes from.
     *
     * @param keys from {@code do} on, as the policy states them
     * @param count how often it was seen
     * @param frames the first few
     * @param confidence in percent; negative where it has none
     * @param notes how its ranges were made, one phrase each
     * @param decide why a person has to decide about it; empty for what changes nothing
     * @param dormant it stands in the policy as a comment only
     */
    public record Rule(String id, Map<String, List<String>> keys, long count, long first, long last, List<Long> frames,
            int confidence, List<String> notes, Optional<String> decide, boolean dormant) {
        public Rule {
            keys = new LinkedHashMap<>(keys);
            frames = List.copyOf(frames);
            notes = List.copyOf(notes);
        }
    }

    /** Rules, those that stand as comments included. */
    public List<Rule> rules() {
        return conduits.stream().flatMap(c -> c.rules().stream()).toList();
    }
}
