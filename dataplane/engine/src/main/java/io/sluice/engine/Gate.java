package io.sluice.engine;

import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.Relation;
import io.sluice.rules.policy.Mode;
import io.sluice.rules.policy.OnDeny;
import org.jspecify.annotations.Nullable;

/**
 * The frame at hand and what holds for it whatever it is: between which places it travels, whether what is found wrong
 * with it is obeyed, and how that is told.
 */
final class Gate {
    CompiledPolicy policy;
    final Packet packet = new Packet();
    final Answer answer;
    long frame;
    /** Nanoseconds since 1970-01-01T00:00Z: for windows, dates and reports. */
    long nanos;
    /** Nanoseconds that never jump: for how old things are. */
    long age;
    int wire;
    int sourceZone;
    int destinationZone;
    /** The frame's checksum is still to be filled in by the sending card, says the host. */
    private boolean checksumToCome;
    private boolean checksumAnnounced;
    final Profile profile;
    private final EngineListener listener;
    private final Inspector inspector;

    Gate(CompiledPolicy policy, Profile profile, EngineListener listener, Inspector inspector, Answer answer) {
        this.policy = policy;
        this.profile = profile;
        this.listener = listener;
        this.inspector = inspector;
        this.answer = answer;
    }

    /** It is so late now. */
    void now(EngineClock clock) {
        nanos = clock.epoch();
        age = clock.age();
    }

    /** A new frame: nothing is said of it yet. */
    void begin(long frameNumber, int wireLength) {
        frame = frameNumber;
        wire = wireLength;
        checksumToCome = checksumAnnounced;
        checksumAnnounced = false;
        answer.clear();
        inspector.ordinal(0);
        inspector.frame(frameNumber, nanos, age);
    }

    /** The checksum of the next frame is still to be filled in. */
    void announceChecksum() {
        checksumAnnounced = true;
    }

    /** Ports tell between which zones the frame travels. */
    boolean placed() {
        return sourceZone != CompiledPolicy.NOWHERE && destinationZone != CompiledPolicy.NOWHERE;
    }

    int place(int zone, long high, long low) {
        return zone == CompiledPolicy.NOWHERE ? policy.place(high, low) : policy.placeIn(zone, high, low);
    }

    /** Whether traffic from a place needs a jump session, where frames are carried. */
    boolean needsGrant(int place) {
        return profile.carries() && policy.isBroker(place);
    }

    /** The place that the packet at hand comes from. */
    int source(Packet p) {
        return place(sourceZone, p.sourceHigh(), p.sourceLow());
    }

    /** Reports a checksum that is wrong or unfinished; true if the frame goes no further. Needs the whole payload. */
    boolean wrongChecksum(Packet p, @Nullable Flow flow) {
        if (p.payloadCaptured() < p.payloadLength()) {
            return false;
        }
        int checksum = p.checksum(checksumToCome);
        if (checksum == 0 && !profile.carries()) {
            listener.anomaly(Anomaly.UNFINISHED_CHECKSUM, p, flow, false);
        }
        boolean wrong = checksum < 0 || (checksum == 0 && profile.carries() && !checksumToCome);
        return wrong && refuses(Anomaly.TRANSPORT_CHECKSUM, flow);
    }

    /** Reports an anomaly; true if the frame goes no further. */
    boolean refuses(Anomaly problem, @Nullable Flow flow) {
        boolean enforced = problem.blocks() && !lenient(flow);
        listener.anomaly(problem, packet, flow, enforced);
        boolean unreadable = flow == null && (packet.kind() == Packet.Kind.NOTHING || packet.kind() == Packet.Kind.LINK
                || packet.kind() == Packet.Kind.IP) && !packet.fragment();
        if (enforced) {
            answer.action = Answer.Action.DROP;
            answer.anomaly = problem;
            return true;
        }
        return unreadable || problem == Anomaly.FLOW_TABLE_FULL || problem == Anomaly.DRAINING;
    }

    /** A limit kept a TCP segment from being judged, and it is dropped: {@code when_unsure: overload} may ask for more. */
    void overload() {
        if (packet.kind() == Packet.Kind.TCP && !lenient(null) && policy.whenUnsure().overload() == OnDeny.RESET
                && !TcpTracker.isReset(packet)) {
            answer.reset = true;
        }
    }

    /** Refuses without a name: no rule allows it. */
    void deny(@Nullable Flow flow) {
        if (!lenient(flow)) {
            answer.action = Answer.Action.DROP;
            answer.flow = flow;
        }
    }

    /**
     * Whether packets go on whatever is found: nobody stands in the way, or the conduits between the two only monitor.
     * Where there is no flow the packet's own addresses tell which conduits those are, and else the policy's mode.
     */
    boolean lenient(@Nullable Flow flow) {
        if (!profile.carries()) {
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
}
