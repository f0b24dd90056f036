package io.sluice.manage.assets;

import io.sluice.manage.event.Event;
import io.sluice.manage.event.Judgement.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes an inventory of the journal's events, and nothing else: no packet is sent. Given the same events it comes to the same, so
 * it can be made anew from the journal at any time. Bounded, see {@link InventoryLimits}.
 *
 * <p>That somebody is at an address is believed of who sends, and of who answers: an attempt at an address makes no device of
 * it, or a scan would fill the inventory with what is not there. Any thread.
 */
public final class Inventory {
    /** Items of all relations together: each takes some 150 bytes. */
    private static final long ALL_ITEMS = 100_000;

    private final InventoryLimits limits;
    private final InventoryState state;
    private final InventoryListener listener;
    private final Flows flows;
    private long items;

    public Inventory(InventoryLimits limits, InventoryState state, InventoryListener listener) {
        this.limits = limits;
        this.state = state;
        this.listener = listener;
        flows = new Flows(state.flows, limits.flows());
        items = state.relations.values().stream().mapToLong(r -> r.items.byName.size()).sum();
    }

    public synchronized void accept(Event e) {
        if (e.source().address().isEmpty() || e.micros() < 0) {
            return;
        }
        switch (e.type()) {
            case MODBUS, OPCUA, ALERT -> message(e);
            case FLOW -> flow(e);
            case DROP, STATS, MANAGEMENT, OTHER -> {
            }
        }
    }

    private void message(Event e) {
        boolean denied = e.judgement().verdict() == Verdict.DENY;
        DeviceState sender = device(e.source(), e);
        if (sender == null || !e.repeated().equals(Event.Repeated.NONE) || e.destination().address().isEmpty()) {
            return;
        }
        // A message within a connection: its server has answered. Else the refused packet is all there was.
        boolean answered = !denied || (!e.protocol().isEmpty() && e.transport().equals("TCP"));
        DeviceState receiver = answered ? device(e.destination(), e) : state.devices.get(e.destination().address());
        if (receiver == null) {
            state.attemptsAtNobody++;
            return;
        }
        Introductions.note(e, sender);
        RelationState relation = e.answer() ? null : relation(sender, receiver, e);
        if (relation != null) {
            if (denied) {
                relation.total.add(1, true, e.micros());
            }
            use(relation, Deeds.function(e), e, e.micros(), denied, 1);
            Deeds.items(e).forEach(i -> item(relation, i, e.micros(), denied));
        }
    }

    private void item(RelationState relation, String item, long micros, boolean denied) {
        if (relation.items.add(item, items < ALL_ITEMS ? limits.items() : 0, 1, denied, micros)) {
            items++;
        }
    }

    private void flow(Event e) {
        if (e.judgement().blocked()) {
            return; // its alert was counted
        }
        DeviceState client = device(e.source(), e);
        DeviceState server = e.flowed().packetsToClient() > 0
                ? device(e.destination(), e)
                : state.devices.get(e.destination().address());
        if (client != null) {
            station(client, "ether.src_macs", e);
        }
        if (server == null) {
            state.attemptsAtNobody++;
        } else if (client != null) {
            station(server, "ether.dest_macs", e);
            carried(relation(client, server, e), e);
        }
    }

    private void carried(@Nullable RelationState relation, Event e) {
        Flows.Delta delta = flows.of(e);
        if (relation == null) {
            return;
        }
        long requests = e.protocol().isEmpty() ? delta.fresh() ? 1 : 0 : delta.allowed();
        relation.total.add(requests, false, e.micros());
        long at = delta.fresh() && e.flowed().startMicros() >= 0 ? e.flowed().startMicros() : e.micros();
        delta.reads().forEach((rule, reads) -> use(relation, "reads by rule " + rule, e, at, false, reads));
        if (requests > 0) {
            listener.requests(relation.client, relation.server, relation.protocol, requests, e);
        }
    }

    private void station(DeviceState device, String field, Event e) {
        String mac = e.fields().getOrDefault(field, "");
        if (device.mac(mac, limits.stations())) {
            listener.station(device.address, mac, e);
        }
    }

    private void use(RelationState relation, String function, Event e, long at, boolean denied, long times) {
        if (!function.isEmpty() && relation.functions.add(function, limits.functions(), times, denied, e.micros())) {
            listener.function(relation.client, relation.server, relation.protocol, relation.total.first, function, at,
                    e);
        }
    }

    private @Nullable DeviceState device(Event.End end, Event e) {
        DeviceState device = state.devices.get(end.address());
        if (device == null && state.devices.size() >= limits.devices()) {
            state.devicesLeftOut++;
            return null;
        }
        boolean fresh = device == null;
        if (device == null) {
            device = new DeviceState();
            device.address = end.address();
            state.devices.put(end.address(), device);
        }
        device.seen(e.micros());
        if (!end.place().isEmpty()) {
            device.place = end.place();
        }
        if (fresh) {
            listener.device(end.address(), e);
        }
        return device;
    }

    private @Nullable RelationState relation(DeviceState client, DeviceState server, Event e) {
        String protocol = Services.of(e);
        String key = client.address + ' ' + server.address + ' ' + protocol;
        RelationState relation = state.relations.get(key);
        if (relation == null && state.relations.size() >= limits.relations()) {
            state.relationsLeftOut++;
            return null;
        }
        boolean fresh = relation == null;
        if (relation == null) {
            relation = new RelationState();
            relation.client = client.address;
            relation.server = server.address;
            relation.protocol = protocol;
            state.relations.put(key, relation);
            client.client = true;
            server.server = true;
            client.protocols.add(protocol);
            server.protocols.add(protocol);
        }
        relation.total.seen(e.micros());
        if (!e.judgement().conduit().isEmpty()) {
            relation.conduit = e.judgement().conduit();
        }
        if (fresh) {
            listener.relation(client.address, client.first, server.address, server.first, protocol, e);
        }
        return relation;
    }

    /** Something that a device said when it was asked. */
    public synchronized void identified(String address, Identification said, long micros) {
        DeviceState device = state.devices.get(address);
        if (device != null) {
            device.said.putAll(said.values());
            device.how = said.how();
            device.saidAt = micros;
        }
    }

    /** What people say of an asset, by its id. */
    public synchronized void annotate(String id, AssetNote note) {
        if (note.equals(AssetNote.NONE)) {
            state.notes.remove(id);
        } else if (state.notes.size() < limits.devices() || state.notes.containsKey(id)) {
            state.notes.put(id, note);
        }
    }

    /** Everything that was seen or is named, by zone and name. */
    public synchronized List<Asset> assets(NamedAssets names) {
        return new InventoryView(state, names).assets();
    }

    /** Who talks to whom, the latest first. */
    public synchronized List<Relation> relations(NamedAssets names) {
        return new InventoryView(state, names).relations();
    }

    /** Devices beyond the limit, each time that one was seen. */
    public synchronized long devicesLeftOut() {
        return state.devicesLeftOut;
    }

    /** Relations beyond the limit, each time that one was seen. */
    public synchronized long relationsLeftOut() {
        return state.relationsLeftOut;
    }

    /** Attempts at addresses where nobody was seen to answer. */
    public synchronized long attemptsAtNobody() {
        return state.attemptsAtNobody;
    }

}
