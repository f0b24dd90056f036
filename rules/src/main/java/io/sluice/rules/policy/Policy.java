package io.sluice.rules.policy;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * A policy as written and understood, before compilation. Maps keep the order of the file.
 *
 * @param timezone where the dates of the policy are days; UTC unless stated
 */
public record Policy(String name, Mode mode, WhenUnsure whenUnsure, ZoneId timezone, Map<String, Zone> zones,
        Map<String, Asset> assets, Map<String, Window> windows, Map<String, Conduit> conduits,
        Map<String, SessionRule> sessions, List<Expectation> expectations) {
    public Policy {
        expectations = List.copyOf(expectations);
    }

    /** One that offers no jump sessions. */
    public Policy(String name, Mode mode, WhenUnsure whenUnsure, ZoneId timezone, Map<String, Zone> zones,
            Map<String, Asset> assets, Map<String, Window> windows, Map<String, Conduit> conduits,
            List<Expectation> expectations) {
        this(name, mode, whenUnsure, timezone, zones, assets, windows, conduits, Map.of(), expectations);
    }
}
