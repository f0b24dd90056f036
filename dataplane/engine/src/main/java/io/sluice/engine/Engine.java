package io.sluice.engine;

import io.sluice.dissect.Limits;
import io.sluice.rules.CompiledGrant;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.PolicyChange;
import io.sluice.rules.policy.Mode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A worker: takes frames one by one and answers what is to be done with each. Single-threaded; the same frames with the
 * same times give the same answers.
 */
public final class Engine implements AutoCloseable {
    /** Places of the flow table looked at for each {@link #time} while flows are brought under another policy. */
    private static final int SWEPT = 256;

    private final EngineListener listener;
    private final EngineClock clock = new EngineClock();
    private final Arena arena;
    private final BufferPool pool;
    private final Fragments fragments;
    private final Inspector inspector;
    private final StreamAssembler assembler;
    private final Gate gate;
    private final FlowBook flows;
    private final Grants grants;
    private final PlainTraffic plain;
    private final TcpPackets tcp;
    private final DatagramPackets datagrams;
    private final Emitter emitter;
    private final Belief belief;

    /** An engine for a recording, used by the thread that makes it; it always takes the same way. */
    public Engine(CompiledPolicy policy, Profile profile, EngineLimits limits, EngineListener listener) {
        this(policy, profile, limits, FlowKey.KNOWN, listener, Arena.ofConfined());
    }

    /**
     * An engine for a worker.
     *
     * @param key a secret of its own for each engine that meets live traffic
     * @param arena where its memory comes from; closed with the engine
     */
    public Engine(CompiledPolicy policy, Profile profile, EngineLimits limits, FlowKey key, EngineListener listener,
            Arena arena) {
        this.listener = listener;
        this.arena = arena;
        pool = new BufferPool(limits.bufferBytes(), arena);
        fragments = new Fragments(limits, pool);
        Answer answer = new Answer(arena.allocate(Answer.REFUSAL_BYTES));
        inspector = new Inspector(policy, profile, Limits.DEFAULT, limits, listener);
        assembler = new StreamAssembler(profile, inspector, pool, limits, listener, answer);
        gate = new Gate(policy, profile, listener, inspector, answer);
        belief = new Belief(gate);
        Neighbours neighbours = new Neighbours(gate);
        plain = new PlainTraffic(gate, neighbours, inspector.situation(), listener);
        flows = new FlowBook(new FlowTable(limits, key, pool), pool, gate, inspector, assembler, plain, listener);
        grants = new Grants(clock, policy);
        grants.flows(flows);
        tcp = new TcpPackets(gate, flows, grants, plain, assembler, listener);
        datagrams = new DatagramPackets(gate, flows, plain, neighbours, inspector, listener);
        emitter = new Emitter(gate, new Emission(arena));
    }

    /**
     * Says between which zones the frames that follow travel, where ports tell; {@link CompiledPolicy#NOWHERE} for both
     * where only addresses do.
     *
     * <p>A frame to a group address goes to every other zone: the host says so and calls {@link #accept} once for each of
     * them, and sends what each answer asks for to the ports of that zone alone. Nothing is remembered of such a frame, so
     * one zone's answer says nothing of another's. A frame to one station is given once, for the zone in which that station
     * is or must be; where nobody knows, it is not forwarded. Between two ports of one zone frames are judged like any others, by the
     * conduits from that zone to itself.
     */
    public void zones(int source, int destination) {
        gate.sourceZone = source;
        gate.destinationZone = destination;
    }

    /**
     * Says what time it is, for all that follows, and ends what is over by then. Called for each frame or batch of
     * frames, and every few milliseconds when none come.
     *
     * <p>There are two clocks because a wall clock may be set at any time. How old things are (flows, fragments, rates,
     * grants) goes by the monotonic one; windows, dates of modes and the times in reports by the calendar. A host with
     * one clock only, such as a recording, gives it twice: steps back are then taken as {@link EngineClock} says.
     *
     * @param monotonicNanos of a clock that is never set, from any origin
     * @param epochNanos nanoseconds since 1970-01-01T00:00Z
     */
    public void time(long monotonicNanos, long epochNanos) {
        clock.set(monotonicNanos, epochNanos);
        gate.now(clock);
        flows.expire();
        grants.expire();
        flows.sweep(SWEPT);
    }

    /**
     * Says whether the calendar can be believed: while it cannot, allows with a window do not apply and denies with a
     * window do. Believed until told otherwise.
     */
    public void clockTrusted(boolean trusted) {
        inspector.situation().clockTrusted(trusted);
    }

    /** Judges one frame of a recording, whose one clock tells both times; see {@link #accept} and {@link #time}. */
    public Answer accept(MemorySegment bytes, long at, int captured, int wireLength, int linkType, long frameNumber,
            long epochNanos) {
        time(epochNanos, epochNanos);
        return accept(bytes, at, captured, wireLength, linkType, frameNumber);
    }

    /**
     * Says of the next frame that its transport checksum is still to be filled in by a card, so that the field holds the
     * sum of the pseudo header only (virtio's NEEDS_CSUM). Without that word such a field is a wrong checksum where
     * frames are carried, since its receiver would take it for one; observing, it is noted and believed.
     */
    public void checksumToCome() {
        gate.announceChecksum();
    }

    /**
     * Judges one frame, at the time that {@link #time} said.
     *
     * @param bytes native memory
     * @param at offset of the frame's first byte
     * @param captured bytes that are there
     * @param wireLength bytes that were on the wire
     * @param linkType a LINKTYPE number, see {@link LinkTypes}
     * @param frameNumber from 1, rising
     */
    public Answer accept(MemorySegment bytes, long at, int captured, int wireLength, int linkType, long frameNumber) {
        gate.begin(frameNumber, wireLength);
        Packet p = gate.packet;
        Anomaly problem = p.parse(bytes, at, captured, wireLength, linkType);
        if (problem != null && gate.refuses(problem, null)) {
            return gate.answer;
        }
        if (gate.placed() && belief.refuses(p)) {
            return gate.answer;
        }
        if (p.fragment()) {
            fragment(p);
        } else {
            packet(p);
        }
        return gate.answer;
    }

    /**
     * The frames that the last answer asks for. The received frame must still be where it was; where {@link
     * Answer#asItIs} it is all there is to send, and the call can be saved. Once for each frame.
     */
    public Emission emit() {
        return emitter.emit();
    }

    /**
     * RSTs to both ends of a TCP flow that is ended without a frame at hand; {@link Emission#back} is the client's. The host
     * finds the ports by the frames' destination addresses.
     */
    public Emission resets(Flow flow) {
        return emitter.resets(flow);
    }

    private void fragment(Packet p) {
        boolean whole = fragments.add(p, (long) gate.sourceZone << 32 | gate.destinationZone, gate.age);
        for (long n = fragments.takeTimedOut(); n > 0; n--) {
            // The packet at hand is another: of those that are given up only the policy's mode is known.
            listener.anomaly(Anomaly.FRAGMENT_TIMEOUT, p, null,
                    gate.profile.carries() && gate.policy.mode() == Mode.ENFORCE);
        }
        Anomaly problem = fragments.problem();
        if (problem != null) {
            gate.refuses(problem, null);
            return;
        }
        if (!whole) {
            gate.answer.action = gate.lenient(null) ? Answer.Action.FORWARD : Answer.Action.HOLD;
            return;
        }
        gate.answer.datagram(p, fragments, !gate.lenient(null));
        problem = p.reassembled(fragments.memory(), fragments.at(), fragments.length());
        if (problem == null || !gate.refuses(problem, null)) {
            packet(p);
        }
        fragments.release();
    }

    private void packet(Packet p) {
        switch (p.kind()) {
            case TCP -> tcp.accept(p);
            case UDP -> datagrams.udp(p);
            case ICMP -> datagrams.icmp(p);
            case LINK -> plain.link(p);
            case IP, NOTHING -> {
                listener.other(p);
                gate.deny(null);
            }
        }
    }

    /** The policy in force. */
    public CompiledPolicy policy() {
        return gate.policy;
    }

    /** The jump sessions. */
    public Grants grants() {
        return grants;
    }

    /** Puts another policy in force, as {@link #policy(PolicyChange, List)} does, without grants: those that are open end. */
    public void policy(CompiledPolicy next) {
        policy(PolicyChange.between(gate.policy, next), List.of());
    }

    /**
     * Puts another policy in force, between two frames. Every flow goes on with all that is known of it and is judged by
     * the new policy from its next message; answers to requests that the old one allowed pass. Flows are brought over
     * one by one, with their next packet or a few at each {@link #time}, so that nothing waits for it. A TCP connection
     * that the new policy does not allow at all is ended, see {@link #ending}.
     *
     * <p>Zones are numbers of a policy: {@link #zones} has to be said anew.
     *
     * @param change from the policy in force
     * @param granted the grants that go on, compiled for the new policy; those that are open and not among them end
     */
    public void policy(PolicyChange change, List<CompiledGrant> granted) {
        if (!change.before().equals(gate.policy)) {
            throw new IllegalArgumentException("the change is not one of the policy in force");
        }
        zones(CompiledPolicy.NOWHERE, CompiledPolicy.NOWHERE);
        gate.policy = change.after();
        inspector.policy(change.after());
        belief.forget();
        grants.exchange(change.after(), granted);
        flows.exchange(change);
    }

    /**
     * The next connection that the engine has ended by itself, as an answer that resets both ends ({@link Answer#flow}
     * tells which), or null when there is none. To be asked after {@link #time}, {@link #policy(PolicyChange, List)} and
     * the end of a grant, until it is null; a connection of which a packet comes first is reset by the answer to that
     * one.
     */
    public @Nullable Answer ending() {
        Flow flow = flows.ending();
        if (flow == null) {
            return null;
        }
        gate.answer.clear();
        gate.answer.action = Answer.Action.DROP;
        gate.answer.flow = flow;
        gate.answer.reset = true;
        return gate.answer;
    }

    /** No more frames come: bytes that wait for others are judged as they are, and every flow ends. */
    public void finish() {
        flows.endAll();
        fragments.clear();
    }

    /** From now on no flow begins: those that there are go on. */
    public void drain() {
        flows.close();
    }

    /** Flows that began so far. */
    public long opened() {
        return flows.opened();
    }

    /** Native memory that flows and fragments hold at the moment, bytes. */
    public long buffered() {
        return pool.taken();
    }

    /** Flows remembered at the moment. */
    public int flows() {
        return flows.table.size();
    }

    @Override
    public void close() {
        arena.close();
    }
}
