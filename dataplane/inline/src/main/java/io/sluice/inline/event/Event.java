package io.sluice.inline.event;

import io.sluice.dissect.Limits;
import io.sluice.dissect.Protocol;
import io.sluice.dissect.Session;
import io.sluice.engine.Anomaly;
import io.sluice.engine.Flow;
import io.sluice.engine.LinkTypes;
import io.sluice.engine.MessageEvent;
import io.sluice.engine.Packet;
import io.sluice.journal.RuleReads;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.Service;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A slot of an {@link EventRing}: one thing that an engine told, copied, so that another thread can read it. Which of its
 * parts hold, {@link #kind} says. Made once and used again and again.
 */
public final class Event {
    /** What happened. */
    public enum Kind {
        /** {@link #message} was judged. */
        MESSAGE,
        /** {@link #flow}, which is not looked into, was allowed or refused as a whole. */
        PLAIN,
        /** {@link #anomaly} was found in {@link #packet}, perhaps of {@link #flow}. */
        ANOMALY,
        /** {@link #flow} goes on: its counters so far. */
        LIVES,
        /** {@link #flow} is over. */
        ENDED
    }

    /** Link, network and transport headers with their options. */
    private static final int HEADER_BYTES = 160;
    private static final int MESSAGE_BYTES = 1024;
    private static final int MESSAGE_SPANS = 16;

    private final MessageEvent message;
    private final Flow flow = Flow.forCopies();
    private final Packet packet = new Packet();
    private final RuleReads reads = new RuleReads(ReadTallies.RULES + 1);
    private final MemorySegment header;
    private final Map<Protocol, Session> sessions;
    private Kind kind = Kind.ENDED;
    private @Nullable CompiledPolicy policy;
    private @Nullable Anomaly anomaly;
    private boolean enforced;
    private boolean flowKnown;
    private int headerLength;
    private int wireLength;
    private int port;
    private long nanos;

    /** @param sessions of the reading thread, one for each protocol, made when first needed */
    Event(Arena arena, Map<Protocol, Session> sessions) {
        this.sessions = sessions;
        message = MessageEvent.forCopies(MESSAGE_SPANS, arena.allocate(MESSAGE_BYTES, 8));
        header = arena.allocate(HEADER_BYTES, 8);
    }

    void begin(Kind what, CompiledPolicy judgedBy, int enteredAt, long epochNanos) {
        kind = what;
        policy = judgedBy;
        port = enteredAt;
        nanos = epochNanos;
        anomaly = null;
        flowKnown = false;
        headerLength = 0;
    }

    void take(MessageEvent source) {
        message.copy(source);
    }

    void take(Flow source) {
        flow.copy(source);
        flowKnown = true;
    }

    void anomaly(Anomaly what, boolean dropped, MemorySegment memory, long at, int length) {
        anomaly = what;
        enforced = dropped;
        wireLength = length;
        headerLength = Math.min(length, HEADER_BYTES);
        MemorySegment.copy(memory, at, header, 0, headerLength);
    }

    public Kind kind() {
        return kind;
    }

    /** The policy by which it was judged: rule and place numbers are of this one. */
    public CompiledPolicy policy() {
        return Objects.requireNonNull(policy);
    }

    /** Number of the port at which the packet came in. */
    public int port() {
        return port;
    }

    /** Nanoseconds since 1970-01-01T00:00Z. */
    public long nanos() {
        return nanos;
    }

    /** Reading thread. */
    public MessageEvent message() {
        Service service = message.flow().service();
        if (service != null) {
            message.readWith(sessions.computeIfAbsent(service.protocol(), p -> p.session(Limits.DEFAULT)));
        }
        return message;
    }

    /** The flow, or null where an anomaly belongs to none. */
    public @Nullable Flow flow() {
        return kind == Kind.MESSAGE ? message.flow() : flowKnown ? flow : null;
    }

    public Anomaly anomaly() {
        return Objects.requireNonNull(anomaly);
    }

    /** Of a flow that goes on or is over: its permitted requests that no event told of. */
    public RuleReads reads() {
        return reads;
    }

    /** Whether the frame was dropped for the anomaly. */
    public boolean enforced() {
        return enforced;
    }

    /** The packet's headers, as far as they could be kept; only for an anomaly. To be asked once. */
    public Packet packet() {
        packet.parse(header, 0, headerLength, wireLength, LinkTypes.ETHERNET);
        return packet;
    }
}
