package io.sluice.manage.assets;

import io.sluice.rules.policy.Network;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.Zone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The assets and zones of a policy by address; immutable. */
public final class NamedAssets {
    /** There is no policy: nothing has a name. */
    public static final NamedAssets NONE = new NamedAssets(List.of(), List.of(), List.of());

    /**
     * An asset as the policy names it.
     *
     * @param addresses as they are written
     */
    public record Named(String name, String zone, List<Network> addresses, String mac) {}

    /** Where a conduit expects a service: an asset, or all of a zone. */
    private record Offer(String place, String protocol, int port) {}

    private final List<Named> assets;
    private final List<Zone> zones;
    private final List<Offer> offers;

    private NamedAssets(List<Named> assets, List<Zone> zones, List<Offer> offers) {
        this.offers = List.copyOf(offers);
        this.assets = List.copyOf(assets);
        this.zones = List.copyOf(zones);
    }

    public static NamedAssets of(Policy policy) {
        List<Named> assets = new ArrayList<>();
        for (io.sluice.rules.policy.Asset asset : policy.assets().values()) {
            assets.add(new Named(asset.name(), asset.zone(), asset.addresses(), asset.mac().map(NamedAssets::mac)
                    .orElse("")));
        }
        List<Offer> offers = policy.conduits().values().stream().flatMap(c -> c.service()
                .map(s -> new Offer(c.to(), s.protocol().name(), s.port())).stream()).distinct().toList();
        return new NamedAssets(assets, List.copyOf(policy.zones().values()), offers);
    }

    private static String mac(String digits) {
        return digits.replaceAll("(..)(?!$)", "$1:");
    }

    List<Named> assets() {
        return assets;
    }

    Optional<Named> at(String address) {
        return Network.parse(address).flatMap(a -> assets.stream()
                .filter(n -> n.addresses().stream().anyMatch(net -> net.contains(a.high(), a.low()))).findFirst());
    }

    /** The zone that an address without a name lies in by the policy's networks; the most specific one. */
    Optional<String> zone(String address) {
        return Network.parse(address).flatMap(a -> {
            String best = null;
            int bits = -1;
            for (Zone zone : zones) {
                for (Network network : zone.networks()) {
                    if (network.contains(a.high(), a.low()) && network.prefix() > bits) {
                        best = zone.name();
                        bits = network.prefix();
                    }
                }
            }
            return Optional.ofNullable(best);
        });
    }

    /** The ports at which conduits to an asset, or else to its zone, let a protocol through. */
    List<Integer> ports(Asset asset, String protocol) {
        List<Integer> own = ports(asset.name(), protocol);
        return own.isEmpty() ? ports(asset.zone(), protocol) : own;
    }

    private List<Integer> ports(String place, String protocol) {
        return offers.stream().filter(o -> o.place.equals(place) && o.protocol.equals(protocol)).map(Offer::port)
                .distinct().toList();
    }

    boolean isZone(String place) {
        return zones.stream().anyMatch(z -> z.name().equals(place));
    }

    /** How others call what is at an address: its name in the policy, else the address. */
    public String id(String address) {
        return at(address).map(Named::name).orElse(address);
    }
}
