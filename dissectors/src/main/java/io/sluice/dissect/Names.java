package io.sluice.dissect;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The names that a policy uses in one protocol (node ids, certificates, texts), as small numbers: a message's name is
 * looked up as it lies in the message, after the protocol has brought it to its one normal form. Immutable, shared by
 * workers; a lookup allocates nothing. {@link CollectedNames} is the exception, for those who learn names.
 */
public class Names {
    /** {@link #find}: the policy does not use this name. */
    public static final int UNKNOWN = -1;
    /** Without names. Stands after what its construction needs. */
    public static final Names NONE;

    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED;
    /** Two words. */
    public static final int PAIR = 2 * Long.BYTES;
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    static {
        NONE = new Names(List.of());
    }

    private final int size;
    private final int[] slots;
    private final long[] heads;
    private final long[] tailAt;
    private final int[] tailLength;
    private final MemorySegment tails;

    /**
     * A name in its normal form.
     *
     * @param head kind and all numbers of the name, as the protocol folds them
     * @param tail the name's bytes, where it has some: a character from 0 to 255 for each
     */
    public record Key(long head, String tail) {
        /** A name whose bytes are those of a text in UTF-8. */
        public static Key ofText(long head, String text) {
            return new Key(head, new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
        }
    }

    /** @param keys without repetitions; a name's number is its place in this list */
    public Names(List<Key> keys) {
        size = keys.size();
        // Most names of messages are none of the policy's: with many free slots one look tells.
        slots = new int[Integer.highestOneBit(Math.max(2, size * 8)) * 2];
        heads = new long[size];
        tailAt = new long[size];
        tailLength = new int[size];
        tails = Arena.ofAuto().allocate(Math.max(1, keys.stream().mapToLong(k -> k.tail.length()).sum()));
        long at = 0;
        for (int n = 0; n < size; n++) {
            byte[] tail = keys.get(n).tail.getBytes(StandardCharsets.ISO_8859_1);
            heads[n] = keys.get(n).head;
            tailAt[n] = at;
            tailLength[n] = tail.length;
            MemorySegment.copy(tail, 0, tails, JAVA_BYTE, at, tail.length);
            int slot = slot(heads[n], folded(tails, at, tail.length), tail.length);
            while (slots[slot] != 0) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = n + 1;
            at += tail.length;
        }
    }

    public int size() {
        return size;
    }

    /** The number of each of these names among others, {@link #UNKNOWN} for those that are not there. */
    public int[] in(Names others) {
        int[] numbers = new int[size];
        for (int n = 0; n < size; n++) {
            numbers[n] = others.find(heads[n], tails, tailAt[n], tailLength[n]);
        }
        return numbers;
    }

    /** The number of a name without bytes, or {@link #UNKNOWN}. */
    public int find(long head) {
        return find(head, 0, tails, 0, 0);
    }

    /** The number of a name whose bytes lie at {@code at}, or {@link #UNKNOWN}. */
    public int find(long head, MemorySegment bytes, long at, int length) {
        return size == 0 ? UNKNOWN : find(head, folded(bytes, at, length), bytes, at, length);
    }

    /**
     * The same for bytes that were folded already.
     *
     * @param folded as {@link #folded} folds them
     */
    public int find(long head, long folded, MemorySegment bytes, long at, int length) {
        int slot = slot(head, folded, length);
        while (slots[slot] != 0) {
            int n = slots[slot] - 1;
            if (heads[n] == head && tailLength[n] == length && (length == 0 || MemorySegment.mismatch(tails,
                    tailAt[n], tailAt[n] + length, bytes, at, at + length) < 0)) {
                return n;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return UNKNOWN;
    }

    private int slot(long head, long folded, int length) {
        long hash = (head ^ length) * MIX + folded;
        hash = (hash ^ (hash >>> 32)) * MIX;
        return (int) (hash >>> 32) & (slots.length - 1);
    }

    /**
     * Folds bytes: {@link #fold} of two words at a time, the last two overlapping those before, so that names of like
     * length take the same way; of the first and the last eight where there are fewer than sixteen; of one word where
     * there are fewer than eight.
     */
    public static long folded(MemorySegment bytes, long at, int length) {
        if (length < Long.BYTES) {
            long word = 0;
            for (int i = 0; i < length; i++) {
                word = word << 8 | (bytes.get(JAVA_BYTE, at + i) & 0xFF);
            }
            return fold(0, word);
        }
        if (length < PAIR) {
            return fold(fold(0, bytes.get(U64, at)), bytes.get(U64, at + length - Long.BYTES));
        }
        long folded = 0;
        long last = at + length - PAIR;
        for (long i = at; i < last; i += PAIR) {
            folded = fold(fold(folded, bytes.get(U64, i)), bytes.get(U64, i + Long.BYTES));
        }
        return fold(fold(folded, bytes.get(U64, last)), bytes.get(U64, last + Long.BYTES));
    }

    /** One more word. Multiplications do not wait for one another. */
    public static long fold(long folded, long word) {
        return Long.rotateLeft(folded, 29) + word * MIX;
    }
}
