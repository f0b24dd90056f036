package io.sluice.manage.assets;

import io.sluice.manage.assets.Asset.Role;
import io.sluice.manage.assets.Asset.Used;
import io.sluice.manage.event.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What an inventory remembers, as people see it: addresses of one named asset are one, and everything has its name and zone. */
final class InventoryView {
    private static final int MOST_USES = 200;

    private final InventoryState state;
    private final NamedAssets names;
    private final Map<String, String> ids = new LinkedHashMap<>();

    InventoryView(InventoryState state, NamedAssets names) {
        this.state = state;
        this.names = names;
    }

    private String id(String address) {
        return ids.computeIfAbsent(address, names::id);
    }

    List<Asset> assets() {
        Map<String, List<DeviceState>> devices = new LinkedHashMap<>();
        names.assets().forEach(n -> devices.put(n.name(), new ArrayList<>()));
        state.devices.values().forEach(d -> devices.computeIfAbsent(id(d.address), _ -> new ArrayList<>()).add(d));
        Map<String, List<Used>> uses = uses();
        List<Asset> assets = new ArrayList<>();
        devices.forEach((id, parts) -> assets.add(asset(id, parts, uses.getOrDefault(id, List.of()))));
        assets.sort(Comparator.comparing(Asset::zone).thenComparing(Asset::id));
        return assets;
    }

    private Asset asset(String id, List<DeviceState> parts, List<Used> uses) {
        NamedAssets.Named named = names.assets().stream().filter(n -> n.name().equals(id)).findFirst().orElse(null);
        AssetNote note = state.notes.getOrDefault(id, AssetNote.NONE);
        TreeSet<String> macs = new TreeSet<>();
        TreeSet<String> protocols = new TreeSet<>();
        Use seen = new Use();
        boolean client = false;
        boolean server = false;
        DeviceState said = null;
        for (DeviceState part : parts) {
            macs.addAll(part.macs);
            protocols.addAll(part.protocols);
            seen.seen(part.first);
            seen.seen(part.last);
            client |= part.client;
            server |= part.server;
            said = said == null || part.saidAt > said.saidAt ? part : said;
        }
        if (named != null && !named.mac().isEmpty()) {
            macs.add(named.mac());
        }
        List<Role> roles = client
                ? server ? List.of(Role.CLIENT, Role.SERVER) : List.of(Role.CLIENT)
                : server ? List.of(Role.SERVER) : List.of();
        return new Asset(id, named == null ? "" : named.name(), zone(named, parts), addresses(named, parts),
                List.copyOf(macs), List.copyOf(protocols), roles, uses, identification(said),
                seen.last < 0 ? null : Event.instant(seen.first), seen.last < 0 ? null : Event.instant(seen.last),
                named != null || note.known(), note.group(), note.note());
    }

    private static List<String> addresses(NamedAssets.@Nullable Named named, List<DeviceState> parts) {
        TreeSet<String> addresses = new TreeSet<>();
        parts.forEach(p -> addresses.add(p.address));
        if (named != null) {
            named.addresses().forEach(a -> addresses.add(a.text()));
        }
        return List.copyOf(addresses);
    }

    /** The policy's word, else where the firewall saw it when it was seen last. */
    private String zone(NamedAssets.@Nullable Named named, List<DeviceState> parts) {
        if (named != null) {
            return named.zone();
        }
        String place = parts.isEmpty() ? "" : parts.getLast().place;
        return names.isZone(place) || parts.isEmpty() ? place : names.zone(parts.getFirst().address).orElse(place);
    }

    private static Identification identification(@Nullable DeviceState said) {
        if (said == null || said.said.isEmpty()) {
            return Identification.NONE;
        }
        Instant at = said.saidAt < 0 ? null : Event.instant(said.saidAt);
        return new Identification(said.how, at, Map.copyOf(said.said));
    }

    private Map<String, List<Used>> uses() {
        Map<String, List<Used>> uses = new LinkedHashMap<>();
        for (RelationState relation : state.relations.values()) {
            List<Used> done = new ArrayList<>();
            relation.functions.byName.forEach((name, use) -> done.add(used(relation, name, use)));
            relation.items.byName.forEach((name, use) -> done.add(used(relation, name, use)));
            uses.computeIfAbsent(id(relation.client), _ -> new ArrayList<>()).addAll(done);
            List<Used> suffered = uses.computeIfAbsent(id(relation.server), _ -> new ArrayList<>());
            done.forEach(u -> suffered.add(
                    new Used(u.protocol(), u.does(), Role.SERVER, u.count(), u.denied(), u.lastSeen())));
        }
        uses.replaceAll((_, list) -> merged(list));
        return uses;
    }

    private static Used used(RelationState relation, String name, Use use) {
        return new Used(relation.protocol, name, Role.CLIENT, use.count, use.denied, Event.instant(use.last));
    }

    private static List<Used> merged(Collection<Used> all) {
        Map<String, Used> merged = new LinkedHashMap<>();
        for (Used u : all) {
            merged.merge(u.protocol() + '\n' + u.does() + '\n' + u.role(), u,
                    (a, b) -> new Used(a.protocol(), a.does(), a.role(), a.count() + b.count(), a.denied() + b.denied(),
                            a.lastSeen().isAfter(b.lastSeen()) ? a.lastSeen() : b.lastSeen()));
        }
        return merged.values().stream().sorted(Comparator.comparingLong((Used u) -> -u.count() - u.denied())
                .thenComparing(Used::does)).limit(MOST_USES).toList();
    }

    List<Relation> relations() {
        Map<String, List<RelationState>> pairs = new LinkedHashMap<>();
        state.relations.values().forEach(r -> pairs
                .computeIfAbsent(id(r.client) + '\n' + id(r.server) + '\n' + r.protocol, _ -> new ArrayList<>())
                .add(r));
        return pairs.values().stream().map(this::relation)
                .sorted(Comparator.comparing(Relation::lastSeen).reversed()).toList();
    }

    private Relation relation(List<RelationState> parts) {
        Use total = new Use();
        Map<String, Use> functions = new LinkedHashMap<>();
        for (RelationState part : parts) {
            total.add(part.total);
            part.functions.byName.forEach((name, use) -> functions.computeIfAbsent(name, _ -> new Use()).add(use));
        }
        List<String> names = functions.entrySet().stream()
                .sorted(Comparator.comparingLong(f -> -f.getValue().count - f.getValue().denied)).map(Map.Entry::getKey)
                .toList();
        RelationState one = parts.getLast();
        return new Relation(id(one.client), id(one.server), one.protocol, one.conduit, names,
                total.count + total.denied, total.denied, Event.instant(total.first), Event.instant(total.last));
    }
}
