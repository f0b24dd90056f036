package io.sluice.dissect;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.ByteOrder.BIG_ENDIAN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What one request asks for, in protocol-independent terms: a list of <em>spans</em>. A span is one operation on a run
 * of consecutive items (registers, coils, records of a file, one node …), each item with its value where one is
 * written. The meaning is item by item; a span is only the short way to say it.
 *
 * <p>One object per worker, reused for each message: {@link #reset} forgets everything. Values are not copied: a span
 * points into the message's bytes, so facts are valid only while those bytes are.
 */
public final class Facts {
    /** Most spans of one message; Modbus file requests hold at most 35 groups. */
    public static final int MAX_SPANS = 64;
    /** The item of a span that names none (Modbus function 17, say). Outside every range a rule can state. */
    public static final int NO_ITEM = -1;

    /** How the values of a span are to be read. */
    public static final int NO_VALUE = 0;
    /** Something is written, but what results cannot be told from the message (Modbus function 22). */
    public static final int UNKNOWN_VALUE = 1;
    /** One value, kept in the facts. */
    public static final int STORED = 2;
    /** Bits packed from the least significant bit of the first byte. */
    public static final int BITS = 3;
    /** Unsigned 16-bit big-endian numbers. */
    public static final int UINT16 = 4;

    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(BIG_ENDIAN);

    private final int[] operation = new int[MAX_SPANS];
    private final int[] scope = new int[MAX_SPANS];
    private final int[] low = new int[MAX_SPANS];
    private final int[] high = new int[MAX_SPANS];
    private final int[] extra = new int[MAX_SPANS];
    private final int[] encoding = new int[MAX_SPANS];
    private final int[] readable = new int[MAX_SPANS];
    private final long[] valueAt = new long[MAX_SPANS];
    private int spans;
    private boolean opaque;
    private MemorySegment bytes = MemorySegment.NULL;

    /** Forgets the previous message. */
    public void reset(MemorySegment messageBytes) {
        spans = 0;
        opaque = false;
        bytes = messageBytes;
    }

    /**
     * Adds a span without values.
     *
     * @param op number of the operation in the protocol's {@link Vocabulary}
     * @param in selector fields as one number, see {@link Vocabulary#scope}
     * @param first first item, or {@link #NO_ITEM}
     * @param last last item, included
     * @return the span's index, or -1 when there are already {@link #MAX_SPANS}
     */
    public int add(int op, int in, int first, int last) {
        if (spans == MAX_SPANS) {
            return -1;
        }
        int s = spans++;
        operation[s] = op;
        scope[s] = in;
        low[s] = first;
        high[s] = last;
        extra[s] = NO_ITEM;
        encoding[s] = NO_VALUE;
        readable[s] = 0;
        return s;
    }

    /** Says where the values of a span lie; {@code count} of them can be read already (all, in a whole message). */
    public void values(int span, int howEncoded, long at, int count) {
        encoding[span] = howEncoded;
        valueAt[span] = at;
        readable[span] = count;
    }

    /** Gives a one-item span its value. */
    public void store(int span, long value) {
        encoding[span] = STORED;
        valueAt[span] = value;
        readable[span] = 1;
    }

    /** The span writes something that the message does not tell. */
    public void unknownValue(int span) {
        encoding[span] = UNKNOWN_VALUE;
        readable[span] = 0;
    }

    /** Sets the protocol's extra field (Modbus: the file number). */
    public void extra(int span, int value) {
        extra[span] = value;
    }

    /** Marks the message as one whose body cannot be read: a rule may still name it. */
    public void opaque(boolean bodyUnreadable) {
        opaque = bodyUnreadable;
    }

    public boolean opaque() {
        return opaque;
    }

    public int spans() {
        return spans;
    }

    public int operation(int span) {
        return operation[span];
    }

    public int scope(int span) {
        return scope[span];
    }

    public int low(int span) {
        return low[span];
    }

    public int high(int span) {
        return high[span];
    }

    public int extra(int span) {
        return extra[span];
    }

    /** One of {@link #NO_VALUE}, {@link #UNKNOWN_VALUE}, {@link #STORED}, {@link #BITS}, {@link #UINT16}. */
    public int encoding(int span) {
        return encoding[span];
    }

    /** How many values of the span are here; fewer than its items only while a message is incomplete. */
    public int readable(int span) {
        return readable[span];
    }

    /** The value of item {@code low(span) + index}; {@code index} is below {@link #readable}. */
    public long value(int span, int index) {
        return switch (encoding[span]) {
            case UINT16 -> Short.toUnsignedInt(bytes.get(U16, valueAt[span] + 2L * index));
            case BITS -> bytes.get(JAVA_BYTE, valueAt[span] + (index >> 3)) >> (index & 7) & 1;
            default -> valueAt[span];
        };
    }
}
