package io.sluice.rules.policy;

import java.util.Map;

/** Checks conduits against the places they join. */
final class ConduitCheck {
    private final Problems problems;
    private final Map<String, Zone> zones;
    private final Names names;

    ConduitCheck(Problems problems, Map<String, Zone> zones, Names names) {
        this.problems = problems;
        this.zones = zones;
        this.names = names;
    }

    void check(Conduit conduit) {
        if (isBroker(conduit.to())) {
            problems.error(conduit.position(), "conduit `" + conduit.name() + "` leads to zone `" + conduit.to()
                    + "`, where only jump sessions live; nothing can connect to them");
        }
        if (isBroker(conduit.from()) && conduit.mode().filter(m -> m.mode() != Mode.ENFORCE).isPresent()) {
            problems.error(conduit.position(), "conduit `" + conduit.name() + "` comes from zone `" + conduit.from()
                    + "`; jump sessions are always enforced, so leave `mode` out");
        }
        if (names.isAsset(conduit.from()) || names.isAsset(conduit.to())) {
            conduit.rules().forEach(rule -> noEthertype(rule, conduit));
        }
    }

    /** Frames other than IP have no address that would lead to an asset. */
    private void noEthertype(Rule rule, Conduit conduit) {
        boolean frames = conduit.service().isEmpty()
                && rule.acts().stream().anyMatch(act -> act.operation().number() == PlainVocabulary.ETHERTYPE);
        if (frames) {
            problems.error(rule.position(), "`ethertype` rules are from zone to zone: such frames have no address that"
                    + " would lead to an asset; move `" + rule.id() + "` to a conduit between the zones");
        }
    }

    private boolean isBroker(String place) {
        Zone zone = zones.get(place);
        return zone != null && zone.broker();
    }
}
