package io.sluice.engine;

import io.sluice.engine.Flow.State;
import io.sluice.rules.PolicyChange;
import io.sluice.rules.Relation;
import io.sluice.rules.Service;
import org.jspecify.annotations.Nullable;

/** Opens flows, gives them their conduits, counts their packets and ends them. */
final class FlowBook {
    private static final long LOOK_NANOS = 1_000_000L;
    /** How often a flow that lives long is told of: its counters reach the journal without its end. */
    private static final long TELL_NANOS = 60_000_000_000L;
    /** With so many exchanges in a row all of the table is swept, whatever comes between. */
    private static final int SWEEPS = 32;

    final FlowTable table;
    private final Gate gate;
    private final Inspector inspector;
    private final StreamAssembler assembler;
    private final PlainTraffic plain;
    private final EngineListener listener;
    private final Eras eras = new Eras();
    private final Endings endings = new Endings();
    private final BufferPool pool;
    private long lookedAt;
    private long opened;
    private boolean closed;

    FlowBook(FlowTable table, BufferPool pool, Gate gate, Inspector inspector, StreamAssembler assembler,
            PlainTraffic plain, EngineListener listener) {
        this.table = table;
        this.pool = pool;
        this.plain = plain;
        this.gate = gate;
        this.inspector = inspector;
        this.assembler = assembler;
        this.listener = listener;
    }

    /** The flow of a packet, under the policy in force, or null. */
    @Nullable
    Flow find(Packet p) {
        Flow flow = table.find(p);
        if (flow != null && (flow.zonesAssumed || !eras.isCurrent(flow))) {
            renew(flow, p);
        }
        return flow;
    }

    /** The flow of a packet that another one quotes, which travels the other way. */
    @Nullable
    Flow quoted(Packet p) {
        Flow flow = table.find(p);
        if (flow != null && !eras.isCurrent(flow)) {
            renew(flow, null);
        }
        return flow;
    }

    /** Reports a packet of a flow that does not come from, or go to, where its flow does; true if it goes no further. */
    boolean isElsewhere(@Nullable Flow flow, Packet p) {
        if (flow == null) {
            return false;
        }
        boolean asSent = flow.isClient(p.sourceHigh(), p.sourceLow(), p.sourcePort());
        boolean there = gate.sourceZone == (asSent ? flow.clientZone : flow.serverZone)
                && gate.destinationZone == (asSent ? flow.serverZone : flow.clientZone);
        return !there && gate.refuses(Anomaly.SPOOFED, flow);
    }

    /** A new flow whose client is the packet's source; null, and said so, when there is no room. */
    @Nullable
    Flow add(Packet p) {
        if (!closed) {
            makeRoom(p.protocol() == Packet.PROTOCOL_TCP ? FlowTable.EMBRYONIC : FlowTable.DATAGRAM);
        }
        Flow flow = closed ? null : table.add(p);
        if (flow == null) {
            gate.refuses(closed ? Anomaly.DRAINING : Anomaly.FLOW_TABLE_FULL, null);
            gate.overload();
            return null;
        }
        opened++;
        flow.firstFrame = gate.frame;
        flow.firstNanos = gate.nanos;
        flow.toldAge = gate.age;
        flow.touched = gate.age;
        flow.state = State.SYN_SENT;
        eras.join(flow);
        return flow;
    }

    /** What makes way for a new flow: the oldest of its kind beyond their share; else what is over, or never began. */
    private void makeRoom(int kind) {
        Flow leaves = null;
        if (table.isCrowded(kind)) {
            leaves = table.oldest(kind);
        } else if (table.isFull()) {
            leaves = table.oldest(FlowTable.CLOSED);
            leaves = leaves == null ? table.oldest(FlowTable.EMBRYONIC) : leaves;
        }
        if (leaves != null) {
            end(leaves);
        }
    }

    /** No flow is added any more. */
    void close() {
        closed = true;
    }

    /** Flows added so far. */
    long opened() {
        return opened;
    }

    /** Finds places, relation and service of a flow whose client is where it says. */
    void resolve(Flow flow, Packet p) {
        zones(flow, p);
        Service service = place(flow);
        if (service == null) {
            flow.service = null;
        } else {
            inspector.attach(flow, service);
        }
    }

    private void zones(Flow flow, Packet p) {
        boolean asSent = flow.isClient(p.sourceHigh(), p.sourceLow(), p.sourcePort());
        flow.clientZone = asSent ? gate.sourceZone : gate.destinationZone;
        flow.serverZone = asSent ? gate.destinationZone : gate.sourceZone;
    }

    /** Finds places and relation of a flow whose zones are known; its inspected service, or null. */
    private @Nullable Service place(Flow flow) {
        flow.clientPlace = gate.place(flow.clientZone, flow.clientHigh, flow.clientLow);
        flow.serverPlace = gate.place(flow.serverZone, flow.serverHigh, flow.serverLow);
        Relation relation = gate.policy.relation(flow.clientPlace, flow.serverPlace);
        flow.relation = relation;
        return relation.service(flow.protocol, flow.serverPort);
    }

    /** Another policy is in force: flows come under it with their next packet, or by {@link #sweep}. */
    void exchange(PolicyChange change) {
        if (eras.isFull()) {
            sweep(table.slots());
        }
        eras.begin(change);
        table.startSweep();
        sweep(table.slots() / SWEEPS);
    }

    /** Brings flows that nothing is heard of under the policy in force, looking at so many places of the table. */
    void sweep(int places) {
        if (!table.sweeping()) {
            return;
        }
        for (int i = 0; i < places && table.sweeping(); i++) {
            Flow flow = table.sweep();
            if (flow != null && !eras.isCurrent(flow)) {
                renew(flow, null);
            }
        }
        if (!table.sweeping()) {
            eras.forget();
        }
    }

    /** Brings a flow under the policy in force: what it remembers is kept, what it may do is asked anew. */
    private void renew(Flow flow, @Nullable Packet p) {
        PolicyChange change = eras.isCurrent(flow) ? null : eras.changeSince(flow);
        if (p != null) {
            zones(flow, p);
        } else if (change != null) {
            flow.clientZone = change.zone(flow.clientZone);
            flow.serverZone = change.zone(flow.serverZone);
        }
        flow.zonesAssumed = p == null;
        Service before = flow.service;
        Service now = place(flow);
        boolean passed = before != null || flow.plainAllowed;
        if (change != null) {
            flow.plainRule = change.rule(flow.plainRule);
            eras.join(flow);
        }
        flow.plainDecided = false;
        if (before != null && now != null && before.protocol().equals(now.protocol())) {
            if (change != null) {
                inspector.carry(flow, now, change);
            } else {
                flow.service = now;
            }
        } else if (before != null || now != null) {
            look(flow, now);
        }
        boolean granted = flow.grant == null ? !gate.needsGrant(flow.clientPlace) : flow.grant.fits(flow);
        if (passed && (!granted || (flow.service == null && !plain.decide(flow)))) {
            cut(flow, Anomaly.NO_LONGER_ALLOWED);
        }
    }

    /** A flow that was looked into is so no longer, or the other way round, or as another protocol. */
    private void look(Flow flow, @Nullable Service service) {
        flow.service = null;
        flow.toServer.unread(pool);
        flow.toClient.unread(pool);
        if (service != null) {
            flow.toServer.joinMidstream(pool);
            flow.toClient.joinMidstream(pool);
            inspector.attach(flow, service);
            flow.settled = false;
            flow.joinMidstream();
        }
    }

    /** Ends a flow that is allowed no more, where verdicts are obeyed: its peers are told when the host asks. */
    void cut(Flow flow, Anomaly why) {
        if (flow.ended || flow.state == State.CLOSED || gate.lenient(flow)) {
            return;
        }
        listener.cut(flow, why);
        if (flow.protocol == Packet.PROTOCOL_TCP) {
            flow.ended = true;
            endings.add(flow);
        }
    }

    /** The next flow that was ended without a packet at hand, or null: both its ends are to be told. */
    @Nullable
    Flow ending() {
        Flow flow = endings.next();
        if (flow != null) {
            closed(flow);
        }
        return flow;
    }

    /** Both ends of a flow are told that it is over. */
    void closed(Flow flow) {
        flow.ending = false;
        flow.state = State.CLOSED;
        table.touch(flow, FlowTable.CLOSED, gate.age);
    }

    /** A packet of a flow, which keeps it for the time-out that {@link FlowTable} names {@code expiry}. */
    void used(Flow flow, int expiry) {
        counted(flow);
        table.touch(flow, expiry, gate.age);
    }

    /** A packet of a flow that does not keep it: it was not what its peer takes. */
    void counted(Flow flow) {
        Packet p = gate.packet;
        flow.count(flow.isClient(p.sourceHigh(), p.sourceLow(), p.sourcePort()), gate.wire);
        flow.lastFrame = gate.frame;
        flow.lastNanos = gate.nanos;
        gate.answer.flow = flow;
        if (gate.age - flow.toldAge > TELL_NANOS) {
            flow.toldAge = gate.age;
            listener.lives(flow);
        }
    }

    /** Ends the flows whose time is over; looks at most once in a millisecond. */
    void expire() {
        if (gate.age - lookedAt < LOOK_NANOS) {
            return;
        }
        lookedAt = gate.age;
        Flow flow = table.expired(gate.age);
        while (flow != null) {
            end(flow);
            flow = table.expired(gate.age);
        }
    }

    /** Ends all flows, the oldest first. */
    void endAll() {
        Flow flow = table.any();
        while (flow != null) {
            end(flow);
            flow = table.any();
        }
    }

    /** Where nothing waits for what is missing any more, what was held behind it is judged as it is. */
    void end(Flow flow) {
        if (!eras.isCurrent(flow)) {
            renew(flow, null);
        }
        if (flow.service != null && flow.protocol == Packet.PROTOCOL_TCP && gate.lenient(flow)) {
            assembler.frame(gate.packet, gate, true);
            assembler.skipGap(flow, flow.toServer, true);
            assembler.skipGap(flow, flow.toClient, false);
        }
        listener.ended(flow);
        eras.leave(flow);
        if (flow.grant != null) {
            flow.grant.remove(flow);
        }
        table.remove(flow);
    }
}
