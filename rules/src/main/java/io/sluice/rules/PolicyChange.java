package io.sluice.rules;

import io.sluice.dissect.Protocol;
import io.sluice.dissect.Protocols;
import io.sluice.dissect.Renumbering;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One policy in place of another, and what became of the numbers of the old one, found by texts: rules by conduit and
 * id, zones by name, names as {@link Renumbering} does. Made aside, since it looks at every rule; immutable, shared by
 * workers.
 */
public final class PolicyChange {
    private final CompiledPolicy before;
    private final CompiledPolicy after;
    private final int[] rules;
    private final int[] zones;
    private final Map<Protocol, Renumbering> names = new HashMap<>();

    private record Id(String conduit, String rule) {}

    private PolicyChange(CompiledPolicy before, CompiledPolicy after, int[] rules, int[] zones) {
        this.before = before;
        this.after = after;
        this.rules = rules;
        this.zones = zones;
    }

    public static PolicyChange between(CompiledPolicy before, CompiledPolicy after) {
        PolicyChange change = new PolicyChange(before, after, rules(before, after), zones(before, after));
        for (Protocol protocol : Protocols.ALL) {
            change.names.put(protocol,
                    Renumbering.between(before.names(protocol), after.names(protocol), change.rules));
        }
        return change;
    }

    private static int[] rules(CompiledPolicy before, CompiledPolicy after) {
        Map<Id, Integer> numbers = new HashMap<>();
        List<RuleInfo> all = after.rules();
        for (int n = 0; n < all.size(); n++) {
            numbers.put(new Id(all.get(n).conduit(), all.get(n).id()), n);
        }
        return before.rules().stream()
                .mapToInt(r -> numbers.getOrDefault(new Id(r.conduit(), r.id()), Verdict.DEFAULT)).toArray();
    }

    private static int[] zones(CompiledPolicy before, CompiledPolicy after) {
        int[] zones = new int[before.places()];
        Arrays.setAll(zones, place -> after.zoneNamed(before.nameOf(before.zone(place))));
        return zones;
    }

    /** This change and then the next as one. */
    public PolicyChange then(PolicyChange next) {
        PolicyChange both = new PolicyChange(before, next.after, Renumbering.through(rules, next.rules),
                Renumbering.through(zones, next.zones));
        names.forEach((protocol, change) -> both.names.put(protocol, change.then(next.renumbering(protocol))));
        return both;
    }

    public CompiledPolicy before() {
        return before;
    }

    public CompiledPolicy after() {
        return after;
    }

    /** The number of a rule now; {@link Verdict#DEFAULT} where it is gone, and for none. */
    public int rule(int number) {
        return number >= 0 && number < rules.length ? rules[number] : Verdict.DEFAULT;
    }

    /** The zone of this place by its name now; {@link CompiledPolicy#NOWHERE} where it is gone. */
    public int zone(int place) {
        return place >= 0 && place < zones.length ? zones[place] : CompiledPolicy.NOWHERE;
    }

    /** For what sessions of a protocol remember. */
    public Renumbering renumbering(Protocol protocol) {
        Renumbering change = names.get(protocol);
        if (change == null) {
            throw new IllegalArgumentException("not a known protocol: " + protocol.name());
        }
        return change;
    }
}
