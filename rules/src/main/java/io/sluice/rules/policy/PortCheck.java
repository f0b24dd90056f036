package io.sluice.rules.policy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks that a port belongs to one zone, or each VLAN on it does. */
final class PortCheck {
    private static final BitSet ANY = new BitSet();

    static {
        ANY.set(0, ZoneReader.MAX_VLAN + 1);
    }

    private final Problems problems;
    private final Map<String, List<Owner>> owners = new HashMap<>();
    private final Map<String, BitSet> taken = new HashMap<>();

    PortCheck(Problems problems) {
        this.problems = problems;
    }

    private record Owner(Zone zone, BitSet vlans) {}

    void check(Collection<Zone> zones) {
        for (Zone zone : zones) {
            Owner owner = new Owner(zone, vlans(zone));
            zone.ports().forEach(port -> claim(port, owner));
        }
    }

    private void claim(String port, Owner owner) {
        BitSet before = taken.get(port);
        if (before == null) {
            taken.put(port, owner.vlans());
        } else {
            if (before.intersects(owner.vlans()) && !problems.full()) {
                report(port, owner);
            }
            BitSet both = (BitSet) before.clone();
            both.or(owner.vlans());
            taken.put(port, both);
        }
        owners.computeIfAbsent(port, _ -> new ArrayList<>()).add(owner);
    }

    private void report(String port, Owner owner) {
        String other = owners.getOrDefault(port, List.of()).stream().filter(o -> o.vlans().intersects(owner.vlans()))
                .map(o -> o.zone().name()).findFirst().orElse("");
        String name = owner.zone().name();
        problems.error(owner.zone().position(), other.equals(name)
                ? "zone `" + name + "` lists port `" + port + "` twice"
                : "port `" + port + "` of zone `" + name + "` is also a port of zone `" + other
                        + "`; give each its own port, or each its own `vlan`");
    }

    private static BitSet vlans(Zone zone) {
        if (zone.vlans().isEmpty()) {
            return ANY;
        }
        BitSet vlans = new BitSet();
        zone.vlans().forEach(vlans::set);
        return vlans;
    }
}
