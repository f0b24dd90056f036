package io.sluice.manage.jump;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a session is to be: as asked for, and then as narrowed by each approval.
 *
 * @param rules by conduit, what may be done: a YAML list of allows, written out so that a later policy never widens it
 * @param start not before; null: at approval
 * @param duration null: the longest
 */
public record Offer(List<Target> targets, Access access, Map<String, String> rules, @Nullable Instant start,
        @Nullable Duration duration) {
    public Offer {
        targets = List.copyOf(targets);
        rules = Map.copyOf(rules);
    }

    /** What may be done by a conduit; nothing where it is none of this session's. */
    public String rules(String conduit) {
        return rules.getOrDefault(conduit, "");
    }
}
