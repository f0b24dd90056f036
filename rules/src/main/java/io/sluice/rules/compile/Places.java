package io.sluice.rules.compile;

import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.policy.Asset;
import io.sluice.rules.policy.Conduit;
import io.sluice.rules.policy.Network;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.Zone;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The zones and assets of a policy as small numbers: nowhere, then zones, then assets, in the order of the file. */
final class Places {
    private final List<String> names = new ArrayList<>();
    private final List<Integer> zones = new ArrayList<>();
    private final Map<String, Integer> byName = new HashMap<>();
    private final Map<String, Integer> byPort = new HashMap<>();
    private final AddressMap assetAddresses;
    private final AddressMap zoneNetworks;
    private final List<Boolean> broker = new ArrayList<>();

    /** @param jump addresses of the appliance's own in its jump sessions: they are the broker's wherever they are */
    Places(Policy policy, List<Network> jump) {
        add("?", CompiledPolicy.NOWHERE, false);
        List<AddressMap.Entry> networks = new ArrayList<>();
        Map<String, Integer> taggedPorts = new HashMap<>();
        for (Zone zone : policy.zones().values()) {
            int place = add(zone.name(), names.size(), zone.broker());
            byName.put(zone.name(), place);
            zone.networks().forEach(n -> networks.add(new AddressMap.Entry(n, place)));
            // Where zones share a port by VLAN, the untagged one is the port's.
            zone.ports().forEach(p -> (zone.vlans().isEmpty() ? byPort : taggedPorts).putIfAbsent(p, place));
        }
        taggedPorts.forEach(byPort::putIfAbsent);
        List<AddressMap.Entry> addresses = new ArrayList<>();
        for (Asset asset : policy.assets().values()) {
            int zone = byName.getOrDefault(asset.zone(), CompiledPolicy.NOWHERE);
            int place = add(asset.name(), zone, broker.get(zone));
            byName.put(asset.name(), place);
            asset.addresses().forEach(n -> addresses.add(new AddressMap.Entry(n, place)));
        }
        int home = broker.indexOf(true);
        jump.stream().filter(n -> home >= 0).forEach(n -> addresses.add(new AddressMap.Entry(n, home)));
        assetAddresses = new AddressMap(addresses);
        zoneNetworks = new AddressMap(networks);
    }

    private int add(String name, int zone, boolean inBroker) {
        names.add(name);
        zones.add(zone);
        broker.add(inBroker);
        return names.size() - 1;
    }

    int size() {
        return names.size();
    }

    String name(int place) {
        return place >= 0 && place < names.size() ? names.get(place) : "?";
    }

    int zone(int place) {
        return place >= 0 && place < zones.size() ? zones.get(place) : CompiledPolicy.NOWHERE;
    }

    boolean isAsset(int place) {
        return zone(place) != place;
    }

    boolean isBroker(int place) {
        return place >= 0 && place < broker.size() && broker.get(place);
    }

    /** The place of a zone or asset by name. */
    int named(String name) {
        return byName.getOrDefault(name, CompiledPolicy.NOWHERE);
    }

    int zoneNamed(String name) {
        int place = named(name);
        return isAsset(place) ? CompiledPolicy.NOWHERE : place;
    }

    int zoneOfPort(String port) {
        return byPort.getOrDefault(port, CompiledPolicy.NOWHERE);
    }

    int at(long high, long low) {
        int asset = assetAddresses.find(high, low);
        return asset >= 0 ? asset : Math.max(zoneNetworks.find(high, low), CompiledPolicy.NOWHERE);
    }

    int in(int zone, long high, long low) {
        int asset = assetAddresses.find(high, low);
        return asset >= 0 && zone(asset) == zone ? asset : zone;
    }

    /** The asset with an address, or the broker's zone for one of jump sessions; -1 where it is nobody's. */
    int owner(long high, long low) {
        return assetAddresses.find(high, low);
    }

    /** Whether everything at {@code inner} is at {@code outer} too. */
    boolean within(int inner, int outer) {
        return inner == outer || zone(inner) == outer;
    }

    /** From the most specific, 2 (asset to asset), to the least, 0 (zone to zone). */
    int specificity(Conduit conduit) {
        return (isAsset(named(conduit.from())) ? 1 : 0) + (isAsset(named(conduit.to())) ? 1 : 0);
    }
}
