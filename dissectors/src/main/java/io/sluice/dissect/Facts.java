package io.sluice.dissect;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * What one request asks for, in protocol-independent terms: a list of <em>spans</em>. A span is one operation on a run
 * of consecutive items (registers, coils, records of a file, one node …), each item with its value where one is
 * written. The meaning is item by item; a span is only the short way to say it. Where one item is written with several
 * values (an array), each of them counts as an item of its own.
 *
 * <p>Beside the spans stand the <em>traits</em> of the connection that the request came over (how it is secured, who
 * logged in), which a conduit may demand, and <em>notices</em>: what is worth a look without being wrong.
 *
 * <p>One object per worker, reused for each message: {@link #reset} forgets everything. Values are not copied: a span
 * points into the message's bytes, so facts are valid only while those bytes are.
 */
public final class Facts {
    /** Most spans of one message; Modbus file requests hold at most 35 groups, OPC UA requests may name many nodes. */
    public static final int MAX_SPANS = 1024;
    /** The item of a span that names none (Modbus function 17, say). Outside every range a rule can state. */
    public static final int NO_ITEM = -1;
    /**
     * The item of a span that names one which cannot be told: it may be any. Only rules on any item allow it, and every
     * deny touches it.
     */
    public static final int UNTOLD = -2;
    /** Most traits of a protocol. */
    public static final int MAX_TRAITS = 8;
    /** A trait that is not known, or does not exist on this connection. */
    public static final int NO_TRAIT = -1;

    /** The place of a name that does not lie in the bytes. */
    public static final int NOWHERE = -1;

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
    /** From here on: little-endian numbers, each given in its {@link OrderedNumber} form. */
    public static final int ORDERED = 5;

    public static final int SIGNED_8 = 5;
    public static final int UNSIGNED_8 = 6;
    public static final int SIGNED_16 = 7;
    public static final int UNSIGNED_16 = 8;
    public static final int SIGNED_32 = 9;
    public static final int UNSIGNED_32 = 10;
    public static final int SIGNED_64 = 11;
    public static final int UNSIGNED_64 = 12;
    public static final int FLOAT_32 = 13;
    public static final int FLOAT_64 = 14;

    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(BIG_ENDIAN);
    private static final ValueLayout.OfShort LE16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final ValueLayout.OfInt LE32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LE64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN);

    private final int[] operation = new int[MAX_SPANS];
    private final int[] scope = new int[MAX_SPANS];
    private final int[] low = new int[MAX_SPANS];
    private final int[] high = new int[MAX_SPANS];
    private final int[] extra = new int[MAX_SPANS];
    private final int[] encoding = new int[MAX_SPANS];
    private final int[] readable = new int[MAX_SPANS];
    private final int[] times = new int[MAX_SPANS];
    private final long[] valueAt = new long[MAX_SPANS];
    private final long[] itemAt = new long[MAX_SPANS];
    private final long[] extraAt = new long[MAX_SPANS];
    private final long[] textAt = new long[MAX_SPANS];
    private final int[] traits = new int[MAX_TRAITS];
    private int spans;
    private boolean opaque;
    private boolean traited;
    private long notices;
    private long validFrom = Long.MIN_VALUE;
    private long validUntil = Long.MAX_VALUE;
    private MemorySegment bytes = MemorySegment.NULL;

    public Facts() {
        Arrays.fill(traits, NO_TRAIT);
    }

    /** Forgets the previous message. */
    public void reset(MemorySegment messageBytes) {
        spans = 0;
        opaque = false;
        notices = 0;
        bytes = messageBytes;
        if (traited) {
            Arrays.fill(traits, NO_TRAIT);
            traited = false;
            validFrom = Long.MIN_VALUE;
            validUntil = Long.MAX_VALUE;
        }
    }

    /** The bytes that spans point into. */
    public MemorySegment bytes() {
        return bytes;
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
        times[s] = 1;
        itemAt[s] = NOWHERE;
        extraAt[s] = NOWHERE;
        return s;
    }

    /**
     * Adds a span of one item without values, or counts it to the last span where that says the same: a request that
     * reads a thousand nodes of which no rule knows one is one span, a thousand times.
     *
     * @param other the extra field, or {@link #NO_ITEM}
     * @param namedAt where in {@link #bytes} the item's name lies, for reports
     * @return the span's index, or -1 when there are already {@link #MAX_SPANS}
     */
    public int addOrRepeat(int op, int in, int item, int other, long namedAt) {
        int last = spans - 1;
        if (last >= 0 && operation[last] == op && scope[last] == in && low[last] == item && high[last] == item
                && extra[last] == other && encoding[last] == NO_VALUE) {
            times[last]++;
            return last;
        }
        int s = add(op, in, item, item);
        if (s >= 0) {
            extra[s] = other;
            itemAt[s] = namedAt;
        }
        return s;
    }

    /**
     * Adds a span of one item and the values that it is written with, see {@link #values(int, int, long, int)}.
     *
     * @return the span's index, or -1 when there are already {@link #MAX_SPANS}
     */
    public int addWritten(int op, int in, int item, long namedAt, int howEncoded, long at, int count) {
        if (spans == MAX_SPANS) {
            return -1;
        }
        int s = spans++;
        operation[s] = op;
        scope[s] = in;
        low[s] = item;
        high[s] = item;
        extra[s] = NO_ITEM;
        encoding[s] = howEncoded;
        readable[s] = count;
        times[s] = 1;
        valueAt[s] = at;
        itemAt[s] = namedAt;
        extraAt[s] = NOWHERE;
        textAt[s] = NOWHERE;
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
        textAt[span] = NOWHERE;
    }

    /**
     * Gives a one-item span a text as its value.
     *
     * @param form the text's place among all values, see {@link OrderedNumber#name}
     * @param at where in {@link #bytes} the text lies, as the protocol writes texts; for reports
     */
    public void storeText(int span, long form, long at) {
        store(span, form);
        textAt[span] = at;
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

    /** Where in {@link #bytes} the names of a span's item and of its extra field lie. */
    public void named(int span, long itemNameAt, long extraNameAt) {
        itemAt[span] = itemNameAt;
        extraAt[span] = extraNameAt;
    }

    /** Marks the message as one whose body cannot be read: a rule may still name it. */
    public void opaque(boolean bodyUnreadable) {
        opaque = bodyUnreadable;
    }

    /** Sets a trait of the connection, see {@link Vocabulary#traits}. */
    public void trait(int number, int value) {
        traits[number] = value;
        traited = true;
    }

    /**
     * When the certificate that the connection rests on is valid, seconds since 1970, both included. What becomes of
     * one that is not is for those who know the time.
     */
    public void validity(long notBefore, long notAfter) {
        validFrom = notBefore;
        validUntil = notAfter;
        traited = true;
    }

    public long validFrom() {
        return validFrom;
    }

    public long validUntil() {
        return validUntil;
    }

    /** Something is worth a look. */
    public void notice(Notice notice) {
        notices |= notice.bit();
    }

    public boolean opaque() {
        return opaque;
    }

    /** A trait's value, or {@link #NO_TRAIT}. */
    public int trait(int number) {
        return traits[number];
    }

    /** One bit for each {@link Notice}. */
    public long notices() {
        return notices;
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

    /** How often the message says the same: see {@link #addOrRepeat}. */
    public int times(int span) {
        return times[span];
    }

    /** Where in {@link #bytes} the name of the span's (first) item lies, or {@link #NOWHERE}. */
    public long itemAt(int span) {
        return itemAt[span];
    }

    /** Where in {@link #bytes} the name of the span's extra field lies, or {@link #NOWHERE}. */
    public long extraAt(int span) {
        return extraAt[span];
    }

    /** Where in {@link #bytes} the text lies that a {@link #STORED} value is, or {@link #NOWHERE}. */
    public long textAt(int span) {
        return textAt[span];
    }

    /** One of {@link #NO_VALUE}, {@link #UNKNOWN_VALUE}, {@link #STORED} and the encodings after them. */
    public int encoding(int span) {
        return encoding[span];
    }

    /** How many values of the span are here; fewer than its items only while a message is incomplete. */
    public int readable(int span) {
        return readable[span];
    }

    /**
     * How many values the span stands for: one for each item, or, on one item, one for each that is written there.
     */
    public int values(int span) {
        int items = high[span] - low[span] + 1;
        return items > 1 || encoding[span] < ORDERED ? items : Math.max(1, readable[span]);
    }

    /** Value number {@code index} of a span: of item {@code low(span) + index}; it is below {@link #readable}. */
    public long value(int span, int index) {
        return switch (encoding[span]) {
            case UINT16 -> Short.toUnsignedInt(bytes.get(U16, valueAt[span] + 2L * index));
            case BITS -> bytes.get(JAVA_BYTE, valueAt[span] + (index >> 3)) >> (index & 7) & 1;
            case STORED -> valueAt[span];
            default -> ordered(encoding[span], valueAt[span], index);
        };
    }

    private long ordered(int how, long at, int index) {
        return switch (how) {
            case SIGNED_8 -> OrderedNumber.of((long) bytes.get(JAVA_BYTE, at + index));
            case UNSIGNED_8 -> OrderedNumber.of((long) Byte.toUnsignedInt(bytes.get(JAVA_BYTE, at + index)));
            case SIGNED_16 -> OrderedNumber.of((long) bytes.get(LE16, at + 2L * index));
            case UNSIGNED_16 -> OrderedNumber.of((long) Short.toUnsignedInt(bytes.get(LE16, at + 2L * index)));
            case SIGNED_32 -> OrderedNumber.of((long) bytes.get(LE32, at + 4L * index));
            case UNSIGNED_32 -> OrderedNumber.of(Integer.toUnsignedLong(bytes.get(LE32, at + 4L * index)));
            case SIGNED_64 -> OrderedNumber.of(bytes.get(LE64, at + 8L * index));
            case UNSIGNED_64 -> OrderedNumber.ofUnsigned(bytes.get(LE64, at + 8L * index));
            case FLOAT_32 -> real(Float.intBitsToFloat(bytes.get(LE32, at + 4L * index)));
            case FLOAT_64 -> real(Double.longBitsToDouble(bytes.get(LE64, at + 8L * index)));
            default -> at;
        };
    }

    /** NaN is outside every range: it goes beyond the last place that a name can have. */
    private static long real(double number) {
        return Double.isNaN(number) ? Long.MAX_VALUE : OrderedNumber.of(number);
    }
}
