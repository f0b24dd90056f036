package io.sluice.engine;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Limits;
import io.sluice.engine.Flow.State;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.Relation;
import io.sluice.rules.Service;
import io.sluice.rules.Verdict;
import io.sluice.rules.policy.Mode;
import io.sluice.rules.policy.OnDeny;
import io.sluice.rules.policy.PlainVocabulary;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A worker: takes frames one by one and answers what is to be done with each. Single-threaded; the same frames with the
 * same times give the same answers.
 */
public final class Engine implements AutoCloseable {
    private static final int ICMP_ECHO_REPLY = 0;
    private static final int ICMP_ECHO = 8;
    private static final int ICMPV6_ECHO = 128;
    private static final int ICMPV6_ECHO_REPLY = 129;

    private final Profile profile;
    private final EngineListener listener;
    private final Arena arena = Arena.ofConfined();
    private final BufferPool pool;
    private final FlowTable flows;
    private final Fragments fragments;
    private final Inspector inspector;
    private final StreamAssembler assembler;
    private final TcpTracker tracker = new TcpTracker();
    private final Packet packet = new Packet();
    private final Packet embedded = new Packet();
    private final Answer answer;
    private final Facts plainFacts = new Facts();
    private final Verdict plainVerdict = new Verdict();
    private final CompiledPolicy policy;

    private long frame;
    private long nanos;
    private int wire;
    private int sourceZone;
    private int destinationZone;
    private long tcpFlows;
    private long datagramFlows;

    public Engine(CompiledPolicy policy, Profile profile, EngineLimits limits, EngineListener listener) {
        this.policy = policy;
        this.profile = profile;
        this.listener = listener;
        pool = new BufferPool(limits.bufferBytes());
        flows = new FlowTable(limits, pool);
        fragments = new Fragments(limits, pool);
        answer = new Answer(arena.allocate(Answer.REFUSAL_BYTES));
        inspector = new Inspector(policy, Limits.DEFAULT, limits, listener);
        assembler = new StreamAssembler(inspector, pool, limits, listener, answer);
    }

    /**
     * Says between which zones the frames that follow travel, where ports tell; {@link CompiledPolicy#NOWHERE} where
     * only addresses do.
     */
    public void zones(int source, int destination) {
        sourceZone = source;
        destinationZone = destination;
    }

    /**
     * Judges one frame.
     *
     * @param bytes native memory
     * @param at offset of the frame's first byte
     * @param captured bytes that are there
     * @param wireLength bytes that were on the wire
     * @param linkType a LINKTYPE number, see {@link LinkTypes}
     * @param frameNumber from 1, rising
     * @param epochNanos nanoseconds since 1970-01-01T00:00Z
     */
    public Answer accept(MemorySegment bytes, long at, int captured, int wireLength, int linkType, long frameNumber,
            long epochNanos) {
        frame = frameNumber;
        nanos = epochNanos;
        wire = wireLength;
        answer.clear();
        inspector.ordinal(0);
        inspector.frame(frameNumber, epochNanos);
        expire();
        Packet p = packet;
        Anomaly problem = p.parse(bytes, at, captured, wireLength, linkType);
        if (problem != null && refuses(problem, null)) {
            return answer;
        }
        if (p.fragment()) {
            fragment(p);
        } else {
            packet(p);
        }
        return answer;
    }

    private void fragment(Packet p) {
        boolean whole = fragments.add(p, nanos);
        for (long n = fragments.takeTimedOut(); n > 0; n--) {
            listener.anomaly(Anomaly.FRAGMENT_TIMEOUT, p, null);
        }
        Anomaly problem = fragments.problem();
        if (problem != null) {
            refuses(problem, null);
            return;
        }
        if (!whole) {
            answer.action = Answer.Action.HOLD;
            return;
        }
        problem = p.reassembled(fragments.memory(), fragments.at(), fragments.length());
        if (problem == null || !refuses(problem, null)) {
            packet(p);
        }
        fragments.release();
    }

    private void packet(Packet p) {
        switch (p.kind()) {
            case TCP -> tcp(p);
            case UDP -> udp(p);
            case ICMP -> icmp(p);
            case LINK -> link(p);
            case IP, NOTHING -> {
                listener.other(p);
                deny(null);
            }
        }
    }

    // ---------------------------------------------------------------- TCP

    private void tcp(Packet p) {
        Flow flow = flows.find(p);
        if (wrongChecksum(p, flow)) {
            return;
        }
        Anomaly flags = TcpTracker.flags(p);
        if (flags != null && refuses(flags, flow)) {
            return;
        }
        boolean syn = TcpTracker.isSyn(p);
        if (flow != null && syn && reopens(flow, p)) {
            end(flow);
            flow = null;
        }
        if (flow == null) {
            flow = openTcp(p, syn);
            if (flow == null) {
                return;
            }
        }
        boolean fromClient = flow.isClient(p.sourceHigh(), p.sourceLow(), p.sourcePort());
        boolean lenient = lenient(flow);
        Anomaly problem = null;
        if (!syn || flow.packets > 0) {
            problem = tracker.next(flow, p, fromClient, lenient);
        }
        used(flow);
        flows.touch(flow, expiry(flow), nanos);
        if (problem != null && refuses(problem, flow)) {
            return;
        }
        if (flow.service == null) {
            plain(flow, p);
        } else {
            inspected(flow, p, fromClient, lenient);
        }
    }

    /** RFC 6191: a SYN on a known pair of addresses and ports is a new connection only where the old one is over. */
    private boolean reopens(Flow flow, Packet p) {
        if (flow.state == State.CLOSED) {
            return true;
        }
        boolean repeated = flow.state != State.ESTABLISHED && p.sequence() == flow.clientStart
                && flow.isClient(p.sourceHigh(), p.sourceLow(), p.sourcePort());
        boolean simultaneous = flow.state == State.SYN_SENT
                && !flow.isClient(p.sourceHigh(), p.sourceLow(), p.sourcePort());
        return !repeated && !simultaneous && lenient(flow) && p.sequence() != flow.clientStart;
    }

    private @Nullable Flow openTcp(Packet p, boolean syn) {
        if (!syn && !lenient(null)) {
            listener.anomaly(Anomaly.MIDSTREAM, p, null);
            answer.anomaly = Anomaly.MIDSTREAM;
            answer.action = Answer.Action.DROP;
            answer.reset = !TcpTracker.isReset(p) && policy.whenUnsure().midstream() == OnDeny.RESET;
            return null;
        }
        Flow flow = add(p);
        if (flow == null) {
            return null;
        }
        flow.number = tcpFlows++;
        if (!syn) {
            adopt(flow, p);
            return flow;
        }
        resolve(flow, p);
        Anomaly problem = tracker.open(flow, p);
        if (problem != null && refuses(problem, flow)) {
            used(flow);
            flows.touch(flow, FlowTable.EMBRYONIC, nanos);
            return null;
        }
        return flow;
    }

    /** A connection that began before the capture did. The side whose port a service names is the server. */
    private void adopt(Flow flow, Packet p) {
        resolve(flow, p);
        boolean serverSpeaks = TcpTracker.isSynAck(p);
        if (serverSpeaks || flow.service == null) {
            flow.turn();
            Relation forward = flow.relation;
            Service service = flow.service;
            resolve(flow, p);
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
        listener.anomaly(Anomaly.TAKEN_UP_MIDSTREAM, p, flow);
    }

    private void inspected(Flow flow, Packet p, boolean fromClient, boolean lenient) {
        if (flow.ended && !lenient) {
            listener.anomaly(Anomaly.AFTER_RESET, p, flow);
            answer.anomaly = Anomaly.AFTER_RESET;
            deny(flow);
            return;
        }
        int length = p.payloadCaptured();
        if (length > 0) {
            // The SYN itself has a number, RFC 9293 §3.4; data on it comes after.
            int sequence = p.sequence() + ((p.flags() & 2) != 0 ? 1 : 0);
            assembler.frame(p, frame, nanos, lenient);
            assembler.segment(flow, fromClient, sequence, p.bytes(), p.payloadAt(), length);
            if (length < p.payloadLength()) {
                assembler.truncated(flow, fromClient, sequence + p.payloadLength());
            }
            if (answer.removedCount > 0 && answer.action == Answer.Action.FORWARD) {
                answer.action = Answer.Action.REWRITE;
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

    // ---------------------------------------------------------------- UDP and ICMP

    private void udp(Packet p) {
        Flow flow = flows.find(p);
        if (wrongChecksum(p, flow)) {
            return;
        }
        if (flow == null) {
            flow = openDatagram(p);
            if (flow == null) {
                return;
            }
        }
        used(flow);
        flows.touch(flow, FlowTable.DATAGRAM, nanos);
        if (flow.service == null) {
            plain(flow, p);
            return;
        }
        boolean fromClient = flow.isClient(p.sourceHigh(), p.sourceLow(), p.sourcePort());
        if (p.payloadCaptured() < p.payloadLength()) {
            return;
        }
        inspector.datagram(flow, fromClient, p.bytes(), p.payloadAt(), p.payloadLength());
        if (!inspector.forwards() && !lenient(flow)) {
            answer.action = Answer.Action.DROP;
            answer.flow = flow;
            if (inspector.action() == OnDeny.REPLY) {
                inspector.refuse(flow, p.bytes(), p.payloadAt(), p.payloadLength(), answer);
            }
        }
    }

    private @Nullable Flow openDatagram(Packet p) {
        Flow flow = add(p);
        if (flow == null) {
            return null;
        }
        flow.number = datagramFlows++;
        flow.state = State.DATAGRAM;
        resolve(flow, p);
        if (flow.service == null && lenient(flow)) {
            flow.turn();
            Relation forward = flow.relation;
            resolve(flow, p);
            if (flow.service == null) {
                flow.turn();
                flow.relation = forward;
            }
        }
        return flow;
    }

    private void icmp(Packet p) {
        int type = p.icmpType();
        boolean v6 = p.protocol() == Packet.PROTOCOL_ICMPV6;
        boolean echo = v6
                ? type == ICMPV6_ECHO || type == ICMPV6_ECHO_REPLY
                : type == ICMP_ECHO || type == ICMP_ECHO_REPLY;
        if (echo) {
            Flow flow = flows.find(p);
            if (wrongChecksum(p, flow)) {
                return;
            }
            if (flow == null) {
                flow = openDatagram(p);
                if (flow == null) {
                    return;
                }
            }
            used(flow);
            flows.touch(flow, FlowTable.DATAGRAM, nanos);
            plain(flow, p);
        } else if (v6 ? type >= 1 && type <= 4 : type == 3 || type == 11 || type == 12) {
            icmpError(p);
        } else {
            // Neighbour discovery (133..136) passes beside the rules. Redirects (137, and 5 of ICMP) never: they turn
            // traffic away from the firewall. Source quench (4) is obsolete, RFC 6633.
            listener.other(p);
            if (!v6 || type < 133 || type > 136) {
                deny(null);
            }
        }
    }

    /** RFC 5927: an ICMP error passes only if the packet it quotes could have been sent on a live, allowed flow. */
    private void icmpError(Packet p) {
        if (wrongChecksum(p, null)) {
            return;
        }
        boolean quoted = p.payloadCaptured() >= 28
                && embedded.quoted(p.bytes(), p.payloadAt(), p.payloadCaptured(), p.vlan());
        Flow flow = quoted ? flows.find(embedded) : null;
        if (flow == null || !plausible(flow)) {
            refuses(Anomaly.ICMP_WITHOUT_FLOW, null);
        }
    }

    /** Whether the quoted packet's flow may send, and for TCP had sent, what is quoted. */
    private boolean plausible(Flow flow) {
        if (flow.ended || (flow.service == null && !flow.plainAllowed)) {
            return lenient(flow);
        }
        if (flow.protocol != Packet.PROTOCOL_TCP) {
            return true;
        }
        Half half = flow.half(flow.isClient(embedded.sourceHigh(), embedded.sourceLow(), embedded.sourcePort()));
        int behind = half.sent - embedded.sequence();
        return half.synchronised && behind >= -1 && behind <= Math.max(half.largestWindow, TcpTracker.ACK_SLACK);
    }

    // ---------------------------------------------------------------- Beside IP

    /** ARP passes beside the rules; other EtherTypes by rule, between zones and in both directions. */
    private void link(Packet p) {
        if (p.etherType() == Packet.ETHERTYPE_ARP) {
            listener.other(p);
            return;
        }
        listener.other(p);
        boolean placed = sourceZone != CompiledPolicy.NOWHERE && destinationZone != CompiledPolicy.NOWHERE;
        if (!placed || !etherTypeAllowed(p.etherType())) {
            deny(null);
        }
    }

    private boolean etherTypeAllowed(int etherType) {
        Relation relation = policy.relation(sourceZone, destinationZone);
        plainFacts.reset(MemorySegment.NULL);
        plainFacts.add(PlainVocabulary.ETHERTYPE, 0, etherType, etherType);
        inspector.situation().at(nanos, policy.windows());
        relation.plain().decide(plainFacts, inspector.situation(), plainVerdict);
        return plainVerdict.allowed();
    }

    // ---------------------------------------------------------------- Common to flows

    private @Nullable Flow add(Packet p) {
        Flow flow = flows.add(p);
        if (flow == null) {
            refuses(Anomaly.FLOW_TABLE_FULL, null);
            return null;
        }
        flow.firstFrame = frame;
        flow.firstNanos = nanos;
        flow.lastNanos = nanos;
        flow.state = State.SYN_SENT;
        return flow;
    }

    /** Finds places, relation and service of a flow whose client is where it says. */
    private void resolve(Flow flow, Packet p) {
        boolean asSent = flow.isClient(p.sourceHigh(), p.sourceLow(), p.sourcePort());
        int clientZone = asSent ? sourceZone : destinationZone;
        int serverZone = asSent ? destinationZone : sourceZone;
        flow.clientPlace = place(clientZone, flow.clientHigh, flow.clientLow);
        flow.serverPlace = place(serverZone, flow.serverHigh, flow.serverLow);
        Relation relation = policy.relation(flow.clientPlace, flow.serverPlace);
        flow.relation = relation;
        Service service = relation.service(flow.protocol, flow.serverPort);
        if (service == null) {
            flow.service = null;
        } else {
            inspector.attach(flow, service);
        }
    }

    private int place(int zone, long high, long low) {
        return zone == CompiledPolicy.NOWHERE ? policy.place(high, low) : policy.placeIn(zone, high, low);
    }

    private void used(Flow flow) {
        flow.packets++;
        flow.octets += wire;
        flow.lastFrame = frame;
        answer.flow = flow;
    }

    /** A flow that is not inspected is allowed or refused as a whole, and again when a window opens or closes. */
    private void plain(Flow flow, Packet p) {
        inspector.situation().at(nanos, policy.windows());
        long open = inspector.situation().openWindows();
        if (!flow.plainDecided || flow.plainWindows != open) {
            plainFacts.reset(MemorySegment.NULL);
            int operation = flow.protocol == Packet.PROTOCOL_TCP
                    ? PlainVocabulary.TCP
                    : flow.protocol == Packet.PROTOCOL_UDP ? PlainVocabulary.UDP : PlainVocabulary.PING;
            int item = operation == PlainVocabulary.PING ? Facts.NO_ITEM : flow.serverPort;
            plainFacts.add(operation, 0, item, item);
            inspector.situation().source(flow.clientHigh, flow.clientLow);
            flow.relation().plain().decide(plainFacts, inspector.situation(), plainVerdict);
            flow.plainDecided = true;
            flow.plainWindows = open;
            flow.plainAllowed = plainVerdict.allowed();
            flow.plainRule = plainVerdict.rule();
            listener.plain(flow, p);
        }
        if (!flow.plainAllowed && !lenient(flow)) {
            answer.action = Answer.Action.DROP;
            OnDeny action = flow.plainRule == Verdict.DEFAULT
                    ? flow.relation().onDeny()
                    : policy.rules().get(flow.plainRule).onDeny();
            answer.reset = action != OnDeny.DROP && flow.protocol == Packet.PROTOCOL_TCP;
        }
    }

    private boolean wrongChecksum(Packet p, @Nullable Flow flow) {
        if (p.payloadCaptured() < p.payloadLength()) {
            return false;
        }
        int checksum = p.checksum();
        if (checksum == 0) {
            listener.anomaly(Anomaly.UNFINISHED_CHECKSUM, p, flow);
        }
        return checksum < 0 && refuses(Anomaly.TRANSPORT_CHECKSUM, flow);
    }

    /** Reports an anomaly; true if the frame goes no further. */
    private boolean refuses(Anomaly problem, @Nullable Flow flow) {
        listener.anomaly(problem, packet, flow);
        boolean unreadable = flow == null && (packet.kind() == Packet.Kind.NOTHING || packet.kind() == Packet.Kind.LINK
                || packet.kind() == Packet.Kind.IP) && !packet.fragment();
        if (problem.blocks() && !lenient(flow)) {
            answer.action = Answer.Action.DROP;
            answer.anomaly = problem;
            return true;
        }
        return unreadable || problem == Anomaly.FLOW_TABLE_FULL;
    }

    private void deny(@Nullable Flow flow) {
        if (!lenient(flow)) {
            answer.action = Answer.Action.DROP;
            answer.flow = flow;
        }
    }

    /**
     * Whether packets go on whatever is found: nobody stands in the way, or the conduits between the two only monitor.
     * Where there is no flow the packet's own addresses tell which conduits those are, and else the policy's mode.
     */
    private boolean lenient(@Nullable Flow flow) {
        if (profile == Profile.OBSERVE) {
            return true;
        }
        return flow != null ? !inspector.enforced(flow) : modeBetween(packet) != Mode.ENFORCE;
    }

    private Mode modeBetween(Packet p) {
        if (p.kind() == Packet.Kind.NOTHING) {
            return policy.mode();
        }
        boolean addressed = p.kind() != Packet.Kind.LINK;
        int source = addressed ? place(sourceZone, p.sourceHigh(), p.sourceLow()) : sourceZone;
        int destination = addressed ? place(destinationZone, p.destinationHigh(), p.destinationLow()) : destinationZone;
        Relation there = policy.relation(source, destination);
        Relation back = policy.relation(destination, source);
        return (there.conduits().isEmpty() && !back.conduits().isEmpty() ? back : there).mode(nanos);
    }

    private void expire() {
        Flow flow = flows.expired(nanos);
        while (flow != null) {
            end(flow);
            flow = flows.expired(nanos);
        }
    }

    private void end(Flow flow) {
        if (flow.service != null && flow.protocol == Packet.PROTOCOL_TCP && lenient(flow)) {
            assembler.frame(packet, frame, nanos, true);
            assembler.skipGap(flow, flow.toServer, true);
            assembler.skipGap(flow, flow.toClient, false);
        }
        listener.ended(flow);
        flows.remove(flow);
    }

    /** No more frames come: bytes that wait for others are judged as they are, and every flow ends. */
    public void finish() {
        Flow flow = flows.any();
        while (flow != null) {
            end(flow);
            flow = flows.any();
        }
        fragments.clear();
    }

    /** Native memory that flows and fragments hold at the moment, bytes. */
    long buffered() {
        return pool.taken();
    }

    /** Flows remembered at the moment. */
    public int flows() {
        return flows.size();
    }

    @Override
    public void close() {
        assembler.close();
        pool.close();
        arena.close();
    }
}
