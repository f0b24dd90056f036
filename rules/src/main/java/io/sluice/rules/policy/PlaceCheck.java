package io.sluice.rules.policy;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Checks that every port and every address leads to one place. */
final class PlaceCheck {
    private final Problems problems;
    private final Map<String, Zone> zones;
    private final Map<String, Asset> assets;

    PlaceCheck(Problems problems, Map<String, Zone> zones, Map<String, Asset> assets) {
        this.problems = problems;
        this.zones = zones;
        this.assets = assets;
    }

    void check() {
        new PortCheck(problems).check(zones.values());
        networks();
        addresses();
        macs();
        assets.values().forEach(this::insideItsZone);
    }

    private record Owned(Network network, Zone zone) {}

    private static final Comparator<Owned> OUTER_FIRST = Comparator
            .<Owned>comparingLong(o -> o.network().high() + Long.MIN_VALUE)
            .thenComparingLong(o -> o.network().low() + Long.MIN_VALUE).thenComparingInt(o -> o.network().prefix());

    /** Zones may share a subnet, but a capture, which knows no ports, cannot tell them apart by it. */
    private void networks() {
        List<Owned> sorted = zones.values().stream().flatMap(z -> z.networks().stream().map(n -> new Owned(n, z)))
                .sorted(OUTER_FIRST)
                .toList();
        Deque<Owned> around = new ArrayDeque<>();
        for (Owned owned : sorted) {
            Network network = owned.network();
            while (!around.isEmpty() && !around.peek().network().contains(network.high(), network.low())) {
                around.pop();
            }
            Owned outer = around.peek();
            if (outer != null && !outer.zone().name().equals(owned.zone().name())) {
                problems.warning(owned.zone().position(),
                        "network `" + network.text() + "` of zone `" + owned.zone().name()
                                + "` overlaps `" + outer.network().text() + "` of zone `" + outer.zone().name()
                                + "`; a capture, which knows no ports, cannot tell the two apart by address");
            }
            around.push(owned);
        }
    }

    private void addresses() {
        record Address(long high, long low) {}
        Map<Address, Asset> owners = new HashMap<>();
        for (Asset asset : assets.values()) {
            for (Network network : asset.addresses()) {
                Asset first = owners.putIfAbsent(new Address(network.high(), network.low()), asset);
                if (first != null) {
                    problems.error(asset.position(), "asset `" + asset.name() + "` has the address `" + network.text()
                            + (first.name().equals(asset.name())
                                    ? "` twice"
                                    : "` of asset `" + first.name() + "` in line "
                                            + first.position().line() + "; an address belongs to one asset"));
                }
            }
        }
    }

    private void macs() {
        Map<String, Asset> owners = new HashMap<>();
        for (Asset asset : assets.values()) {
            Asset first = asset.mac().map(mac -> owners.putIfAbsent(mac, asset)).orElse(null);
            if (first != null && !first.zone().equals(asset.zone())) {
                problems.error(asset.position(), "asset `" + asset.name() + "` has the MAC address of asset `"
                        + first.name() + "` in line " + first.position().line() + ", which is in another zone");
            }
        }
    }

    private void insideItsZone(Asset asset) {
        Zone zone = zones.get(asset.zone());
        if (zone == null) {
            return;
        }
        if (zone.broker()) {
            problems.error(asset.position(), "asset `" + asset.name() + "` is in zone `" + zone.name()
                    + "`, where only jump sessions live");
        }
        for (Network address : asset.addresses()) {
            if (!zone.networks().isEmpty()
                    && zone.networks().stream().noneMatch(n -> n.contains(address.high(), address.low()))) {
                problems.error(asset.position(), "address `" + address.text() + "` of asset `" + asset.name()
                        + "` is outside the networks of its zone `" + zone.name() + "` in line "
                        + zone.position().line());
            }
        }
    }

    void warnOfEmptyZones() {
        Collection<String> inhabited = assets.values().stream().map(Asset::zone).collect(Collectors.toSet());
        for (Zone zone : zones.values()) {
            if (zone.ports().isEmpty() && zone.networks().isEmpty() && !zone.broker()
                    && !inhabited.contains(zone.name())) {
                problems.warning(zone.position(), "zone `" + zone.name() + "` has no `ports`, `networks` or assets;"
                        + " nothing is in it unless `replay --zone " + zone.name() + "=NETWORK` says so");
            }
        }
    }
}
