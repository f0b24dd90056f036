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

    /** Words of a span, which fill one cache line: two numbers share each of the first four. */
    private static final int STRIDE = 8;

    private static final int OPERATION_SCOPE = 0;
    private static final int LOW_HIGH = 1;
    private static final int EXTRA_TIMES = 2;
    private static final int ENCODING_READABLE = 3;
    private static final int VALUE_AT = 4;
    private static final int ITEM_AT = 5;
    private static final int EXTRA_AT = 6;
    private static final int TEXT_AT = 7;

    private final long[] words;
    private final int[] traits = new int[MAX_TRAITS];
    private int spans;
    private boolean opaque;
    private boolean traited;
    private long notices;
    private long validFrom = Long.MIN_VALUE;
    private long validUntil = Long.MAX_VALUE;
    private MemorySegment bytes = MemorySegment.NULL;

    public Facts() {
        this(MAX_SPANS);
    }

    /** Facts with room for fewer spans, for copies: see {@link #copy}. */
    public Facts(int mostSpans) {
        words = new long[mostSpans * STRIDE];
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

    private static long pair(int upper, int lower) {
        return (long) upper << 32 | (lower & 0xFFFF_FFFFL);
    }

    private static int upper(long pair) {
        return (int) (pair >> 32);
    }

    /** Writes a span, all of it. */
    private int put(int op, int in, long lowHigh, long extraTimes, long encodingReadable, long valueAt, long itemAt) {
        int w = spans * STRIDE;
        if (w == words.length) {
            return -1;
        }
        words[w + OPERATION_SCOPE] = pair(op, in);
        words[w + LOW_HIGH] = lowHigh;
        words[w + EXTRA_TIMES] = extraTimes;
        words[w + ENCODING_READABLE] = encodingReadable;
        words[w + VALUE_AT] = valueAt;
        words[w + ITEM_AT] = itemAt;
        words[w + EXTRA_AT] = NOWHERE;
        words[w + TEXT_AT] = NOWHERE;
        return spans++;
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
        return put(op, in, pair(first, last), pair(NO_ITEM, 1), pair(NO_VALUE, 0), 0, NOWHERE);
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
        int last = (spans - 1) * STRIDE;
        if (last >= 0 && words[last + OPERATION_SCOPE] == pair(op, in) && words[last + LOW_HIGH] == pair(item, item)
                && upper(words[last + EXTRA_TIMES]) == other
                && upper(words[last + ENCODING_READABLE]) == NO_VALUE) {
            words[last + EXTRA_TIMES]++;
            return spans - 1;
        }
        return put(op, in, pair(item, item), pair(other, 1), pair(NO_VALUE, 0), 0, namedAt);
    }

    /**
     * Adds a span of one item and the values that it is written with, see {@link #values(int, int, long, int)}.
     *
     * @return the span's index, or -1 when there are already {@link #MAX_SPANS}
     */
    public int addWritten(int op, int in, int item, long namedAt, int howEncoded, long at, int count) {
        return put(op, in, pair(item, item), pair(NO_ITEM, 1), pair(howEncoded, count), at, namedAt);
    }

    /** Says where the values of a span lie; {@code count} of them can be read already (all, in a whole message). */
    public void values(int span, int howEncoded, long at, int count) {
        words[span * STRIDE + ENCODING_READABLE] = pair(howEncoded, count);
        words[span * STRIDE + VALUE_AT] = at;
    }

    /** Gives a one-item span its value. */
    public void store(int span, long value) {
        storeText(span, value, NOWHERE);
    }

    /**
     * Gives a one-item span a text as its value.
     *
     * @param form the text's place among all values, see {@link OrderedNumber#name}
     * @param at where in {@link #bytes} the text lies, as the protocol writes texts; for reports
     */
    public void storeText(int span, long form, long at) {
        values(span, STORED, form, 1);
        words[span * STRIDE + TEXT_AT] = at;
    }

    /** The span writes something that the message does not tell. */
    public void unknownValue(int span) {
        words[span * STRIDE + ENCODING_READABLE] = pair(UNKNOWN_VALUE, 0);
    }

    /** Sets the protocol's extra field (Modbus: the file number). */
    public void extra(int span, int value) {
        words[span * STRIDE + EXTRA_TIMES] = pair(value, times(span));
    }

    /** Where in {@link #bytes} the names of a span's item and of its extra field lie. */
    public void named(int span, long itemNameAt, long extraNameAt) {
        words[span * STRIDE + ITEM_AT] = itemNameAt;
        words[span * STRIDE + EXTRA_AT] = extraNameAt;
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
        return upper(words[span * STRIDE + OPERATION_SCOPE]);
    }

    public int scope(int span) {
        return (int) words[span * STRIDE + OPERATION_SCOPE];
    }

    public int low(int span) {
        return upper(words[span * STRIDE + LOW_HIGH]);
    }

    public int high(int span) {
        return (int) words[span * STRIDE + LOW_HIGH];
    }

    public int extra(int span) {
        return upper(words[span * STRIDE + EXTRA_TIMES]);
    }

    /** How often the message says the same: see {@link #addOrRepeat}. */
    public int times(int span) {
        return (int) words[span * STRIDE + EXTRA_TIMES];
    }

    /** Where in {@link #bytes} the name of the span's (first) item lies, or {@link #NOWHERE}. */
    public long itemAt(int span) {
        return words[span * STRIDE + ITEM_AT];
    }

    /** Where in {@link #bytes} the name of the span's extra field lies, or {@link #NOWHERE}. */
    public long extraAt(int span) {
        return words[span * STRIDE + EXTRA_AT];
    }

    /** Where in {@link #bytes} the text lies that a {@link #STORED} value is, or {@link #NOWHERE}. */
    public long textAt(int span) {
        return words[span * STRIDE + TEXT_AT];
    }

    /** One of {@link #NO_VALUE}, {@link #UNKNOWN_VALUE}, {@link #STORED} and the encodings after them. */
    public int encoding(int span) {
        return upper(words[span * STRIDE + ENCODING_READABLE]);
    }

    /** How many values of the span are here; fewer than its items only while a message is incomplete. */
    public int readable(int span) {
        return (int) words[span * STRIDE + ENCODING_READABLE];
    }

    /**
     * How many values the span stands for: one for each item, or, on one item, one for each that is written there.
     */
    public int values(int span) {
        int items = high(span) - low(span) + 1;
        return items > 1 || encoding(span) < ORDERED ? items : Math.max(1, readable(span));
    }

    /** Value number {@code index} of a span: of item {@code low(span) + index}; it is below {@link #readable}. */
    public long value(int span, int index) {
        int how = encoding(span);
        long at = words[span * STRIDE + VALUE_AT];
        return switch (how) {
            case UINT16 -> Short.toUnsignedInt(bytes.get(U16, at + 2L * index));
            case BITS -> bytes.get(JAVA_BYTE, at + (index >> 3)) >> (index & 7) & 1;
            case STORED -> at;
            default -> ordered(how, at, index);
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

    /**
     * Becomes a copy of other facts that outlives their bytes: as many spans as there is room for, pointing into a copy of
     * the bytes. What they point at beyond that copy is left out: a name is then {@link #NOWHERE}, a value unknown.
     *
     * @param from where in the other's {@link #bytes} the copied bytes begin
     * @param size how many were copied
     * @param copied where the copy lies in {@code target}
     */
    public void copy(Facts other, long from, int size, MemorySegment target, long copied) {
        reset(target);
        opaque = other.opaque;
        notices = other.notices;
        validFrom = other.validFrom;
        validUntil = other.validUntil;
        traited = other.traited;
        System.arraycopy(other.traits, 0, traits, 0, traits.length);
        spans = Math.min(other.spans, words.length / STRIDE);
        System.arraycopy(other.words, 0, words, 0, spans * STRIDE);
        long moved = copied - from;
        for (int span = 0; span < spans; span++) {
            int w = span * STRIDE;
            words[w + ITEM_AT] = moved(words[w + ITEM_AT], from, size, moved);
            words[w + EXTRA_AT] = moved(words[w + EXTRA_AT], from, size, moved);
            words[w + TEXT_AT] = moved(words[w + TEXT_AT], from, size, moved);
            if (encoding(span) > STORED) {
                long at = words[w + VALUE_AT];
                if (at >= from && at + (long) readable(span) * bits(encoding(span)) / 8 <= from + size) {
                    words[w + VALUE_AT] = at + moved;
                } else {
                    unknownValue(span);
                }
            }
        }
    }

    /** Bits of one value, where values lie in the bytes. */
    private static int bits(int how) {
        return switch (how) {
            case BITS -> 1;
            case SIGNED_8, UNSIGNED_8 -> 8;
            case UINT16, SIGNED_16, UNSIGNED_16 -> 16;
            case SIGNED_32, UNSIGNED_32, FLOAT_32 -> 32;
            default -> 64;
        };
    }

    /** One that begins in the copy and runs beyond it is told as far as it goes, or not at all, by who reads it. */
    private static long moved(long at, long from, int size, long moved) {
        return at != NOWHERE && at >= from && at < from + size ? at + moved : NOWHERE;
    }

    /** The lowest place in {@link #bytes} that the spans point at, or {@link #NOWHERE} where they point at none. */
    public long lowest() {
        long lowest = Long.MAX_VALUE;
        for (int w = 0; w < spans * STRIDE; w += STRIDE) {
            lowest = lower(lowest, words[w + ITEM_AT]);
            lowest = lower(lowest, words[w + EXTRA_AT]);
            lowest = lower(lowest, words[w + TEXT_AT]);
            if ((int) (words[w + ENCODING_READABLE] >> 32) > STORED) {
                lowest = lower(lowest, words[w + VALUE_AT]);
            }
        }
        return lowest == Long.MAX_VALUE ? NOWHERE : lowest;
    }

    private static long lower(long lowest, long at) {
        return at != NOWHERE && at < lowest ? at : lowest;
    }
}
