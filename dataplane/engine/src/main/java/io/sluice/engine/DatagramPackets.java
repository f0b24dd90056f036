package io.sluice.engine;

import io.sluice.engine.Flow.State;
import io.sluice.rules.Relation;
import io.sluice.rules.policy.OnDeny;
import org.jspecify.annotations.Nullable;

/** UDP and ICMP. */
final class DatagramPackets {
    private static final int ICMP_ECHO_REPLY = 0;
    private static final int ICMP_ECHO = 8;
    private static final int ICMPV6_ECHO = 128;
    private static final int ICMPV6_ECHO_REPLY = 129;

    private final Gate gate;
    private final FlowBook flows;
    private final PlainTraffic plain;
    private final Neighbours neighbours;
    private final Inspector inspector;
    private final EngineListener listener;
    private final Packet embedded = new Packet();
    private long opened;

    DatagramPackets(Gate gate, FlowBook flows, PlainTraffic plain, Neighbours neighbours, Inspector inspector,
            EngineListener listener) {
        this.gate = gate;
        this.flows = flows;
        this.plain = plain;
        this.neighbours = neighbours;
        this.inspector = inspector;
        this.listener = listener;
    }

    void udp(Packet p) {
        if (gate.placed() && p.group()) {
            if (!gate.wrongChecksum(p, null)) {
                plain.group(p);
            }
            return;
        }
        Flow flow = flows.find(p);
        if (gate.wrongChecksum(p, flow) || flows.isElsewhere(flow, p)) {
            return;
        }
        if (flow == null) {
            flow = openDatagram(p);
            if (flow == null) {
                return;
            }
        }
        flows.used(flow, FlowTable.DATAGRAM);
        if (flow.service == null) {
            plain.flow(flow, p);
            return;
        }
        boolean fromClient = flow.isClient(p.sourceHigh(), p.sourceLow(), p.sourcePort());
        if (p.payloadCaptured() < p.payloadLength()) {
            return;
        }
        inspector.datagram(flow, fromClient, p.bytes(), p.payloadAt(), p.payloadLength());
        if (!inspector.forwards() && !gate.lenient(flow)) {
            gate.answer.action = Answer.Action.DROP;
            gate.answer.flow = flow;
            if (inspector.action() == OnDeny.REPLY) {
                inspector.refuse(flow, p.bytes(), p.payloadAt(), p.payloadLength(), gate.answer);
            }
        }
    }

    private @Nullable Flow openDatagram(Packet p) {
        if (gate.needsGrant(gate.source(p))) {
            gate.refuses(Anomaly.NO_GRANT, null); // sessions carry TCP only
            return null;
        }
        Flow flow = flows.add(p);
        if (flow == null) {
            return null;
        }
        flow.number = opened++;
        flow.state = State.DATAGRAM;
        flows.resolve(flow, p);
        if (flow.service == null && gate.lenient(flow)) {
            flow.turn();
            Relation forward = flow.relation;
            flows.resolve(flow, p);
            if (flow.service == null) {
                flow.turn();
                flow.relation = forward;
            }
        }
        return flow;
    }

    void icmp(Packet p) {
        int type = p.icmpType();
        boolean v6 = p.protocol() == Packet.PROTOCOL_ICMPV6;
        boolean echo = v6
                ? type == ICMPV6_ECHO || type == ICMPV6_ECHO_REPLY
                : type == ICMP_ECHO || type == ICMP_ECHO_REPLY;
        if (echo) {
            Flow flow = flows.find(p);
            if (gate.wrongChecksum(p, flow) || flows.isElsewhere(flow, p)) {
                return;
            }
            if (flow == null) {
                flow = openDatagram(p);
                if (flow == null) {
                    return;
                }
            }
            flows.used(flow, FlowTable.DATAGRAM);
            plain.flow(flow, p);
        } else if (v6 ? type >= 1 && type <= 4 : type == 3 || type == 11 || type == 12) {
            icmpError(p);
        } else {
            // Redirects (137, and 5 of ICMP) never pass: they turn traffic away from the firewall. Source quench (4) is
            // obsolete, RFC 6633. Multicast listener reports (130..132, 143) are of use only between routers and switches.
            listener.other(p);
            if (v6 && type >= 133 && type <= 136) {
                neighbours.discovery(p);
            } else {
                gate.deny(null);
            }
        }
    }

    /** RFC 5927: an ICMP error passes only if the packet it quotes could have been sent on a live, allowed flow. */
    private void icmpError(Packet p) {
        if (gate.wrongChecksum(p, null)) {
            return;
        }
        boolean quoted = p.payloadCaptured() >= 28
                && QuotedPacket.read(embedded, p.bytes(), p.payloadAt(), p.payloadCaptured(), p.vlan());
        Flow flow = quoted ? flows.quoted(embedded) : null;
        if (flow == null || !plausible(flow)) {
            gate.refuses(Anomaly.ICMP_WITHOUT_FLOW, null);
        }
    }

    /** Whether the quoted packet's flow may send, and for TCP had sent, what is quoted. */
    private boolean plausible(Flow flow) {
        // Where nothing is stopped a verdict says nothing of what was sent.
        if ((flow.ended || (flow.service == null && !flow.plainAllowed)) && !gate.lenient(flow)) {
            return false;
        }
        if (flow.protocol != Packet.PROTOCOL_TCP) {
            return true;
        }
        Half half = flow.half(flow.isClient(embedded.sourceHigh(), embedded.sourceLow(), embedded.sourcePort()));
        int behind = half.sent - embedded.sequence();
        return half.synchronised && behind >= -1 && behind <= Math.max(half.largestWindow, TcpTracker.ACK_SLACK);
    }
}
