package io.sluice.engine;

import io.sluice.rules.policy.OnDeny;
import java.lang.foreign.MemorySegment;

/**
 * Puts one direction's segments in order and feeds the {@link Inspector}: first copy wins, a retransmission must be
 * identical, bytes beyond a gap wait. The table of what is done with which segment is in
 * docs/protocols/tcp.md.
 *
 * <p>Two ways to go on when something is missing or wrong: <em>lenient</em> (observing, or a conduit in monitor mode)
 * skips gaps and finds the next message boundary; strict refuses.
 */
final class StreamAssembler {
    /** Segments that may pass before a gap which the receiver has acknowledged is taken as lost to the capture. */
    private static final int PATIENCE = 8;
    private static final int RESTART_DISTANCE = 1 << 20;
    private final Inspector inspector;
    private final BufferPool pool;
    private final EngineLimits limits;
    private final EngineListener listener;
    private final Answer answer;
    private final Censor censor;
    private final BoundarySearch boundaries;
    /** Nothing of a message goes on before all of it is here: for hosts that pass on whole messages. */
    private final boolean headsWait;
    /** A message that runs around the end of a ring is judged in one piece here. */
    private final MemorySegment scratch;

    private boolean lenient;
    private long frame;
    private long nanos;
    private long age;
    private Packet packet;

    StreamAssembler(Profile profile, Inspector inspector, BufferPool pool, EngineLimits limits, EngineListener listener,
            Answer answer) {
        this(profile, inspector, pool, limits, listener, answer, false);
    }

    StreamAssembler(Profile profile, Inspector inspector, BufferPool pool, EngineLimits limits, EngineListener listener,
            Answer answer, boolean headsWait) {
        this.headsWait = headsWait;
        this.inspector = inspector;
        this.pool = pool;
        this.limits = limits;
        this.listener = listener;
        this.answer = answer;
        censor = new Censor(profile, inspector, answer);
        boundaries = new BoundarySearch(inspector);
        packet = new Packet();
        scratch = pool.scratch(limits.streamBytes());
    }

    void frame(Packet p, Gate gate, boolean goesOn) {
        packet = p;
        frame = gate.frame;
        nanos = gate.nanos;
        age = gate.age;
        lenient = goesOn;
        inspector.frame(frame, nanos, age);
    }

    /** Takes one segment's payload. What becomes of the frame is in the answer. */
    void segment(Flow flow, boolean fromClient, int sequence, MemorySegment bytes, long at, int length) {
        Half half = flow.half(fromClient);
        int ahead = sequence - half.next;
        if (lenient && (ahead > RESTART_DISTANCE || ahead < -RESTART_DISTANCE)) {
            restart(flow, half, fromClient, sequence, ahead);
            ahead = 0;
        }
        if (ahead > 0) {
            hold(flow, half, fromClient, sequence, bytes, at, length);
            return;
        }
        if (ahead < 0 && !identical(half, sequence, bytes, at, Math.min(length, -ahead))) {
            report(flow, Anomaly.CONFLICTING_RETRANSMISSION);
            if (!lenient) {
                return;
            }
        }
        if (ahead < 0 && !lenient) {
            censor.removeAgain(half, sequence, ahead + length > 0 ? half.next : sequence + length);
        }
        if (ahead + length > 0) {
            inOrder(flow, half, fromClient, bytes, at - ahead, length + ahead);
        }
        if (!half.held.isEmpty()) {
            drain(flow, half, fromClient);
            losePatience(flow, half, fromClient);
        }
    }

    /** The part of a segment that was there before must be the same bytes, as far as they are still known. */
    private static boolean identical(Half half, int sequence, MemorySegment bytes, long at, int length) {
        int from = Math.max(0, half.base - sequence);
        // A keep-alive repeats the last byte with any content (RFC 1122 §4.2.3.6); the receiver has the original.
        return from >= length || half.buffer.capacity() == 0
                || half.buffer.same(sequence + from, bytes, at + from, length - from);
    }

    /**
     * Bytes that continue the stream. What was held behind the gap gives way where it differs: nobody has received it,
     * and receivers prefer the segment that comes in order too.
     */
    private void inOrder(Flow flow, Half half, boolean fromClient, MemorySegment bytes, long at, int length) {
        int end = half.next + length;
        while (!half.held.isEmpty() && half.held.firstFrom() - end < 0) {
            int from = half.held.firstFrom();
            int to = half.held.firstTo() - end < 0 ? half.held.firstTo() : end;
            if (!half.buffer.same(from, bytes, at + (from - half.next), to - from)) {
                listener.anomaly(Anomaly.CONFLICTING_RETRANSMISSION, packet, flow, !lenient);
            }
            if (half.held.firstTo() - end <= 0) {
                half.held.removeFirst();
            } else {
                half.held.trimFirst(end);
            }
        }
        take(flow, half, fromClient, bytes, at, length);
    }

    private void take(Flow flow, Half half, boolean fromClient, MemorySegment bytes, long at, int length) {
        if (half.resynchronise && !lenient) {
            // Only monitored so far, and in a stream whose framing is not known: enforced from now on.
            report(flow, Anomaly.MIDSTREAM);
            answer.reset = true;
            flow.ended = true;
            return;
        }
        if (half.resynchronise && !half.pending()) {
            int unread = boundaries.unread(flow, fromClient, bytes, at, length);
            if (unread > 0) {
                skip(flow, half, fromClient, half.next + unread);
            }
            if (unread < length) {
                half.resynchronise = false;
                half.tentative = inspector.plausible(flow, fromClient, bytes, at + unread, length - unread) == 0;
                take(flow, half, fromClient, bytes, at + unread, length - unread);
            }
            return;
        }
        half.trim();
        if (!reserve(half, half.next + length)) {
            report(flow, Anomaly.BUFFER_FULL);
            if (!lenient) {
                overload(flow);
                return;
            }
            inspector.overload(flow, fromClient, bytes, at, length);
            skip(flow, half, fromClient, half.next + length);
            return;
        }
        half.segments++;
        if (!half.pending()) {
            half.firstFrame = frame;
        }
        half.buffer.put(half.next, bytes, at, length);
        half.next += length;
        walk(flow, half, fromClient, bytes, at, length);
    }

    /**
     * Room for {@code [base, end)}. Observing, copies kept only for comparison give way; where frames are carried they
     * never do, since a retransmission that cannot be compared could bring other bytes.
     */
    private boolean reserve(Half half, int end) {
        int keepTo = !half.held.isEmpty() ? half.held.end() : half.next;
        int last = keepTo - end > 0 ? keepTo : end;
        if (half.buffer.reserve(pool, limits.streamBytes(), half.base, keepTo, last - half.base)) {
            return true;
        }
        if (!lenient) {
            return false;
        }
        half.base = half.messageAt;
        return half.buffer.reserve(pool, limits.streamBytes(), half.base, keepTo, last - half.base);
    }

    private void skip(Flow flow, Half half, boolean fromClient, int to) {
        listener.gap(flow, fromClient, Integer.toUnsignedLong(to - half.messageAt));
        inspector.missed(flow, fromClient);
        half.next = half.messageAt = half.base = to;
        half.segments = 0;
        half.doomed = false;
        half.tentative = false;
        half.resynchronise = true;
    }

    /**
     * Judges the messages that are whole now. Where nothing was pending they are read where they came; else in the ring.
     */
    private void walk(Flow flow, Half half, boolean fromClient, MemorySegment bytes, long at, int length) {
        MemorySegment source = bytes;
        long sourceAt = at;
        int available = half.next - half.messageAt;
        if (available != length) {
            if (half.buffer.contiguous(half.messageAt) >= available) {
                source = half.buffer.memory();
                sourceAt = half.buffer.offset(half.messageAt);
            } else {
                half.buffer.copy(half.messageAt, available, scratch, 0);
                source = scratch;
                sourceAt = 0;
            }
        }
        int before = half.next - length;
        if (half.tentative) {
            int size = inspector.plausible(flow, fromClient, source, sourceAt, available);
            half.tentative = size == 0;
            if (size < 0) {
                half.next = before;
                skip(flow, half, fromClient, before);
                take(flow, half, fromClient, bytes, at, length);
                return;
            }
        }
        boolean consumed = false;
        while (available > 0 && (lenient || !flow.ended)) {
            int size = inspector.step(flow, fromClient, source, sourceAt, available);
            if (size == Inspector.NEED_MORE) {
                break;
            }
            int judged = size == Inspector.LOST ? available : size;
            obey(flow, half, headsWait ? half.delivered : before, judged, source, sourceAt);
            half.messageAt += judged;
            sourceAt += judged;
            available -= judged;
            half.segments = 1;
            half.firstFrame = frame;
            half.doomed = false;
            consumed = true;
            if (size == Inspector.LOST) {
                half.resynchronise = true;
            }
        }
        if (available == 0) {
            half.segments = 0;
        } else if (!lenient && flow.ended) {
            censor.remove(flow, half, half.messageAt - before > 0 ? half.messageAt : before, half.next);
        } else if (!lenient && !headsWait) {
            censor.prefix(flow, half, fromClient, consumed ? 0 : before - half.messageAt, source, sourceAt, available);
        }
    }

    /** What a verdict means for the bytes of the message that lie in this segment, from {@code before} on. */
    private void obey(Flow flow, Half half, int before, int size, MemorySegment source, long sourceAt) {
        if (inspector.forwards()) {
            return;
        }
        if (lenient) {
            boolean begun = before - half.messageAt > 0;
            flow.ended |= inspector.action() != OnDeny.REPLY || begun;
        } else {
            censor.obey(flow, half, before, size, source, sourceAt);
        }
    }

    /** Bytes beyond a gap are kept until it closes. */
    private void hold(Flow flow, Half half, boolean fromClient, int sequence, MemorySegment bytes, long at,
            int length) {
        answer.action = lenient ? answer.action : Answer.Action.HOLD;
        half.trim();
        int end = sequence + length;
        if (half.held.isFull() || !reserve(half, end)) {
            report(flow, Anomaly.HOLD_FULL);
            if (!lenient) {
                overload(flow);
                return;
            }
            skipGap(flow, half, fromClient);
            if (sequence - half.next > 0) {
                restart(flow, half, fromClient, sequence, sequence - half.next);
            }
            segment(flow, fromClient, sequence, bytes, at, length);
            return;
        }
        half.held.arrival(frame, age, nanos);
        if (!half.held.insert(half.buffer, sequence, bytes, at, length)) {
            report(flow, Anomaly.CONFLICTING_RETRANSMISSION);
        }
        losePatience(flow, half, fromClient);
    }

    /** A gap has closed: what was held behind it continues the stream. */
    private void drain(Flow flow, Half half, boolean fromClient) {
        while (!half.held.isEmpty() && half.held.firstFrom() - half.next <= 0 && (lenient || !flow.ended)) {
            int to = half.held.firstTo();
            half.held.removeFirst();
            int length = to - half.next;
            if (length > 0) {
                if (!lenient) {
                    answer.releasedFrom = answer.releasedLength == 0 ? half.next : answer.releasedFrom;
                    answer.releasedLength += length;
                    answer.released = half.buffer;
                }
                advance(flow, half, fromClient, length);
            }
        }
    }

    /** Takes {@code length} bytes that lie in the ring already. */
    private void advance(Flow flow, Half half, boolean fromClient, int length) {
        half.segments++;
        if (!half.pending()) {
            half.firstFrame = frame;
        }
        int start = half.next;
        half.next += length;
        if (half.messageAt == start && half.buffer.contiguous(start) < length) {
            half.buffer.copy(start, length, scratch, 0);
            walk(flow, half, fromClient, scratch, 0, length);
        } else {
            walk(flow, half, fromClient, half.buffer.memory(), half.buffer.offset(start), length);
        }
    }

    private void losePatience(Flow flow, Half half, boolean fromClient) {
        if (half.held.isEmpty()) {
            half.patience = 0;
            return;
        }
        boolean late = age - half.held.firstAge() > limits.holdNanos();
        if (!lenient) {
            if (late) {
                half.dropHeld();
            }
            return;
        }
        boolean lost = half.acknowledgementSeen && half.acknowledged - half.held.firstFrom() >= 0
                && ++half.patience > PATIENCE;
        if (late || lost) {
            skipGap(flow, half, fromClient);
        }
    }

    /** The missing bytes will not come: go on behind them, at the next message boundary. */
    void skipGap(Flow flow, Half half, boolean fromClient) {
        long frameNow = frame;
        long nanosNow = nanos;
        long ageNow = age;
        int ordinalNow = inspector.ordinal();
        while (!half.held.isEmpty()) {
            int from = half.held.firstFrom();
            if (from - half.next > 0) {
                report(flow, Anomaly.GAP_SKIPPED);
                skip(flow, half, fromClient, from);
            }
            frame = half.held.firstFrame();
            age = half.held.firstAge();
            nanos = half.held.firstNanos();
            inspector.frame(frame, nanos, age);
            inspector.ordinal(0);
            int length = half.held.firstTo() - half.next;
            half.held.removeFirst();
            if (length > 0) {
                behindGap(flow, half, fromClient, length);
            }
        }
        half.patience = 0;
        frame = frameNow;
        nanos = nanosNow;
        age = ageNow;
        inspector.frame(frame, nanos, age);
        inspector.ordinal(ordinalNow);
    }

    private void behindGap(Flow flow, Half half, boolean fromClient, int length) {
        int rest = length;
        if (half.resynchronise && !half.pending()) {
            MemorySegment memory = half.buffer.memory();
            long at = half.buffer.offset(half.next);
            if (half.buffer.contiguous(half.next) < length) {
                half.buffer.copy(half.next, length, scratch, 0);
                memory = scratch;
                at = 0;
            }
            int unread = boundaries.unread(flow, fromClient, memory, at, length);
            if (unread > 0) {
                skip(flow, half, fromClient, half.next + unread);
            }
            rest -= unread;
            if (rest > 0) {
                half.resynchronise = false;
                half.tentative = inspector.plausible(flow, fromClient, memory, at + unread, rest) == 0;
            }
        }
        if (rest > 0) {
            advance(flow, half, fromClient, rest);
        }
    }

    /** The numbers have nothing to do with what was before: another connection, or much that was not captured. */
    private void restart(Flow flow, Half half, boolean fromClient, int sequence, int ahead) {
        skipGap(flow, half, fromClient);
        report(flow, Anomaly.GAP_SKIPPED);
        listener.gap(flow, fromClient, Math.max(ahead, 0L) + (half.next - half.messageAt));
        inspector.missed(flow, fromClient);
        half.start(sequence);
        half.segments = 0;
        half.resynchronise = true;
        half.windowSeen = false;
        half.timestampSeen = false;
        half.acknowledgementSeen = false;
    }

    /** The rest of a segment is not in the capture. */
    void truncated(Flow flow, boolean fromClient, int end) {
        Half half = flow.half(fromClient);
        if (lenient && half.held.isEmpty() && end - half.next > 0) {
            skip(flow, half, fromClient, end);
        }
    }

    /** There is no room: the sender sends it again, unless the policy has the connection ended for that. */
    private void overload(Flow flow) {
        answer.action = Answer.Action.DROP;
        if (inspector.overloadResets()) {
            answer.reset = true;
            flow.ended = true;
        }
    }

    private void report(Flow flow, Anomaly anomaly) {
        boolean enforced = anomaly.blocks() && !lenient;
        if (enforced) {
            answer.action = Answer.Action.DROP;
            answer.anomaly = anomaly;
        }
        listener.anomaly(anomaly, packet, flow, enforced);
    }
}
