package io.sluice.engine;

import io.sluice.dissect.Limits;
import io.sluice.rules.CompiledGrant;
import io.sluice.rules.CompiledPolicy;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A worker for a host that ends the TCP connections of both sides itself: it takes bytes as sockets give them, and says
 * which go on. The messages are walked and judged as {@link Engine} does with those of packets; what a socket has done
 * already (order, repetition, handshakes) is left out. Single-threaded; the same bytes with the same times give the same
 * verdicts, however they are cut. Verdicts are always obeyed, as on every conduit from a broker's zone.
 *
 * <p>Only whole messages go on. A refused request is taken out and its client gets the protocol's refusal in its place, at
 * once: where a protocol pairs requests and answers by a number (Modbus Messaging V1.0b §4.2), the refusal may come
 * before the answers to earlier requests, and never within one. Where a protocol has no refusal, or the policy asks for
 * it, the connection ends.
 *
 * <p>Of each direction at most {@link EngineLimits#streamBytes} are kept, and nothing between two messages; a host that
 * does not give bytes until those before have gone on needs no further bound. Nothing is allocated for a message.
 */
public final class Relay implements AutoCloseable {
    /**
     * So many bytes are looked at in one go: with the smallest messages of any protocol, 8 bytes, every other of them refused, the
     * answer has room for the ranges.
     */
    private static final int PIECE = 960;
    /** A window that grew for a long message is given back after it. */
    private static final int KEPT = 8192;

    private final EngineListener listener;
    private final EngineClock clock = new EngineClock();
    private final Arena arena;
    private final BufferPool pool;
    private final Answer answer;
    private final Inspector inspector;
    private final StreamAssembler assembler;
    private final Gate gate;
    private final PlainTraffic plain;
    private final MemorySegment out;
    private long opened;

    /** Where bytes go on to; called within {@link Relay#take}, in their order. The memory is reused after the call. */
    public interface Target {
        /** Judged, or not to be looked into: these go on to the other side. */
        void pass(boolean toServer, MemorySegment bytes, long at, int length);

        /** Refusals for the client, in the place of requests. */
        void refuse(MemorySegment bytes, long at, int length);
    }

    /**
     * A relay for a worker.
     *
     * @param policy any: connections bring their own
     * @param arena where its memory comes from; closed with the relay
     */
    public Relay(CompiledPolicy policy, EngineLimits limits, EngineListener listener, Arena arena) {
        this.listener = listener;
        this.arena = arena;
        pool = new BufferPool(limits.bufferBytes(), arena);
        answer = new Answer(arena.allocate(Answer.REFUSAL_BYTES));
        inspector = new Inspector(policy, Profile.RELAY, Limits.DEFAULT, limits, listener);
        assembler = new StreamAssembler(Profile.RELAY, inspector, pool, limits, listener, answer, true);
        gate = new Gate(policy, Profile.RELAY, listener, inspector, answer);
        plain = new PlainTraffic(gate, new Neighbours(gate), inspector.situation(), listener);
        out = arena.allocate(limits.streamBytes(), 64);
    }

    /** Says what time it is for all that follows; see {@link Engine#time}. */
    public void time(long monotonicNanos, long epochNanos) {
        clock.set(monotonicNanos, epochNanos);
        gate.now(clock);
    }

    /** Whether the calendar can be believed, as {@link Engine#clockTrusted} says. */
    public void clockTrusted(boolean trusted) {
        inspector.situation().clockTrusted(trusted);
    }

    /**
     * A connection begins.
     *
     * @param zone from which its conduit comes: a place of the grant's policy
     * @param client the end that opens it, as the firewall sees it
     * @param server the device's end
     * @return null where policy and grant do not permit such a connection at all
     */
    public @Nullable RelayedConnection open(CompiledGrant grant, int zone, Grants.Endpoint client,
            Grants.Endpoint server) {
        Flow flow = new Flow();
        flow.reset(pool);
        flow.clientHigh = client.high();
        flow.clientLow = client.low();
        flow.clientPort = client.port();
        flow.serverHigh = server.high();
        flow.serverLow = server.low();
        flow.serverPort = server.port();
        flow.protocol = Packet.PROTOCOL_TCP;
        flow.clientLink = flow.serverLink = -1;
        flow.number = opened++;
        flow.state = Flow.State.ESTABLISHED;
        flow.serverStart = 1;
        flow.firstNanos = flow.lastNanos = gate.nanos;
        begin(flow.toServer);
        begin(flow.toClient);
        RelayedConnection connection = new RelayedConnection(flow, grant);
        return connection.begin(zone, gate, inspector, plain) ? connection : null;
    }

    private static void begin(Half half) {
        half.start(0);
        half.deliver(0, 0);
        half.acknowledgementSeen = true;
    }

    /**
     * Other rules are in force for a connection, from its next message on: its grant was amended, or the firewall has another
     * policy. Answers to what was allowed before still pass.
     *
     * @param zone a place of the grant's policy
     * @return false where such a connection is not permitted any more: the host ends it
     */
    public boolean amend(RelayedConnection connection, CompiledGrant grant, int zone) {
        return connection.amend(grant, zone, gate, inspector, plain);
    }

    /**
     * Takes bytes that a side has sent.
     *
     * @param bytes native memory
     * @return false when the connection is to be ended at both ends; what the target was given before still goes on
     */
    public boolean take(RelayedConnection connection, boolean fromClient, MemorySegment bytes, long at, int length,
            Target target) {
        Flow flow = connection.flow;
        inspector.policy(connection.policy());
        gate.policy = connection.policy();
        flow.count(fromClient, length);
        flow.lastNanos = gate.nanos;
        for (int done = 0; done < length && !flow.ended;) {
            int piece = Math.min(length - done, PIECE);
            if (flow.service == null) {
                plain(connection, fromClient, bytes, at + done, piece, target);
            } else {
                inspected(connection, fromClient, bytes, at + done, piece, target);
            }
            done += piece;
        }
        return !flow.ended;
    }

    /** What is not looked into passes as long as the connection as a whole may. */
    private void plain(RelayedConnection connection, boolean fromClient, MemorySegment bytes, long at, int length,
            Target target) {
        Flow flow = connection.flow;
        gate.begin(++connection.pieces, length);
        if (!plain.decide(flow)) {
            flow.ended = true;
            return;
        }
        target.pass(fromClient, bytes, at, length);
    }

    private void inspected(RelayedConnection connection, boolean fromClient, MemorySegment bytes, long at, int length,
            Target target) {
        Flow flow = connection.flow;
        Half half = flow.half(fromClient);
        gate.begin(++connection.pieces, length);
        assembler.frame(gate.packet, gate, false);
        int start = half.next;
        assembler.segment(flow, fromClient, start, bytes, at, length);
        if (answer.action != Answer.Action.DROP) {
            whole(half, target, fromClient);
            if (answer.refusalLength > 0) {
                target.refuse(answer.refusal, 0, answer.refusalLength);
            }
        }
        // A socket's bytes cannot be left out and come again: where there is no room for them the connection is over.
        flow.ended |= answer.action == Answer.Action.DROP || half.next - start != length;
        half.acknowledged = half.delivered;
        half.removed.clear();
        if (!half.pending() && half.buffer.capacity() > KEPT) {
            half.trim();
            half.buffer.release(pool);
        }
    }

    /** Hands on what has become whole, without what was taken out of it. */
    private void whole(Half half, Target target, boolean fromClient) {
        int to = half.messageAt;
        int from = half.delivered;
        for (int i = 0; i < answer.removedCount && from - to < 0; i++) {
            pass(half, from, answer.removedFrom[i], target, fromClient);
            from = answer.removedFrom[i] + answer.removedLength[i];
        }
        pass(half, from, to, target, fromClient);
        half.delivered = to;
    }

    private void pass(Half half, int from, int to, Target target, boolean fromClient) {
        int length = to - from;
        if (length <= 0) {
            return;
        }
        if (half.buffer.contiguous(from) >= length) {
            target.pass(fromClient, half.buffer.memory(), half.buffer.offset(from), length);
        } else {
            half.buffer.copy(from, length, out, 0);
            target.pass(fromClient, out, 0, length);
        }
    }

    /** A connection is over, whoever ended it. */
    public void close(RelayedConnection connection) {
        listener.ended(connection.flow);
        connection.flow.reset(pool);
    }

    /** Native memory that connections hold at the moment, bytes. */
    public long buffered() {
        return pool.taken();
    }

    @Override
    public void close() {
        arena.close();
    }
}
