package io.sluice.rules.policy;

import java.util.Map;

/** Checks session rules against the conduits that they use. */
final class SessionCheck {
    private final Problems problems;
    private final Map<String, Zone> zones;
    private final Map<String, Conduit> conduits;

    SessionCheck(Problems problems, Map<String, Zone> zones, Map<String, Conduit> conduits) {
        this.problems = problems;
        this.zones = zones;
        this.conduits = conduits;
    }

    void check(SessionRule rule) {
        for (String name : rule.use()) {
            Conduit conduit = conduits.get(name);
            if (conduit != null) {
                check(rule, conduit);
            }
        }
    }

    private void check(SessionRule rule, Conduit conduit) {
        Zone zone = zones.get(conduit.from());
        String subject = "session `" + rule.name() + "` uses conduit `" + conduit.name() + "`, which ";
        if (zone == null || !zone.broker()) {
            problems.error(rule.position(), subject + "comes from `" + conduit.from()
                    + "`; sessions come from a zone with `broker: true`");
        } else if (conduit.service().isEmpty()) {
            problems.error(rule.position(), subject + "has no `protocol`; sessions without one are not yet supported,"
                    + " so name the protocol that is spoken");
        } else if (conduit.service().get().transport() != Conduit.Transport.TCP) {
            problems.error(rule.position(), subject + "speaks over UDP; sessions carry TCP only");
        }
    }
}
