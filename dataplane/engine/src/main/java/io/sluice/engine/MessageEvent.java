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
    int ordinal;
    int segments;
    OnDeny action = OnDeny.DROP;
    boolean enforced;

    MessageEvent() {}

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
