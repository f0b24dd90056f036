package io.sluice.engine;

import io.sluice.engine.Flow.State;
import io.sluice.rules.Relation;
import io.sluice.rules.Service;
import org.jspecify.annotations.Nullable;

/** Opens flows, gives them their conduits, counts their packets and ends them. */
final class FlowBook {
    private static final long LOOK_NANOS = 1_000_000L;

    final FlowTable table;
    private final Gate gate;
    private final Inspector inspector;
    private final StreamAssembler assembler;
    private final EngineListener listener;
    private long lookedAt;

    FlowBook(FlowTable table, Gate gate, Inspector inspector, StreamAssembler assembler, EngineListener listener) {
        this.table = table;
        this.gate = gate;
        this.inspector = inspector;
        this.assembler = assembler;
        this.listener = listener;
    }

    /** A new flow whose client is the packet's source; null, and said so, when there is no room. */
    @Nullable
    Flow add(Packet p) {
        Flow flow = table.add(p);
        if (flow == null) {
            gate.refuses(Anomaly.FLOW_TABLE_FULL, null);
            return null;
        }
        flow.firstFrame = gate.frame;
        flow.firstNanos = gate.nanos;
        flow.lastNanos = gate.nanos;
        flow.state = State.SYN_SENT;
        return flow;
    }

    /** Finds places, relation and service of a flow whose client is where it says. */
    void resolve(Flow flow, Packet p) {
        boolean asSent = flow.isClient(p.sourceHigh(), p.sourceLow(), p.sourcePort());
        int clientZone = asSent ? gate.sourceZone : gate.destinationZone;
        int serverZone = asSent ? gate.destinationZone : gate.sourceZone;
        flow.clientPlace = gate.place(clientZone, flow.clientHigh, flow.clientLow);
        flow.serverPlace = gate.place(serverZone, flow.serverHigh, flow.serverLow);
        Relation relation = gate.policy.relation(flow.clientPlace, flow.serverPlace);
        flow.relation = relation;
        Service service = relation.service(flow.protocol, flow.serverPort);
        if (service == null) {
            flow.service = null;
        } else {
            inspector.attach(flow, service);
        }
    }

    /** A packet of a flow, which keeps it for the time-out that {@link FlowTable} names {@code expiry}. */
    void used(Flow flow, int expiry) {
        Packet p = gate.packet;
        flow.count(flow.isClient(p.sourceHigh(), p.sourceLow(), p.sourcePort()), gate.wire);
        flow.lastFrame = gate.frame;
        gate.answer.flow = flow;
        table.touch(flow, expiry, gate.nanos);
    }

    /** Ends the flows whose time is over; looks at most once in a millisecond of the packets' time. */
    void expire() {
        long since = gate.nanos - lookedAt;
        if (since >= 0 && since < LOOK_NANOS) {
            return;
        }
        lookedAt = gate.nanos;
        Flow flow = table.expired(gate.nanos);
        while (flow != null) {
            end(flow);
            flow = table.expired(gate.nanos);
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
        if (flow.service != null && flow.protocol == Packet.PROTOCOL_TCP && gate.lenient(flow)) {
            assembler.frame(gate.packet, gate.frame, gate.nanos, true);
            assembler.skipGap(flow, flow.toServer, true);
            assembler.skipGap(flow, flow.toClient, false);
        }
        listener.ended(flow);
        table.remove(flow);
    }
}
