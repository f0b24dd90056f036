package io.sluice.engine;

import io.sluice.dissect.Limits;
import io.sluice.rules.CompiledPolicy;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A worker: takes frames one by one and answers what is to be done with each. Single-threaded; the same frames with the
 * same times give the same answers.
 */
public final class Engine implements AutoCloseable {
    private final EngineListener listener;
    private final Arena arena = Arena.ofConfined();
    private final BufferPool pool;
    private final Fragments fragments;
    private final StreamAssembler assembler;
    private final Gate gate;
    private final FlowBook flows;
    private final PlainTraffic plain;
    private final TcpPackets tcp;
    private final DatagramPackets datagrams;
    private final Emitter emitter;

    public Engine(CompiledPolicy policy, Profile profile, EngineLimits limits, EngineListener listener) {
        this.listener = listener;
        pool = new BufferPool(limits.bufferBytes());
        fragments = new Fragments(limits, pool);
        Answer answer = new Answer(arena.allocate(Answer.REFUSAL_BYTES));
        Inspector inspector = new Inspector(policy, Limits.DEFAULT, limits, listener);
        assembler = new StreamAssembler(inspector, pool, limits, listener, answer);
        gate = new Gate(policy, profile, listener, inspector, answer);
        flows = new FlowBook(new FlowTable(limits, pool), gate, inspector, assembler, listener);
        plain = new PlainTraffic(gate, inspector.situation(), listener);
        tcp = new TcpPackets(gate, flows, plain, assembler, listener);
        datagrams = new DatagramPackets(gate, flows, plain, inspector, listener);
        emitter = new Emitter(gate, new Emission(arena));
    }

    /**
     * Says between which zones the frames that follow travel, where ports tell; {@link CompiledPolicy#NOWHERE} where
     * only addresses do.
     */
    public void zones(int source, int destination) {
        gate.sourceZone = source;
        gate.destinationZone = destination;
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
        gate.begin(frameNumber, epochNanos, wireLength);
        flows.expire();
        Packet p = gate.packet;
        Anomaly problem = p.parse(bytes, at, captured, wireLength, linkType);
        if (problem != null && gate.refuses(problem, null)) {
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
        boolean whole = fragments.add(p, gate.nanos);
        for (long n = fragments.takeTimedOut(); n > 0; n--) {
            listener.anomaly(Anomaly.FRAGMENT_TIMEOUT, p, null);
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

    /** No more frames come: bytes that wait for others are judged as they are, and every flow ends. */
    public void finish() {
        flows.endAll();
        fragments.clear();
    }

    /** Native memory that flows and fragments hold at the moment, bytes. */
    long buffered() {
        return pool.taken();
    }

    /** Flows remembered at the moment. */
    public int flows() {
        return flows.table.size();
    }

    @Override
    public void close() {
        assembler.close();
        pool.close();
        arena.close();
    }
}
