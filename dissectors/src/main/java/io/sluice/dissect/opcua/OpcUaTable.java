package io.sluice.dissect.opcua;

import io.sluice.dissect.Renumbering;
import java.util.Arrays;

/**
 * Two small numbers for each key: a table with open addressing that grows to a limit. Requests that wait for their
 * responses are kept in one, monitored items in another.
 */
final class OpcUaTable {
    static final int ABSENT = -1;
    private static final int SMALLEST = 16;

    private final int most;
    private long[] keys = new long[SMALLEST];
    private int[] first = new int[SMALLEST];
    private int[] second = new int[SMALLEST];
    private boolean[] taken = new boolean[SMALLEST];
    private int size;

    OpcUaTable(int most) {
        this.most = most;
    }

    void clear() {
        if (size > 0) {
            Arrays.fill(taken, false);
            size = 0;
        }
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == most;
    }

    /** Sets what belongs to a key; false when the table is full. */
    boolean put(long key, int one, int other) {
        int slot = slot(key);
        if (!taken[slot]) {
            if (size == most) {
                return false;
            }
            if (2 * (size + 1) > keys.length) {
                grow();
                slot = slot(key);
            }
            taken[slot] = true;
            keys[slot] = key;
            size++;
        }
        first[slot] = one;
        second[slot] = other;
        return true;
    }

    /** Sets the first number of every key. */
    void setFirst(int one) {
        Arrays.fill(first, one);
    }

    /** Changes the first number of each key: nodes. */
    void renumberNodes(Renumbering change) {
        for (int i = 0; i < keys.length && size > 0; i++) {
            first[i] = taken[i] ? change.node(first[i]) : first[i];
        }
    }

    /** Changes the second number of each key: verdicts. */
    void renumberVerdicts(Renumbering change) {
        for (int i = 0; i < keys.length && size > 0; i++) {
            second[i] = taken[i] ? OpcUaSession.renumbered(second[i], change) : second[i];
        }
    }

    /** Where a key is, or {@link #ABSENT}; valid until the next change. */
    int find(long key) {
        int slot = slot(key);
        return taken[slot] ? slot : ABSENT;
    }

    int first(int slot) {
        return first[slot];
    }

    int second(int slot) {
        return second[slot];
    }

    /** Forgets a key; those that it had pushed on move up. */
    void remove(int slot) {
        int mask = keys.length - 1;
        int hole = slot;
        taken[hole] = false;
        size--;
        for (int i = (hole + 1) & mask; taken[i]; i = (i + 1) & mask) {
            int home = home(keys[i]);
            if (((i - home) & mask) >= ((i - hole) & mask)) {
                keys[hole] = keys[i];
                first[hole] = first[i];
                second[hole] = second[i];
                taken[hole] = true;
                taken[i] = false;
                hole = i;
            }
        }
    }

    /** Forgets every key whose upper half is this. */
    void removeAll(int upper) {
        for (int i = 0; i < keys.length; i++) {
            while (taken[i] && (int) (keys[i] >>> 32) == upper) {
                remove(i);
            }
        }
    }

    private int home(long key) {
        return (int) ((key * 0x9E37_79B9_7F4A_7C15L) >>> 33) & (keys.length - 1);
    }

    private int slot(long key) {
        int slot = home(key);
        while (taken[slot] && keys[slot] != key) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldFirst = first;
        int[] oldSecond = second;
        boolean[] oldTaken = taken;
        int capacity = oldKeys.length * 2;
        keys = new long[capacity];
        first = new int[capacity];
        second = new int[capacity];
        taken = new boolean[capacity];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldTaken[i]) {
                int slot = slot(oldKeys[i]);
                taken[slot] = true;
                keys[slot] = oldKeys[i];
                first[slot] = oldFirst[i];
                second[slot] = oldSecond[i];
            }
        }
    }
}
