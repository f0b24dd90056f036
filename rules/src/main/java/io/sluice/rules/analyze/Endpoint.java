package io.sluice.rules.analyze;

import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.policy.Asset;
import io.sluice.rules.policy.Network;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.Zone;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Addresses in one zone that are one place in each of two policies: those of an asset, or all others.
 *
 * @param zone the zone's name, in the second policy where it is there
 * @param name of the asset, or of the zone for all others
 * @param before the place in the first policy; {@link CompiledPolicy#NOWHERE} where such addresses are not believed
 * @param after the same in the second
 */
record Endpoint(String zone, String name, int before, int after) {
    /** All other addresses of a zone. */
    boolean isRest() {
        return zone.equals(name);
    }

    /** Whether such addresses are believed here by both policies. */
    boolean isInBoth() {
        return before != CompiledPolicy.NOWHERE && after != CompiledPolicy.NOWHERE;
    }

    /** What the second policy calls the place; where it knows none, the first. */
    String placeName(Version old, Version now) {
        return after == CompiledPolicy.NOWHERE ? old.compiled().nameOf(before) : now.compiled().nameOf(after);
    }

    /** A zone, by its place in each policy. */
    private record ZonePair(String name, int before, int after) {}

    /**
     * All places of two policies. Zones are the same if they have the same name or, failing that, the same ports;
     * assets if they have the same address. Assets of which no conduit speaks are not told from the rest of their zone.
     */
    static List<Endpoint> of(Version before, Version after) {
        List<Endpoint> endpoints = new ArrayList<>();
        Map<Network, Network> addresses = new LinkedHashMap<>();
        addresses(after, addresses);
        addresses(before, addresses);
        for (ZonePair zone : zones(before, after)) {
            Set<List<Integer>> seen = new HashSet<>();
            seen.add(List.of(zone.before, zone.after));
            endpoints.add(new Endpoint(zone.name, zone.name, zone.before, zone.after));
            for (Network address : addresses.values()) {
                int placeBefore = place(before.compiled(), zone.before, address);
                int placeAfter = place(after.compiled(), zone.after, address);
                boolean somewhere = placeBefore != CompiledPolicy.NOWHERE || placeAfter != CompiledPolicy.NOWHERE;
                if (somewhere && seen.add(List.of(placeBefore, placeAfter))) {
                    String name = name(before, after, placeBefore, placeAfter, address);
                    endpoints.add(new Endpoint(zone.name, name, placeBefore, placeAfter));
                }
            }
        }
        return endpoints;
    }

    /** The asset's name; with its address where that is the asset's in one of the policies only. */
    private static String name(Version before, Version after, int placeBefore, int placeAfter, Network address) {
        Optional<String> old = assetName(before.compiled(), placeBefore);
        Optional<String> now = assetName(after.compiled(), placeAfter);
        if (old.isEmpty() && now.isEmpty()) {
            return address.text();
        }
        String name = now.or(() -> old).get();
        boolean inBoth = before.policy().assets().containsKey(name) && after.policy().assets().containsKey(name);
        return inBoth && !old.equals(now) ? name + " (" + address.text() + ")" : name;
    }

    private static Optional<String> assetName(CompiledPolicy policy, int place) {
        return policy.zone(place) == place ? Optional.empty() : Optional.of(policy.nameOf(place));
    }

    /** Addresses of assets that may differ from the rest of their zone. */
    private static void addresses(Version version, Map<Network, Network> addresses) {
        Policy policy = version.policy();
        Set<String> named = new HashSet<>();
        boolean pinned = policy.conduits().values().stream()
                .anyMatch(c -> c.channel().stream().anyMatch(r -> r.numbers().isEmpty() && r.names().isEmpty()));
        policy.conduits().values().forEach(c -> named.addAll(List.of(c.from(), c.to())));
        for (Asset asset : policy.assets().values()) {
            if (pinned || named.contains(asset.name())) {
                asset.addresses()
                        .forEach(a -> addresses.putIfAbsent(new Network(a.high(), a.low(), a.prefix(), ""), a));
            }
        }
    }

    private static List<ZonePair> zones(Version before, Version after) {
        List<ZonePair> pairs = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (Zone zone : after.policy().zones().values()) {
            Optional<Zone> same = Optional.ofNullable(before.policy().zones().get(zone.name()))
                    .or(() -> before.policy().zones().values().stream()
                            .filter(z -> !after.policy().zones().containsKey(z.name()) && isSame(z, zone)).findFirst());
            same.ifPresent(z -> taken.add(z.name()));
            pairs.add(new ZonePair(zone.name(),
                    same.map(z -> before.compiled().zoneNamed(z.name())).orElse(CompiledPolicy.NOWHERE),
                    after.compiled().zoneNamed(zone.name())));
        }
        before.policy().zones().values().stream().filter(z -> !taken.contains(z.name())).forEach(z -> pairs
                .add(new ZonePair(z.name(), before.compiled().zoneNamed(z.name()), CompiledPolicy.NOWHERE)));
        return pairs;
    }

    static boolean isSame(Zone zone, Zone other) {
        return Set.copyOf(zone.ports()).equals(Set.copyOf(other.ports()))
                && Set.copyOf(zone.vlans()).equals(Set.copyOf(other.vlans())) && zone.broker() == other.broker();
    }

    /** The place of an address in a zone; nowhere, where it belongs to an asset of another zone. */
    private static int place(CompiledPolicy policy, int zone, Network address) {
        int anywhere = policy.place(address.high(), address.low());
        boolean elsewhere = policy.zone(anywhere) != anywhere && policy.zone(anywhere) != zone;
        return zone == CompiledPolicy.NOWHERE || elsewhere
                ? CompiledPolicy.NOWHERE
                : policy.placeIn(zone, address.high(), address.low());
    }
}
