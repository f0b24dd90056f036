package io.sluice.engine;

import io.sluice.engine.Flow.State;
import io.sluice.rules.Relation;
import io.sluice.rules.Service;
import io.sluice.rules.policy.OnDeny;
import org.jspecify.annotations.Nullable;

/** TCP segments: finds or opens the connection, has it tracked, and hands on what it carries. */
final class TcpPackets {
    private static final int SYN = 2;

    private final Gate gate;
    private final FlowBook flows;
    private final Grants grants;
    private final PlainTraffic plain;
    private final StreamAssembler assembler;
    private final EngineListener listener;
    private final TcpTracker tracker = new TcpTracker();
    private long opened;

    TcpPackets(Gate gate, FlowBook flows, Grants grants, PlainTraffic plain, StreamAssembler assembler,
            EngineListener listener) {
        this.gate = gate;
        this.flows = flows;
        this.grants = grants;
        this.plain = plain;
        this.assembler = assembler;
        this.listener = listener;
    }

    void accept(Packet p) {
        Flow flow = judge(p);
        if (flow != null) {
            settle(flow, p);
        }
    }

    /** The flow of a segment that was looked into. */
    private @Nullable Flow judge(Packet p) {
        Flow flow = flows.find(p);
        if (gate.wrongChecksum(p, flow) || flows.isElsewhere(flow, p)) {
            return null;
        }
        Anomaly flags = TcpTracker.flags(p);
        if (flags != null && gate.refuses(flags, flow)) {
            return null;
        }
        boolean syn = TcpTracker.isSyn(p);
        if (flow != null && syn && reopens(flow, p)) {
            flows.end(flow);
            flow = null;
        } else if (flow != null && flow.challenged && TcpTracker.takesUp(flow, p) && !gate.lenient(flow)) {
            flow = reopened(flow, p);
            if (flow == null) {
                return null;
            }
        }
        if (flow == null) {
            flow = openTcp(p, syn);
            if (flow == null) {
                return null;
            }
        }
        boolean lenient = gate.lenient(flow);
        if (flow.ended && !lenient) {
            over(flow, p);
            return flow;
        }
        boolean fromClient = flow.isClient(p.sourceHigh(), p.sourceLow(), p.sourcePort());
        if ((p.flags() & SYN) != 0 && flow.service != null && !lenient && SynOptions.normalise(p)) {
            listener.anomaly(Anomaly.TCP_OPTION, p, flow, false);
        }
        Anomaly problem = null;
        if (!syn || flow.packets > 0) {
            problem = tracker.next(flow, p, fromClient, lenient);
        }
        if (problem != null && gate.refuses(problem, flow)) {
            flows.counted(flow);
            return flow;
        }
        flows.used(flow, expiry(flow));
        if (flow.service == null) {
            plain.flow(flow, p);
        } else {
            inspected(flow, p, fromClient, lenient);
        }
        // A question whether the connection stands, and a server's answer that another one does, are not part of it.
        boolean aside = problem == Anomaly.SYN_CHALLENGE
                || (flow.state == State.SYN_SENT && !fromClient && problem == null);
        return aside ? null : flow;
    }

    /** Keeps account of what goes on: a RST must bear the number that its receiver expects, RFC 5961 §3.2. */
    private void settle(Flow flow, Packet p) {
        Answer answer = gate.answer;
        Half half = flow.half(flow.isClient(p.sourceHigh(), p.sourceLow(), p.sourcePort()));
        if (half.linkSource == 0 || answer.reset) {
            FrameHeaders.remember(flow, half, p);
        }
        int start = p.sequence() + ((p.flags() & SYN) != 0 ? 1 : 0);
        int end = start + p.payloadLength();
        int fin = p.flags() & 1;
        switch (answer.action) {
            case FORWARD -> half.deliver(p.sequence(), end + fin);
            case REWRITE -> {
                answer.torn = p.payloadCaptured() < p.payloadLength();
                rewritten(answer, half, start, end, fin);
            }
            case HOLD, DROP -> {
            }
        }
        if (answer.releasedLength > 0) {
            released(answer, half);
        }
        flow.resetSent |= answer.reset;
    }

    private static void rewritten(Answer answer, Half half, int start, int end, int fin) {
        Remainder kept = answer.kept;
        kept.of(answer, start, end);
        if (answer.torn || kept.torn || (!kept.isEmpty() && kept.from - half.expected() > 0)) {
            answer.torn = true;
            return;
        }
        boolean hadIt = kept.isEmpty() && end - half.expected() <= 0;
        answer.keepsFin = fin != 0 && (kept.isEmpty() ? hadIt : kept.to == end);
        if (!kept.isEmpty() || answer.keepsFin) {
            half.deliver(kept.from, kept.to + (answer.keepsFin ? 1 : 0));
        }
    }

    private static void released(Answer answer, Half half) {
        Remainder freed = answer.freed;
        int end = answer.releasedFrom + answer.releasedLength;
        freed.of(answer, answer.releasedFrom, end);
        answer.torn |= freed.torn || (!freed.isEmpty() && freed.from - half.expected() > 0);
        if (!answer.torn && !freed.isEmpty()) {
            answer.freedFin = half.finished && half.finAt == freed.to && freed.to == end;
            half.deliver(freed.from, freed.to + (answer.freedFin ? 1 : 0));
        }
    }

    /** RFC 6191: a SYN on a known pair of addresses and ports is a new connection only where the old one is over. */
    private boolean reopens(Flow flow, Packet p) {
        boolean over = flow.ended && !flow.ending && !gate.lenient(flow);
        if (flow.state == State.CLOSED || (over && p.sequence() != flow.clientStart)) {
            return true;
        }
        boolean repeated = flow.state != State.ESTABLISHED && p.sequence() == flow.clientStart
                && flow.isClient(p.sourceHigh(), p.sourceLow(), p.sourcePort());
        boolean simultaneous = flow.state == State.SYN_SENT
                && !flow.isClient(p.sourceHigh(), p.sourceLow(), p.sourcePort());
        return !repeated && !simultaneous && gate.lenient(flow) && p.sequence() != flow.clientStart;
    }

    /**
     * The server answers a later SYN of the client by a new connection: it has forgotten the old one, so that this one
     * takes its place as if the SYN came now.
     */
    private @Nullable Flow reopened(Flow old, Packet p) {
        int start = old.challenge;
        int scale = old.challengeScale;
        boolean stamped = old.challengeStamped;
        int stamp = old.challengeStamp;
        flows.end(old);
        Flow flow = flows.add(p);
        if (flow == null) {
            return null;
        }
        flow.number = opened++;
        flow.turn();
        flows.resolve(flow, p);
        flow.clientStart = start;
        flow.toServer.start(start + 1);
        flow.toServer.deliver(start, start + 1);
        flow.toServer.windowScale = scale;
        flow.toServer.timestamps = flow.toServer.timestampSeen = stamped;
        flow.toServer.timestamp = stamp;
        flows.table.touch(flow, FlowTable.EMBRYONIC, gate.age);
        return flow;
    }

    private @Nullable Flow openTcp(Packet p, boolean syn) {
        if (!syn && !gate.lenient(null)) {
            listener.anomaly(Anomaly.MIDSTREAM, p, null, true);
            gate.answer.anomaly = Anomaly.MIDSTREAM;
            gate.answer.action = Answer.Action.DROP;
            gate.answer.reset = !TcpTracker.isReset(p) && gate.policy.whenUnsure().midstream() == OnDeny.RESET;
            return null;
        }
        OpenGrant grant = null;
        if (gate.needsGrant(gate.source(p))) {
            grant = syn ? grants.take(p) : null;
            if (grant == null) {
                gate.refuses(Anomaly.NO_GRANT, null);
                return null;
            }
        }
        Flow flow = flows.add(p);
        if (flow == null) {
            return null;
        }
        flow.number = opened++;
        if (!syn) {
            adopt(flow, p);
            return flow;
        }
        flows.resolve(flow, p);
        if (grant != null) {
            grant.add(flow);
            if (!grant.fits(flow)) {
                gate.refuses(Anomaly.NO_GRANT, flow);
                flows.end(flow);
                return null;
            }
        }
        Anomaly problem = tracker.open(flow, p);
        if (problem != null && gate.refuses(problem, flow)) {
            flows.used(flow, FlowTable.EMBRYONIC);
            return null;
        }
        return flow;
    }

    /** A connection that began before the capture did. The side whose port a service names is the server. */
    private void adopt(Flow flow, Packet p) {
        flows.resolve(flow, p);
        boolean serverSpeaks = TcpTracker.isSynAck(p);
        if (serverSpeaks || flow.service == null) {
            flow.turn();
            Relation forward = flow.relation;
            Service service = flow.service;
            flows.resolve(flow, p);
            boolean undecided = flow.relation().conduits()
                    .isEmpty() == (forward == null || forward.conduits().isEmpty());
            boolean keep = serverSpeaks || flow.service != null || (undecided && flow.serverPort < flow.clientPort);
            if (!keep) {
                flow.turn();
                flow.relation = forward;
                flow.service = service;
            }
        }
        tracker.adopt(flow);
        listener.anomaly(Anomaly.TAKEN_UP_MIDSTREAM, p, flow, false);
    }

    /** A packet of a flow that the firewall has ended: silence, unless nobody has told the peers yet. */
    private void over(Flow flow, Packet p) {
        flows.used(flow, expiry(flow));
        listener.anomaly(Anomaly.AFTER_RESET, p, flow, true);
        gate.answer.anomaly = Anomaly.AFTER_RESET;
        // What was on its way, or an end that did not believe the RST and challenges it: RFC 5961 §3.2.
        gate.answer.resetBack = flow.resetSent && !TcpTracker.isReset(p);
        gate.deny(flow);
        if (flow.ending) {
            gate.answer.reset = true;
            flows.closed(flow);
        }
    }

    private void inspected(Flow flow, Packet p, boolean fromClient, boolean lenient) {
        int length = p.payloadCaptured();
        if (length > 0) {
            // The SYN itself has a number, RFC 9293 §3.4; data on it comes after.
            int sequence = p.sequence() + ((p.flags() & SYN) != 0 ? 1 : 0);
            assembler.frame(p, gate, lenient);
            assembler.segment(flow, fromClient, sequence, p.bytes(), p.payloadAt(), length);
            if (length < p.payloadLength()) {
                assembler.truncated(flow, fromClient, sequence + p.payloadLength());
            }
            if (gate.answer.reset) {
                flows.closed(flow);
            }
            if (gate.answer.removedCount > 0 && gate.answer.action == Answer.Action.FORWARD) {
                gate.answer.action = Answer.Action.REWRITE;
            }
        }
    }

    private static int expiry(Flow flow) {
        return switch (flow.state) {
            case SYN_SENT, SYN_RECEIVED -> FlowTable.EMBRYONIC;
            case ESTABLISHED -> FlowTable.IDLE;
            case CLOSED -> FlowTable.CLOSED;
            case DATAGRAM -> FlowTable.DATAGRAM;
        };
    }
}
