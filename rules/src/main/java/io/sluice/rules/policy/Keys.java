package io.sluice.rules.policy;

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
record Keys(String section, List<String> known, Map<String, String> notYet, Map<String, String> removed) {
    /** Without such a key the rule would mean more than was written, so the advice is never to leave out the key alone. */
    private static final String LATER_RULE = "leave the rule out until OPC UA is";
    private static final String LATER_CONDUIT = "leave the conduit out until OPC UA is";

    static final Keys POLICY = new Keys("policy",
            List.of("policy", "mode", "timezone", "when_unsure", "zones", "assets", "windows", "conduits", "expect"),
            Map.of("sessions", "leave it out until jump sessions are"), Map.of());
    static final Keys WHEN_UNSURE = of("when_unsure", "malformed", "opaque", "midstream", "overload");
    static final Keys ZONE = of("zone", "ports", "vlan", "networks", "broker");
    static final Keys ASSET = of("asset", "zone", "address", "mac", "certificate");
    static final Keys WINDOW = of("window", "days", "hours", "timezone");
    static final Keys CONDUIT = new Keys("conduit",
            List.of("from", "to", "protocol", "on_deny", "mode", "allow", "deny"), Map.of("channel", LATER_CONDUIT),
            Map.of());
    static final Keys SERVICE = of("service", "port", "transport");
    static final Keys RULE = new Keys("rule", List.of("id", "do", "rate", "window", "because"),
            Map.of("node", LATER_RULE, "attribute", LATER_RULE, "object", LATER_RULE, "method", LATER_RULE), Map.of());
    static final Keys EXPECT = of("expect", "from", "to", "does", "then", "protocol");

    /** Sections with keys of their own. */
    static final List<Keys> ALL = List.of(POLICY, WHEN_UNSURE, ZONE, ASSET, WINDOW, CONDUIT, SERVICE, RULE, EXPECT);

    /** Protocols that are part of the language but not built yet, and what to do about it. */
    static final Map<String, String> PROTOCOLS_NOT_YET = Map.of("opcua", LATER_CONDUIT);

    private static Keys of(String section, String... known) {
        return new Keys(section, List.of(known), Map.of(), Map.of());
    }

    /** The same with more known keys. */
    Keys with(Collection<String> more) {
        List<String> both = new ArrayList<>(known);
        both.addAll(more);
        return new Keys(section, List.copyOf(both), notYet, removed);
    }
}
