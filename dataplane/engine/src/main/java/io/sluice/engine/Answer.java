package io.sluice.engine;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done with a frame: more than yes or no, since a segment may hold permitted and refused messages side by
 * side. One object per engine, valid until the next frame.
 *
 * <p>A host that only observes may ignore it. One that carries frames sends the received one where it goes on {@link
 * #asItIs}, and else what {@link Engine#emit} gives. What those are made of: {@link Action#FORWARD} goes on unchanged;
 * {@link Action#REWRITE} without the {@link #removed} ranges; nothing of {@link Action#HOLD} and {@link Action#DROP}; then
 * what {@link #copyReleased} gives, without the removed ranges; {@link #refusal} to the client; and RSTs to both ends if
 * {@link #reset}.
 *
 * <p>Sequence numbers are the sender's own. A range may be cut because it is refused or because the receiver has it
 * already. Under {@link Profile#INLINE} only the latter lets the flow go on: ranges that are refused reach to the end of
 * what goes on, and the flow is over. A host that takes ranges out of a stream that goes on ({@link Profile#RELAY})
 * translates what comes back before it gives it to the engine.
 */
public final class Answer {
    /** What happens to the frame itself. */
    public enum Action {
        FORWARD,
        /** Goes on without some of its payload bytes. */
        REWRITE,
        /**
         * Kept: it lies beyond a gap in the stream; or it is a fragment, and the answer to the one that completes its
         * datagram holds for all of them.
         */
        HOLD,
        DROP
    }

    /** More than the smallest messages that fit a segment of 1460 bytes, every other of them refused. */
    static final int MAX_REMOVED = 128;
    static final int REFUSAL_BYTES = 4096;

    Action action = Action.FORWARD;
    @Nullable
    Anomaly anomaly;
    @Nullable
    Flow flow;
    boolean reset;
    int removedCount;
    final int[] removedFrom = new int[MAX_REMOVED];
    final int[] removedLength = new int[MAX_REMOVED];
    int releasedFrom;
    int releasedLength;
    @Nullable
    StreamBuffer released;
    /** The sender alone gets a RST, in answer to this segment. */
    boolean resetBack;
    /** What goes on of the frame's payload, and of the released bytes: set for {@link Action#REWRITE} and where any are. */
    final Remainder kept = new Remainder();
    final Remainder freed = new Remainder();
    boolean keepsFin;
    boolean freedFin;
    /** What is left has a hole, and the ends count for themselves: it cannot be sent. */
    boolean torn;
    /** The datagram was put together from fragments, none of which has gone on. */
    boolean reassembled;
    MemorySegment datagram = MemorySegment.NULL;
    long datagramAt;
    int datagramLength;
    /** Bytes of the longest fragment but the last. */
    int datagramPiece;
    /** Where the headers before the fragment's bytes end, in the received frame. */
    long datagramHeaderEnd;
    int refusalLength;
    final MemorySegment refusal;

    Answer(MemorySegment refusal) {
        this.refusal = refusal;
    }

    void clear() {
        action = Action.FORWARD;
        anomaly = null;
        flow = null;
        reset = false;
        resetBack = false;
        reassembled = false;
        torn = false;
        freedFin = false;
        keepsFin = false;
        removedCount = 0;
        releasedLength = 0;
        released = null;
        refusalLength = 0;
    }

    /** The frame completes a datagram; {@code held}: its other fragments have not gone on. */
    void datagram(Packet p, Fragments fragments, boolean held) {
        reassembled = held;
        datagram = fragments.memory();
        datagramAt = fragments.at();
        datagramLength = fragments.length();
        datagramPiece = fragments.longest();
        datagramHeaderEnd = p.transportAt();
    }

    /** Takes {@code length} bytes at a sequence number out of the stream; false when there is no room to say so. */
    boolean remove(int sequence, int length) {
        int last = removedCount - 1;
        if (last >= 0 && removedFrom[last] + removedLength[last] == sequence) {
            removedLength[last] += length;
            return true;
        }
        if (removedCount == MAX_REMOVED) {
            return false;
        }
        removedFrom[removedCount] = sequence;
        removedLength[removedCount++] = length;
        return true;
    }

    /** The received frame goes on as it is, and nothing else is to be sent: {@link Engine#emit} would say just that. */
    public boolean asItIs() {
        return action == Action.FORWARD && !reset && !resetBack && !reassembled && releasedLength == 0
                && refusalLength == 0;
    }

    public Action action() {
        return action;
    }

    /** Why a frame is dropped as such, or null. */
    public @Nullable Anomaly anomaly() {
        return anomaly;
    }

    public @Nullable Flow flow() {
        return flow;
    }

    /** Both ends get a RST. */
    public boolean reset() {
        return reset;
    }

    /** How many ranges are cut out. */
    public int removed() {
        return removedCount;
    }

    /** Sequence number at which range {@code i} begins. */
    public int removedFrom(int i) {
        return removedFrom[i];
    }

    public int removedLength(int i) {
        return removedLength[i];
    }

    /** Bytes held before that have become whole, starting at {@link #releasedFrom}; 0: none. */
    public int releasedLength() {
        return releasedLength;
    }

    public int releasedFrom() {
        return releasedFrom;
    }

    /**
     * Copies the {@link #releasedLength} bytes that were judged to {@code target}: these, never the frames that were
     * held, since held frames may have differed. Ranges that are {@link #removed} are still in them.
     */
    public void copyReleased(MemorySegment target, long at) {
        StreamBuffer buffer = released;
        if (buffer != null && releasedLength > 0) {
            buffer.copy(releasedFrom, releasedLength, target, at);
        }
    }

    /** Protocol refusals for the client, one after another, in the first {@link #refusalLength} bytes. */
    public MemorySegment refusal() {
        return refusal;
    }

    public int refusalLength() {
        return refusalLength;
    }
}
