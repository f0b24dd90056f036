package io.sluice.engine;

import io.sluice.rules.policy.OnDeny;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Puts one direction's segments in order and feeds the {@link Inspector}: first copy wins, a retransmission must be
 * identical, bytes beyond a gap wait. See the table in docs/adr/0004.
 *
 * <p>Two ways to go on when something is missing or wrong: <em>lenient</em> (observing, or a conduit in monitor mode)
 * skips gaps and finds the next message boundary; strict refuses.
 */
final class StreamAssembler implements AutoCloseable {
    /** Segments that may pass before a gap which the receiver has acknowledged is taken as lost to the capture. */
    private static final int PATIENCE = 8;
    private static final int RESTART_DISTANCE = 1 << 20;
    /** How many bytes of a segment are searched for a message boundary: more than the longest message. */
    private static final int SEARCHED = 2048;
    /** So many messages upon each other are no accident. */
    private static final int CHAIN = 4;

    private final Arena arena = Arena.ofConfined();
    private final Inspector inspector;
    private final BufferPool pool;
    private final EngineLimits limits;
    private final EngineListener listener;
    private final Answer answer;
    /** A message that runs around the end of a ring is judged in one piece here. */
    private final MemorySegment scratch;

    private boolean lenient;
    private long frame;
    private long nanos;
    private Packet packet;

    StreamAssembler(Inspector inspector, BufferPool pool, EngineLimits limits, EngineListener listener, Answer answer) {
        this.inspector = inspector;
        this.pool = pool;
        this.limits = limits;
        this.listener = listener;
        this.answer = answer;
        packet = new Packet();
        scratch = arena.allocate(limits.streamBytes(), 64);
    }

    void frame(Packet p, long number, long epochNanos, boolean goesOn) {
        packet = p;
        frame = number;
        nanos = epochNanos;
        lenient = goesOn;
        inspector.frame(number, epochNanos);
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
            removeAgain(half, sequence, ahead + length > 0 ? half.next : sequence + length);
        }
        if (ahead + length > 0) {
            inOrder(flow, half, fromClient, bytes, at - ahead, length + ahead);
        }
        if (half.held > 0) {
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
        while (half.held > 0 && half.heldFrom[0] - end < 0) {
            int from = half.heldFrom[0];
            int to = half.heldTo[0] - end < 0 ? half.heldTo[0] : end;
            if (!half.buffer.same(from, bytes, at + (from - half.next), to - from)) {
                listener.anomaly(Anomaly.CONFLICTING_RETRANSMISSION, packet, flow);
            }
            if (half.heldTo[0] - end <= 0) {
                removeFirstHeld(half);
            } else {
                half.heldFrom[0] = end;
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
            int unread = unread(flow, fromClient, bytes, at, length);
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
                answer.action = Answer.Action.DROP;
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
        int keepTo = half.held > 0 ? half.heldTo[half.held - 1] : half.next;
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

    /**
     * After a loss of framing: how many bytes lie before the first that can start a message; all of them if none can.
     * A segment's first byte is believed if nothing speaks against it, one too short to tell until the next proves it
     * wrong; any other only if messages follow upon each other to the segment's end.
     */
    private int unread(Flow flow, boolean fromClient, MemorySegment bytes, long at, int length) {
        int size = inspector.plausible(flow, fromClient, bytes, at, length);
        boolean broken = size > 0 && size < length
                && inspector.plausible(flow, fromClient, bytes, at + size, length - size) < 0;
        if (size >= 0 && !broken) {
            return 0;
        }
        int last = Math.min(length, SEARCHED);
        for (int i = 1; i < last; i++) {
            if (chained(flow, fromClient, bytes, at + i, length - i)) {
                return i;
            }
        }
        return broken ? 0 : length;
    }

    private boolean chained(Flow flow, boolean fromClient, MemorySegment bytes, long at, int length) {
        int position = 0;
        for (int messages = 0; messages < CHAIN; messages++) {
            int size = inspector.plausible(flow, fromClient, bytes, at + position, length - position);
            if (size <= 0 || size > length - position) {
                return size >= 0 && messages >= 2;
            }
            position += size;
            if (position == length) {
                return true;
            }
        }
        return true;
    }

    private void skip(Flow flow, Half half, boolean fromClient, int to) {
        listener.gap(flow, fromClient, Integer.toUnsignedLong(to - half.messageAt));
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
            obey(flow, half, before, judged, source, sourceAt);
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
            remove(flow, half, half.messageAt - before > 0 ? half.messageAt : before, half.next);
        } else if (!lenient) {
            prefix(flow, half, fromClient, consumed ? 0 : before - half.messageAt, source, sourceAt, available);
        }
    }

    /** What a verdict means for the bytes of the message that lie in this segment, from {@code before} on. */
    private void obey(Flow flow, Half half, int before, int size, MemorySegment source, long sourceAt) {
        if (inspector.forwards()) {
            return;
        }
        boolean partlyForwarded = before - half.messageAt > 0 && !half.doomed;
        OnDeny action = inspector.action();
        if (lenient) {
            flow.ended |= action != OnDeny.REPLY || partlyForwarded;
            return;
        }
        int from = before - half.messageAt > 0 ? before : half.messageAt;
        remove(flow, half, from, half.messageAt + size);
        // A refusal in place of a message needs all of it: where its head has gone on, only a reset is left.
        if (action == OnDeny.REPLY
                && (partlyForwarded || inspector.refuse(flow, source, sourceAt, size, answer) == 0)) {
            action = OnDeny.RESET;
        }
        if (action != OnDeny.REPLY) {
            flow.ended = true;
            answer.reset |= action == OnDeny.RESET;
        }
    }

    private void remove(Flow flow, Half half, int from, int to) {
        if (!answer.remove(from, to - from) || !half.remember(from, to)) {
            answer.action = Answer.Action.DROP;
            answer.releasedLength = 0;
            answer.reset = true;
            flow.ended = true;
        }
    }

    /**
     * Refused bytes that are sent again are cut out again; so are those that the receiver has acknowledged, since they
     * cannot be compared any more.
     */
    private void removeAgain(Half half, int sequence, int end) {
        int known = half.base - end < 0 ? half.base : end;
        if (known - sequence > 0 && !answer.remove(sequence, known - sequence)) {
            answer.action = Answer.Action.DROP;
        }
        for (int i = 0; i < half.removed; i++) {
            int from = half.removedFrom[i] - sequence > 0 ? half.removedFrom[i] : sequence;
            from = known - from > 0 ? known : from;
            int to = half.removedTo[i] - end < 0 ? half.removedTo[i] : end;
            if (to - from > 0 && !answer.remove(from, to - from)) {
                answer.action = Answer.Action.DROP;
            }
        }
    }

    /** Decides about the head of an incomplete message: it goes on as long as all that can be read is permitted. */
    private void prefix(Flow flow, Half half, boolean fromClient, int earlier, MemorySegment source, long sourceAt,
            int available) {
        if (!half.doomed && inspector.prefixPermitted(flow, fromClient, source, sourceAt, available)) {
            return;
        }
        half.doomed = earlier <= 0 || half.doomed;
        int here = earlier > 0 ? available - earlier : available;
        remove(flow, half, half.next - here, half.next);
        if (earlier > 0 && !half.doomed) {
            inspector.refusePrefix(flow, fromClient, source, sourceAt, available);
            flow.ended = true;
            answer.reset |= inspector.action() == OnDeny.RESET;
        }
    }

    /** Bytes beyond a gap are kept until it closes. */
    private void hold(Flow flow, Half half, boolean fromClient, int sequence, MemorySegment bytes, long at,
            int length) {
        answer.action = lenient ? answer.action : Answer.Action.HOLD;
        half.trim();
        half.prepareHold();
        int end = sequence + length;
        if (half.held + 1 >= Half.MAX_HELD) {
            joinHeld(half);
        }
        if (half.held == Half.MAX_HELD || !reserve(half, end)) {
            report(flow, Anomaly.HOLD_FULL);
            if (!lenient) {
                answer.action = Answer.Action.DROP;
                return;
            }
            skipGap(flow, half, fromClient);
            if (sequence - half.next > 0) {
                restart(flow, half, fromClient, sequence, sequence - half.next);
            }
            segment(flow, fromClient, sequence, bytes, at, length);
            return;
        }
        if (!insertHeld(half, sequence, bytes, at, length)) {
            report(flow, Anomaly.CONFLICTING_RETRANSMISSION);
        }
        losePatience(flow, half, fromClient);
    }

    /** Stores the parts that are not held yet. False if a part that is held has other content. */
    private boolean insertHeld(Half half, int sequence, MemorySegment bytes, long at, int length) {
        boolean same = true;
        int from = sequence;
        int end = sequence + length;
        int i = 0;
        while (from - end < 0) {
            while (i < half.held && half.heldTo[i] - from <= 0) {
                i++;
            }
            int to = i < half.held && half.heldFrom[i] - end < 0 ? half.heldFrom[i] : end;
            if (to - from > 0) {
                if (half.held == Half.MAX_HELD) {
                    return same;
                }
                half.buffer.put(from, bytes, at + (from - sequence), to - from);
                openSlot(half, i, from, to);
                from = to;
            } else {
                int covered = half.heldTo[i] - end < 0 ? half.heldTo[i] : end;
                same &= half.buffer.same(from, bytes, at + (from - sequence), covered - from);
                from = covered;
            }
        }
        return same;
    }

    private void openSlot(Half half, int i, int from, int to) {
        int tail = half.held - i;
        System.arraycopy(half.heldFrom, i, half.heldFrom, i + 1, tail);
        System.arraycopy(half.heldTo, i, half.heldTo, i + 1, tail);
        System.arraycopy(half.heldFrame, i, half.heldFrame, i + 1, tail);
        System.arraycopy(half.heldTime, i, half.heldTime, i + 1, tail);
        half.heldFrom[i] = from;
        half.heldTo[i] = to;
        half.heldFrame[i] = frame;
        half.heldTime[i] = nanos;
        half.held++;
    }

    /** Makes one of pieces that touch; the younger ones lose their frame and time. */
    private static void joinHeld(Half half) {
        int last = 0;
        for (int i = 1; i < half.held; i++) {
            if (half.heldFrom[i] == half.heldTo[last]) {
                half.heldTo[last] = half.heldTo[i];
            } else if (++last != i) {
                half.heldFrom[last] = half.heldFrom[i];
                half.heldTo[last] = half.heldTo[i];
                half.heldFrame[last] = half.heldFrame[i];
                half.heldTime[last] = half.heldTime[i];
            }
        }
        half.held = last + 1;
    }

    private static void removeFirstHeld(Half half) {
        half.held--;
        System.arraycopy(half.heldFrom, 1, half.heldFrom, 0, half.held);
        System.arraycopy(half.heldTo, 1, half.heldTo, 0, half.held);
        System.arraycopy(half.heldFrame, 1, half.heldFrame, 0, half.held);
        System.arraycopy(half.heldTime, 1, half.heldTime, 0, half.held);
        if (half.held == 0) {
            half.patience = 0;
        }
    }

    /** A gap has closed: what was held behind it continues the stream. */
    private void drain(Flow flow, Half half, boolean fromClient) {
        while (half.held > 0 && half.heldFrom[0] - half.next <= 0 && (lenient || !flow.ended)) {
            int to = half.heldTo[0];
            removeFirstHeld(half);
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
        if (half.held == 0) {
            return;
        }
        boolean late = nanos - half.heldTime[0] > limits.holdNanos();
        if (!lenient) {
            if (late) {
                half.dropHeld();
            }
            return;
        }
        boolean lost = half.acknowledgementSeen && half.acknowledged - half.heldFrom[0] >= 0
                && ++half.patience > PATIENCE;
        if (late || lost) {
            skipGap(flow, half, fromClient);
        }
    }

    /** The missing bytes will not come: go on behind them, at the next message boundary. */
    void skipGap(Flow flow, Half half, boolean fromClient) {
        long frameNow = frame;
        long nanosNow = nanos;
        int ordinalNow = inspector.ordinal();
        while (half.held > 0) {
            int from = half.heldFrom[0];
            if (from - half.next > 0) {
                report(flow, Anomaly.GAP_SKIPPED);
                skip(flow, half, fromClient, from);
            }
            frame = half.heldFrame[0];
            nanos = half.heldTime[0];
            inspector.frame(frame, nanos);
            inspector.ordinal(0);
            int length = half.heldTo[0] - half.next;
            removeFirstHeld(half);
            if (length > 0) {
                behindGap(flow, half, fromClient, length);
            }
        }
        frame = frameNow;
        nanos = nanosNow;
        inspector.frame(frame, nanos);
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
            int unread = unread(flow, fromClient, memory, at, length);
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
        if (lenient && half.held == 0 && end - half.next > 0) {
            skip(flow, half, fromClient, end);
        }
    }

    private void report(Flow flow, Anomaly anomaly) {
        if (anomaly.blocks() && !lenient) {
            answer.action = Answer.Action.DROP;
            answer.anomaly = anomaly;
        }
        listener.anomaly(anomaly, packet, flow);
    }

    @Override
    public void close() {
        arena.close();
    }
}
