package io.sluice.dissect.opcua;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.sluice.dissect.Names;
import io.sluice.dissect.Renumbering;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Other names that a server gave to nodes of the policy when they were registered (OPC 10000-4 §5.9.5): a rule on the
 * node holds for its alias. Only aliases of nodes that the policy names are kept; any other node is as unknown under its
 * new name as under its old one. Memory is taken when the first one comes.
 */
final class OpcUaAliases {
    /** {@link #find}: nobody gave a node this name. */
    static final int ABSENT = -2;

    private static final int TAIL = 64;
    private static final int SMALLEST = 16;

    private final int most;
    private int[] slots = new int[2 * SMALLEST];
    private long[] heads = {};
    private int[] tailLengths = {};
    private int[] nodes = {};
    private MemorySegment tails = MemorySegment.NULL;
    private int size;

    OpcUaAliases(int most) {
        this.most = most;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void clear() {
        if (size > 0) {
            size = 0;
            Arrays.fill(slots, 0);
        }
    }

    /** Notes an alias; false where it cannot be kept. */
    boolean put(long head, MemorySegment bytes, long at, int length, int node) {
        int slot = slot(head, bytes, at, length);
        if (slots[slot] != 0) {
            nodes[slots[slot] - 1] = node;
            return true;
        }
        if (size == most || length > TAIL) {
            return false;
        }
        if (size == heads.length) {
            grow();
            slot = slot(head, bytes, at, length);
        }
        heads[size] = head;
        tailLengths[size] = length;
        nodes[size] = node;
        MemorySegment.copy(bytes, at, tails, (long) size * TAIL, length);
        slots[slot] = ++size;
        return true;
    }

    /**
     * The node behind an alias: {@link Names#UNKNOWN} for one that was given to another node since, {@link #ABSENT} for
     * what is no alias.
     */
    int find(long head, MemorySegment bytes, long at, int length) {
        int slot = slot(head, bytes, at, length);
        return slots[slot] == 0 ? ABSENT : nodes[slots[slot] - 1];
    }

    /** Where an alias is, or belongs. */
    private int slot(long head, MemorySegment bytes, long at, int length) {
        long hash = head;
        for (int i = 0; i < Math.min(length, TAIL); i++) {
            hash = hash * 31 + bytes.get(JAVA_BYTE, at + i);
        }
        int slot = (int) ((hash * 0x9E37_79B9_7F4A_7C15L) >>> 33) & (slots.length - 1);
        while (slots[slot] != 0 && !is(slots[slot] - 1, head, bytes, at, length)) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private boolean is(int i, long head, MemorySegment bytes, long at, int length) {
        return heads[i] == head && tailLengths[i] == length && (length == 0 || MemorySegment.mismatch(tails,
                (long) i * TAIL, (long) i * TAIL + length, bytes, at, at + length) < 0);
    }

    /** The numbers of nodes change. */
    void renumber(Renumbering change) {
        for (int i = 0; i < size; i++) {
            nodes[i] = change.node(nodes[i]);
        }
    }

    private void grow() {
        int capacity = Math.max(SMALLEST, heads.length * 2);
        MemorySegment fresh = Arena.ofAuto().allocate((long) capacity * TAIL);
        MemorySegment.copy(tails, 0, fresh, 0, (long) size * TAIL);
        tails = fresh;
        heads = Arrays.copyOf(heads, capacity);
        tailLengths = Arrays.copyOf(tailLengths, capacity);
        nodes = Arrays.copyOf(nodes, capacity);
        slots = new int[2 * capacity];
        for (int i = 0; i < size; i++) {
            slots[slot(heads[i], tails, (long) i * TAIL, tailLengths[i])] = i + 1;
        }
    }
}
