package io.sluice.engine;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Malformed;
import io.sluice.dissect.Session;
import io.sluice.dissect.Shortfall;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.Verdict;
import io.sluice.rules.policy.OnDeny;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One judged message, as told to an {@link EngineListener}. The object is reused and its bytes move on: what a listener
 * wants to keep it copies before it returns.
 */
public final class MessageEvent {
    @Nullable
    CompiledPolicy policy;
    Flow flow = new Flow();
    boolean fromClient;
    boolean request;
    boolean part;
    long notices;
    @Nullable
    Malformed problem;
    boolean allowed;
    Reason reason = Reason.ALLOWED;
    int rule = Verdict.DEFAULT;
    int shortfall = Shortfall.NONE;
    int trait;
    int span;
    int index;
    Facts facts = new Facts();
    MemorySegment bytes = MemorySegment.NULL;
    long at;
    int size;
    long frame;
    long firstFrame;
    long nanos;
    /** The age at that time. */
    long age;
    /** No message can start where it does: framing is lost. */
    boolean lost;
    int ordinal;
    int segments;
    OnDeny action = OnDeny.DROP;
    boolean enforced;

    MessageEvent() {}

    /**
     * An event to copy others into, for hosts that hand events to another thread.
     *
     * @param spans how many spans of facts it has room for
     * @param memory where it keeps a message's bytes: native, its own, at most as many as fit
     */
    public static MessageEvent forCopies(int spans, MemorySegment memory) {
        MessageEvent copy = new MessageEvent();
        copy.facts = new Facts(spans);
        copy.bytes = memory;
        return copy;
    }

    /**
     * Becomes a copy of an event, made by {@link #forCopies}; nothing is allocated. A message too long for the memory is
     * kept as far as it fits. Its {@link #flow} is a copy too, with the addresses, places and counters of the moment.
     */
    public void copy(MessageEvent other) {
        flow.copy(other.flow);
        fromClient = other.fromClient;
        request = other.request;
        part = other.part;
        notices = other.notices;
        problem = other.problem;
        allowed = other.allowed;
        reason = other.reason;
        rule = other.rule;
        shortfall = other.shortfall;
        trait = other.trait;
        span = other.span;
        index = other.index;
        frame = other.frame;
        firstFrame = other.firstFrame;
        nanos = other.nanos;
        ordinal = other.ordinal;
        segments = other.segments;
        action = other.action;
        enforced = other.enforced;
        copyBytes(other);
    }

    /**
     * Gives a copy a session to be read with: a copy does not keep what the protocol remembers of the flow, since that moves
     * on. The session may be new; what only the flow's own would tell is then missing from descriptions.
     */
    public void readWith(Session session) {
        flow.session = session;
    }

    /** The facts of a message of several chunks point into where it was put together: then those bytes are kept too. */
    private void copyBytes(MessageEvent other) {
        long lowest = other.facts.lowest();
        boolean elsewhere = lowest != Facts.NOWHERE && (lowest < other.at || lowest >= other.at + other.size
                || !other.facts.bytes().equals(other.bytes));
        long room = elsewhere ? bytes.byteSize() / 2 : bytes.byteSize();
        at = 0;
        size = (int) Math.min(other.size, room);
        MemorySegment.copy(other.bytes, other.at, bytes, 0, size);
        if (elsewhere) {
            MemorySegment source = other.facts.bytes();
            int more = (int) Math.min(source.byteSize() - lowest, bytes.byteSize() - room);
            MemorySegment.copy(source, lowest, bytes, room, more);
            facts.copy(other.facts, lowest, more, bytes, room);
        } else {
            facts.copy(other.facts, other.at, size, bytes, 0);
        }
    }

    public Flow flow() {
        return flow;
    }

    /** Sent by the side that opened the flow. */
    public boolean fromClient() {
        return fromClient;
    }

    /** What the protocol remembers of the flow, right after this message was inspected. */
    public Session session() {
        return Objects.requireNonNull(flow.session);
    }

    /** A well-formed request: {@link #facts} say what it asks. */
    public boolean request() {
        return request;
    }

    /** A piece of a message that goes on: refused already, or the verdict is still to come with the last piece. */
    public boolean part() {
        return part;
    }

    /** What is worth a look, see {@link io.sluice.dissect.Notice#in}. */
    public long notices() {
        return notices;
    }

    /** What is wrong with it, or null. */
    public @Nullable Malformed problem() {
        return problem;
    }

    public boolean allowed() {
        return allowed;
    }

    public Reason reason() {
        return reason;
    }

    /** The policy that judged it, in whose list {@link #rule} is. */
    public CompiledPolicy policy() {
        return Objects.requireNonNull(policy);
    }

    /**
     * Number of the rule that decided (for an answer: its request), or {@link Verdict#DEFAULT}; that also for the answer
     * to a request that was allowed by a rule which the policy of today does not have.
     */
    public int rule() {
        return rule;
    }

    /** For a refused request: one of {@link Shortfall}'s numbers. */
    public int shortfall() {
        return shortfall;
    }

    /** Where the connection lacks what a conduit demands: the trait's number. */
    public int trait() {
        return trait;
    }

    /** For a refused request: the span of the item that was refused. */
    public int span() {
        return span;
    }

    /** For a refused request: the item that was refused, counted from its span's first. */
    public int index() {
        return index;
    }

    public Facts facts() {
        return facts;
    }

    public MemorySegment bytes() {
        return bytes;
    }

    public long at() {
        return at;
    }

    /** Bytes of the message; of what could be read, where {@link #problem} is one of framing. */
    public int size() {
        return size;
    }

    /** Frame that completed it, from 1. */
    public long frame() {
        return frame;
    }

    /** Frame in which it began. */
    public long firstFrame() {
        return firstFrame;
    }

    /** Time of {@link #frame}, nanoseconds since 1970-01-01T00:00Z. */
    public long nanos() {
        return nanos;
    }

    /** Which message of its frame it is, from 1. */
    public int ordinal() {
        return ordinal;
    }

    /** How many segments it came in. */
    public int segments() {
        return segments;
    }

    /** What the dataplane does to a refused message. */
    public OnDeny action() {
        return action;
    }

    /** Whether the verdict is obeyed now, or only reported (mode monitor or learn). */
    public boolean enforced() {
        return enforced;
    }
}
