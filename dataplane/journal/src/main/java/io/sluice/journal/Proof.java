package io.sluice.journal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a proof is made of and how it is checked: that a record is in a tree (RFC 6962 §2.1.1), and that one tree is the
 * beginning of another (§2.1.2). Which hashes a proof needs follows from sizes alone; {@link ProofHashes} finds them.
 */
final class Proof {
    /** The records {@code from} to {@code to}, the latter not included. */
    record Range(long from, long to) {
        long size() {
            return to - from;
        }
    }

    private Proof() {}

    /** The subtrees whose roots prove that record {@code index} is in a tree of {@code size} records. */
    static List<Range> inclusion(long index, long size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("record " + index + " is not among " + size);
        }
        List<Range> path = new ArrayList<>();
        long from = 0;
        long to = size;
        while (to - from > 1) {
            long middle = from + split(to - from);
            path.add(index < middle ? new Range(middle, to) : new Range(from, middle));
            from = index < middle ? from : middle;
            to = index < middle ? middle : to;
        }
        return path.reversed();
    }

    /** The subtrees whose roots prove that a tree of {@code first} records is the beginning of one of {@code second}. */
    static List<Range> consistency(long first, long second) {
        if (first <= 0 || first > second) {
            throw new IllegalArgumentException(first + " records are no beginning of " + second);
        }
        List<Range> path = new ArrayList<>();
        long from = 0;
        long to = second;
        while (first < to) {
            long middle = from + split(to - from);
            path.add(first <= middle ? new Range(middle, to) : new Range(from, middle));
            from = first <= middle ? from : middle;
            to = first <= middle ? middle : to;
        }
        if (from > 0) { // else it is the first tree itself, whose root is known
            path.add(new Range(from, to));
        }
        return path.reversed();
    }

    /** The largest power of two below {@code size}. */
    private static long split(long size) {
        return Long.highestOneBit(size - 1);
    }

    /** RFC 9162 §2.1.3.2. */
    static boolean included(byte[] leaf, long index, long size, List<byte[]> path, byte[] root) {
        if (index < 0 || index >= size) {
            return false;
        }
        Hashes hashes = new Hashes();
        long at = index;
        long last = size - 1;
        byte[] hash = leaf.clone();
        for (byte[] sibling : path) {
            if (last == 0) {
                return false;
            }
            if ((at & 1) == 1 || at == last) {
                hashes.node(sibling, hash, hash);
                int up = Long.numberOfTrailingZeros(at);
                at >>= up == Long.SIZE ? 0 : up;
                last >>= up == Long.SIZE ? 0 : up;
            } else {
                hashes.node(hash, sibling, hash);
            }
            at >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(hash, root);
    }

    /** RFC 9162 §2.1.4.2. */
    static boolean consistent(long first, byte[] firstRoot, long second, byte[] secondRoot, List<byte[]> path) {
        if (first == second) {
            return path.isEmpty() && Arrays.equals(firstRoot, secondRoot);
        }
        if (first <= 0 || first > second || path.isEmpty()) {
            return false;
        }
        boolean complete = Long.bitCount(first) == 1;
        byte[] start = complete ? firstRoot : path.getFirst();
        int up = Long.numberOfTrailingZeros(first);
        long at = (first - 1) >> up;
        long last = (second - 1) >> up;
        Hashes hashes = new Hashes();
        byte[] one = start.clone();
        byte[] other = start.clone();
        for (byte[] hash : complete ? path : path.subList(1, path.size())) {
            if (last == 0) {
                return false;
            }
            if ((at & 1) == 1 || at == last) {
                hashes.node(hash, one, one);
                hashes.node(hash, other, other);
                while ((at & 1) == 0 && at != 0) {
                    at >>= 1;
                    last >>= 1;
                }
            } else {
                hashes.node(other, hash, other);
            }
            at >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(one, firstRoot) && Arrays.equals(other, secondRoot);
    }
}
