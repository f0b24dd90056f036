package io.sluice.rules.policy;

import io.sluice.dissect.Vocabulary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Every key of the language, in one place: the readers, the published schema and the documentation are compared with
 * these lists. A rule may also have the fields of its conduit's vocabulary.
 *
 * @param section what the map is called, in sentences and in the schema's definitions
 * @param known keys that are read, in the order in which people write them
 * @param notYet keys that are part of the language but not built yet, and what to do about it
 * @param removed keys of earlier versions, and what to write instead
 */
public record Keys(String section, List<String> known, Map<String, String> notYet, Map<String, String> removed) {
    static final Keys POLICY = new Keys("policy",
            List.of("policy", "mode", "timezone", "when_unsure", "zones", "assets", "windows", "conduits",
                    "sessions", "expect"),
            Map.of(), Map.of());
    static final Keys WHEN_UNSURE = of("when_unsure", "malformed", "opaque", "midstream", "overload");
    static final Keys ZONE = of("zone", "ports", "vlan", "networks", "broker");
    static final Keys ASSET = of("asset", "zone", "address", "mac", "certificate");
    static final Keys WINDOW = of("window", "days", "hours", "timezone");
    static final Keys CONDUIT = of("conduit", "from", "to", "protocol", "on_deny", "mode", "channel",
            "allow", "deny");
    static final Keys SERVICE = of("service", "port", "transport");
    static final Keys RULE = of("rule", "id", "do", "rate", "window", "because");
    static final Keys SESSION = new Keys("session", List.of("who", "use", "approve", "limit", "record"),
            Map.of("hold", "narrow what is approved until single operations can wait for a second person",
                    "anomaly", "leave it out until sessions are compared with recordings"),
            Map.of());
    static final Keys WHO = new Keys("who", List.of("group", "mfa", "networks"),
            Map.of("device", "demand `networks` until devices can be enrolled"), Map.of());
    static final Keys APPROVE = of("approve", "by", "count", "within", "window");
    static final Keys LIMIT = of("limit", "window", "duration", "idle");
    static final Keys EXPECT = of("expect", "from", "to", "does", "then", "protocol");

    /** Sections with keys of their own. */
    static final List<Keys> ALL = List.of(POLICY, WHEN_UNSURE, ZONE, ASSET, WINDOW, CONDUIT, SERVICE, RULE, SESSION,
            WHO, APPROVE, LIMIT, EXPECT);

    /** What a conduit in these words may demand of connections. */
    static Keys channel(Vocabulary vocabulary) {
        return new Keys("channel", vocabulary.traits().stream().map(Vocabulary.Trait::key).toList(), Map.of(),
                Map.of());
    }

    /** A section in which nothing is missing. */
    public static Keys of(String section, String... known) {
        return new Keys(section, List.of(known), Map.of(), Map.of());
    }

    /** The same with more known keys. */
    Keys with(Collection<String> more) {
        List<String> both = new ArrayList<>(known);
        both.addAll(more);
        return new Keys(section, List.copyOf(both), notYet, removed);
    }
}
