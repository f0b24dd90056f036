package io.sluice.engine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.sluice.dissect.Protocols;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.Relation;
import io.sluice.rules.Service;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an observing engine handed to dissectors and rules, in the order in which it did: the messages of each connection,
 * put together from their segments, and the packets of connections that are not looked into. Frames, checksums and the
 * discipline of TCP, which know no rules, are done with; a {@link TapePlayer} has the rest judged again by another policy.
 *
 * <p>Hears the engine as a listener; the host says which frame comes ({@link #frame}) and which flow it belonged to
 * ({@link #answered}), and ends with {@link #finish}. Bounded: beyond its bytes it is not {@link #whole} and of no use.
 */
public final class MessageTape implements EngineListener {
    static final byte END = 0, GROUP = 1, FLOW = 2, MESSAGE = 3, DATAGRAM = 4, OVERLOAD = 5, MISSED = 6, PLAIN = 7,
            ENDED = 8, NEXT_CHUNK = 9;

    static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED;
    static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final int CHUNK = 8 << 20;
    /** Most bytes of an entry without its message. */
    private static final int ENTRY = 128;

    private final CompiledPolicy policy;
    private final Arena arena;
    private final long mostBytes;
    private final List<MemorySegment> chunks = new ArrayList<>();
    private final EngineClock clock = new EngineClock();
    private MemorySegment chunk = MemorySegment.NULL;
    private int at;
    private long bytes;
    private boolean whole = true;
    private int flows;
    private long messages;
    private long frame;
    private long nanos;
    private boolean grouped;

    /**
     * An empty tape.
     *
     * @param policy the one that the engine judges by
     * @param arena where its memory comes from
     * @param mostBytes of memory that it may take
     */
    public MessageTape(CompiledPolicy policy, Arena arena, long mostBytes) {
        this.policy = policy;
        this.arena = arena;
        this.mostBytes = mostBytes;
    }

    /** The frame that the engine is given next, at the time that the engine is given. */
    public void frame(long number, long epochNanos) {
        frame = number;
        nanos = epochNanos;
        clock.set(epochNanos, epochNanos);
        grouped = false;
    }

    /** The flow of the frame, as the engine answered. */
    public void answered(@Nullable Flow flow) {
        if (flow != null && flow.service == null) {
            entry(PLAIN, flow, 0);
        }
    }

    /** No frame comes any more; the engine is still to end its flows. */
    public void ending() {
        grouped = false;
    }

    /** No more comes. */
    public void finish() {
        room(ENTRY);
        u8(END);
    }

    /** Whether all of it found room. */
    public boolean whole() {
        return whole;
    }

    /** Bytes taken. */
    public long bytes() {
        return bytes;
    }

    /** Messages on it. */
    public long messages() {
        return messages;
    }

    List<MemorySegment> chunks() {
        return chunks;
    }

    int flows() {
        return flows;
    }

    @Override
    public void message(MessageEvent e) {
        boolean overload = e.reason == Reason.OVERLOAD && e.problem == null && !e.request;
        byte kind = overload ? OVERLOAD : e.flow.protocol == Packet.PROTOCOL_TCP ? MESSAGE : DATAGRAM;
        if (!entry(kind, e.flow, 64 + e.size)) {
            return;
        }
        u8((byte) (e.fromClient ? 1 : 0));
        u8((byte) (e.lost ? 1 : 0));
        i64(e.frame);
        i64(e.nanos);
        i64(e.age);
        i64(e.firstFrame);
        i32(e.ordinal);
        i32(e.segments);
        i32(e.size);
        MemorySegment.copy(e.bytes, e.at, chunk, at, e.size);
        at += e.size;
        messages++;
    }

    @Override
    public void gap(Flow flow, boolean fromClient, long skipped) {
        if (entry(MISSED, flow, 1)) {
            u8((byte) (fromClient ? 1 : 0));
        }
    }

    @Override
    public void ended(Flow flow) {
        if (entry(ENDED, flow, 32)) {
            i64(flow.packets);
            i64(flow.octets);
            i64(flow.firstFrame);
            i64(flow.lastFrame);
        }
    }

    /** Begins an entry about a flow, after what has to stand before it; false where there is no room. */
    private boolean entry(byte kind, Flow flow, int size) {
        if (!grouped) {
            grouped = true;
            if (room(ENTRY)) {
                u8(GROUP);
                i64(frame);
                i64(nanos);
                i64(clock.age());
            }
        }
        if (flow.taped == 0) {
            describe(flow);
        }
        if (!room(ENTRY + size)) {
            return false;
        }
        u8(kind);
        i32(flow.taped);
        return true;
    }

    private void describe(Flow flow) {
        flow.taped = ++flows;
        if (!room(ENTRY)) {
            return;
        }
        u8(FLOW);
        i32(flow.taped);
        i64(flow.clientHigh);
        i64(flow.clientLow);
        i64(flow.serverHigh);
        i64(flow.serverLow);
        i32(flow.clientPort);
        i32(flow.serverPort);
        i32(flow.protocol);
        i32(flow.clientZone);
        i32(flow.serverZone);
        i64(flow.number);
        u8((byte) (flow.midstream ? 1 : 0));
        i32(outlook(flow, policy));
    }

    /**
     * What decides how a flow is looked into, as one number: by which protocol, and, where the sides were told apart by
     * what the policy says of them, the same for the other way round.
     */
    static int outlook(Flow flow, CompiledPolicy policy) {
        int forward = outlook(flow.relation(), flow.protocol, flow.serverPort);
        if (flow.protocol == Packet.PROTOCOL_TCP && !flow.midstream) {
            return forward & 0xFF;
        }
        Relation back = policy.relation(flow.serverPlace, flow.clientPlace);
        return forward << 16 | outlook(back, flow.protocol, flow.clientPort);
    }

    private static int outlook(Relation relation, int transport, int port) {
        Service service = relation.service(transport, port);
        return (relation.conduits().isEmpty() ? 0 : 1 << 8)
                | (service == null ? 0 : 1 + Protocols.ALL.indexOf(service.protocol()));
    }

    /** Room for an entry that does not run over the end of a chunk. */
    private boolean room(int needed) {
        if (at + needed < chunk.byteSize()) { // one byte is left for NEXT_CHUNK
            return whole;
        }
        if (!whole || needed >= CHUNK || bytes + CHUNK > mostBytes) {
            whole = false;
            return false;
        }
        if (!chunks.isEmpty()) {
            chunk.set(JAVA_BYTE, at, NEXT_CHUNK);
        }
        chunk = arena.allocate(CHUNK);
        chunks.add(chunk);
        bytes += CHUNK;
        at = 0;
        return true;
    }

    private void u8(byte value) {
        if (whole) {
            chunk.set(JAVA_BYTE, at++, value);
        }
    }

    private void i32(int value) {
        if (whole) {
            chunk.set(I32, at, value);
            at += Integer.BYTES;
        }
    }

    private void i64(long value) {
        if (whole) {
            chunk.set(I64, at, value);
            at += Long.BYTES;
        }
    }
}
