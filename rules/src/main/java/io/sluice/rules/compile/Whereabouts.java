package io.sluice.rules.compile;

import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.policy.Asset;
import io.sluice.rules.policy.Conduit;
import io.sluice.rules.policy.Network;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.Zone;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the policy expects whom: which addresses are believable in which zone, and which zone a port and VLAN are. */
final class Whereabouts {
    private static final long LINK_LOCAL = 0xFE80_0000_0000_0000L;

    private record Trunk(Zone zone, int place) {}

    private final Places places;
    private final Map<String, List<Trunk>> ports = new HashMap<>();
    private final Network[][] networks;
    private final long[] macs;
    private final int[] macZones;
    /** By place. */
    private final long[] macOfPlace;
    private final BitSet connected = new BitSet();

    Whereabouts(Policy policy, Places places) {
        this.places = places;
        networks = new Network[places.size()][];
        for (Zone zone : policy.zones().values()) {
            int place = places.named(zone.name());
            networks[place] = zone.networks().toArray(new Network[0]);
            zone.ports().forEach(p -> ports.computeIfAbsent(p, _ -> new ArrayList<>()).add(new Trunk(zone, place)));
        }
        macOfPlace = new long[places.size()];
        Arrays.fill(macOfPlace, -1);
        List<Asset> bound = policy.assets().values().stream().filter(a -> a.mac().isPresent()).toList();
        bound.forEach(a -> macOfPlace[places.named(a.name())] = mac(a));
        macs = bound.stream().mapToLong(Whereabouts::mac).distinct().sorted().toArray();
        macZones = new int[macs.length];
        bound.forEach(a -> macZones[Arrays.binarySearch(macs, mac(a))] = places.zone(places.named(a.name())));
        for (Conduit conduit : policy.conduits().values()) {
            int from = places.zone(places.named(conduit.from()));
            int to = places.zone(places.named(conduit.to()));
            connected.set(from * places.size() + to);
            connected.set(to * places.size() + from);
        }
    }

    private static long mac(Asset asset) {
        Optional<String> mac = asset.mac();
        return mac.isEmpty() ? -1 : Long.parseLong(mac.get(), 16);
    }

    int zoneOfPort(String port, int vlan) {
        for (Trunk trunk : ports.getOrDefault(port, List.of())) {
            if (trunk.zone().vlans().isEmpty() || trunk.zone().vlans().contains(vlan)) {
                return trunk.place();
            }
        }
        return CompiledPolicy.NOWHERE;
    }

    boolean believable(int zone, long high, long low) {
        if (isGroup(high, low) || isLoopback(high, low)) {
            return false;
        }
        int owner = places.owner(high, low);
        if (owner >= 0) {
            return places.zone(owner) == zone;
        }
        Network[] inside = zone > 0 && zone < networks.length ? networks[zone] : null;
        if (inside == null || inside.length == 0 || isEverywhere(high, low)) {
            return true;
        }
        for (Network network : inside) {
            if (network.contains(high, low)) {
                return true;
            }
        }
        return false;
    }

    /** RFC 1112 §4, RFC 919 §7, RFC 4291 §2.7. */
    private static boolean isGroup(long high, long low) {
        boolean ipv4 = high == 0 && low >>> 32 == Network.MAPPED >>> 32;
        return ipv4 ? (low & 0xF000_0000L) == 0xE000_0000L || (int) low == -1 : high >>> 56 == 0xFF;
    }

    /** RFC 1122 §3.2.1.3, RFC 4291 §2.5.3: never on a wire. */
    private static boolean isLoopback(long high, long low) {
        return high == 0 && (low == 1 || low >>> 24 == (Network.MAPPED >>> 24 | 127));
    }

    /** Addresses that say nothing of where they are: none yet (0.0.0.0, ::), and those of the link (RFC 4291 §2.5.6). */
    private static boolean isEverywhere(long high, long low) {
        return (high == 0 && (low == 0 || low == Network.MAPPED)) || (high & Network.mask(10)) == LINK_LOCAL;
    }

    int zoneOfMac(long mac) {
        int at = Arrays.binarySearch(macs, mac);
        return at < 0 ? CompiledPolicy.NOWHERE : macZones[at];
    }

    long macOf(long high, long low) {
        int owner = places.owner(high, low);
        return owner < 0 ? -1 : macOfPlace[owner];
    }

    boolean connected(int zone, int other) {
        return zone > 0 && other > 0 && zone < places.size() && other < places.size()
                && connected.get(zone * places.size() + other);
    }
}
