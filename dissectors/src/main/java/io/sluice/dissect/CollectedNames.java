package io.sluice.dissect;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Names that are learnt from messages: each gets a number when it is met first. For offline work, by one thread; a lookup
 * allocates.
 */
public final class CollectedNames extends Names {
    private final int most;
    private final Map<Key, Integer> numbers = new HashMap<>();
    private final List<Key> keys = new ArrayList<>();
    private long excess;

    /** @param most names that are kept; later ones are {@link #UNKNOWN} */
    public CollectedNames(int most) {
        super(List.of());
        this.most = most;
    }

    /** What was looked up with a number. */
    public Key key(int number) {
        return keys.get(number);
    }

    /** How often a name was met for which there was no room. */
    public long excess() {
        return excess;
    }

    /** At least one, since a name that is looked up is there. */
    @Override
    public int size() {
        return Math.max(1, keys.size());
    }

    @Override
    public int find(long head) {
        return number(new Key(head, ""));
    }

    @Override
    public int find(long head, MemorySegment bytes, long at, int length) {
        byte[] tail = new byte[length];
        MemorySegment.copy(bytes, JAVA_BYTE, at, tail, 0, length);
        return number(new Key(head, new String(tail, StandardCharsets.ISO_8859_1)));
    }

    @Override
    public int find(long head, long folded, MemorySegment bytes, long at, int length) {
        return find(head, bytes, at, length);
    }

    private int number(Key key) {
        Integer known = numbers.get(key);
        if (known != null) {
            return known;
        }
        if (keys.size() == most) {
            excess++;
            return UNKNOWN;
        }
        numbers.put(key, keys.size());
        keys.add(key);
        return keys.size() - 1;
    }
}
