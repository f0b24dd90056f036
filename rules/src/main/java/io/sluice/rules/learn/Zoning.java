package io.sluice.rules.learn;

import io.sluice.rules.policy.Network;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Zones and assets. A zone is what was given; else, if every host sends from one port and there are several, a port; else
 * a VLAN likewise; else a subnet. All but ports and given networks are split by who serves.
 */
final class Zoning {
    /**
     * A zone.
     *
     * @param keys as the policy states them
     */
    record Zone(String name, Map<String, String> keys, String comment) {}

    /** A host and its place. */
    record Asset(String name, String zone, Host host, String comment) {}

    private static final int IPV4_BITS = 96;

    private final ProposalOptions options;
    private final Observations seen;
    private final Map<Host, TreeSet<String>> roles = new TreeMap<>();
    private final Set<Host> servers = new HashSet<>();
    private final Map<String, Zone> zones = new TreeMap<>();
    private final Map<Host, Asset> assets = new LinkedHashMap<>();

    /** @param used conversations for which there is a rule */
    Zoning(Observations seen, ProposalOptions options, Collection<Conversation> used) {
        this.options = options;
        this.seen = seen;
        for (Conversation c : used) {
            roles.computeIfAbsent(c.client(), _ -> new TreeSet<>());
            roles.computeIfAbsent(c.server(), _ -> new TreeSet<>()).add(c.protocol());
            servers.add(c.server());
        }
        boolean byPort = tells(host -> site(host).map(Site::port).filter(p -> !p.isEmpty()));
        boolean byVlan = !byPort && tells(host -> site(host).map(Site::vlan).filter(v -> v > 0).map(v -> "" + v));
        Set<String> taken = new HashSet<>(options.zones().keySet());
        Map<Host, Zone> placed = new LinkedHashMap<>();
        for (Host host : roles.keySet()) {
            Zone zone = given(host).orElseGet(() -> byPort ? port(host) : byVlan ? vlan(host) : subnet(host));
            zones.putIfAbsent(zone.name(), zone);
            taken.add(zone.name());
            placed.put(host, zone);
        }
        placed.forEach((host, zone) -> {
            String name = name(host);
            name = taken.contains(name) ? name + "-host" : name;
            assets.put(host, new Asset(name, zone.name(), host, ""));
        });
    }

    private Optional<Site> site(Host host) {
        return Optional.ofNullable(seen.sites.find(host));
    }

    private boolean tells(java.util.function.Function<Host, Optional<String>> where) {
        Set<String> places = new HashSet<>();
        for (Host host : roles.keySet()) {
            Optional<String> place = where.apply(host);
            if (place.isEmpty()) {
                return false;
            }
            places.add(place.get());
        }
        return places.size() > 1;
    }

    private Optional<Zone> given(Host host) {
        record Given(String name, Network network) {}
        return options.zones().entrySet().stream()
                .flatMap(e -> e.getValue().stream().map(n -> new Given(e.getKey(), n)))
                .filter(g -> g.network().contains(host.high(), host.low()))
                .max(Comparator.comparingInt(g -> g.network().prefix()))
                .map(g -> new Zone(g.name(), Map.of("networks", networks(g.name())), "as given"));
    }

    private String networks(String zone) {
        return "[" + String.join(", ", options.zones().getOrDefault(zone, List.of()).stream()
                .map(n -> n.text().contains(":") ? YamlText.quoted(n.text()) : n.text()).toList()) + "]";
    }

    private Zone port(Host host) {
        String port = site(host).map(Site::port).orElse("");
        return new Zone(YamlText.name(port), Map.of("ports", "[" + YamlText.name(port) + "]"),
                "interface " + YamlText.comment(port) + " of the capture");
    }

    private Zone vlan(Host host) {
        int vlan = site(host).map(Site::vlan).orElse(0);
        return new Zone("vlan-" + vlan + suffix(host), Map.of(), "VLAN " + vlan + ", " + side(host)
                + "; add `ports: [NAME], vlan: " + vlan + "` with the port's name in sluice.yaml");
    }

    private Zone subnet(Host host) {
        boolean four = host.high() == 0 && host.low() >>> 32 == Network.MAPPED >>> 32;
        int bits = four ? IPV4_BITS + options.prefix4() : options.prefix6();
        Host base = new Host(host.high() & Network.mask(bits), host.low() & Network.mask(bits - 64), "");
        String net = four ? ipv4(base.low()) : ipv6(base);
        return new Zone("net-" + YamlText.name(net) + suffix(host), Map.of(), net + "/"
                + (four ? options.prefix4() : options.prefix6()) + ", " + side(host)
                + "; add `ports: [NAME]` with the port's name in sluice.yaml");
    }

    private static String ipv4(long low) {
        return ((low >>> 24) & 255) + "." + ((low >>> 16) & 255) + "." + ((low >>> 8) & 255) + "." + (low & 255);
    }

    private static String ipv6(Host base) {
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            groups.add(Long.toHexString((base.high() >>> (48 - 16 * i)) & 0xFFFF));
        }
        return String.join(":", groups) + "::";
    }

    private String suffix(Host host) {
        return servers.contains(host) ? "-servers" : "-clients";
    }

    private String side(Host host) {
        return servers.contains(host) ? "hosts that serve" : "hosts that only ask";
    }

    /** Role and address: {@code modbus-10-3-1-10}. */
    private String name(Host host) {
        Set<String> protocols = new TreeSet<>(roles.getOrDefault(host, new TreeSet<>()));
        protocols.remove("");
        String role = !servers.contains(host)
                ? "client"
                : protocols.size() == 1 ? protocols.iterator().next() : "server";
        return role + "-" + YamlText.name(host.text().replace('.', '-').replace(':', '-'));
    }

    Collection<Zone> zones() {
        return zones.values();
    }

    Collection<Asset> assets() {
        return assets.values();
    }

    String nameOf(Host host) {
        Asset asset = assets.get(host);
        return asset == null ? host.text() : asset.name();
    }

    /** Hosts by the zone that they are in. */
    Map<String, Long> sizes() {
        Map<String, Long> sizes = new HashMap<>();
        assets.values().forEach(a -> sizes.merge(a.zone(), 1L, Long::sum));
        return sizes;
    }
}
