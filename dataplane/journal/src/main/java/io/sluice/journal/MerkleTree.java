package io.sluice.journal;

import java.util.ArrayList;
import java.util.List;

/**
 * A hash tree of records (RFC 6962 §2.1) that grows at its right end. It remembers nothing but the roots of the complete
 * subtrees that it is made of, one for each bit of its size, so it can go on from there and never needs the records again.
 */
final class MerkleTree {
    private static final int LEVELS = 64;

    private final Hashes hashes = new Hashes();
    private final byte[][] roots = new byte[LEVELS][Hashes.SIZE];
    private final byte[] carry = new byte[Hashes.SIZE];
    private long size;

    /** A tree of {@code size} records of which only {@link #subtrees} are known, in that order. */
    static MerkleTree of(long size, List<byte[]> subtrees) {
        if (size < 0 || Long.bitCount(size) != subtrees.size()) {
            throw new IllegalArgumentException(subtrees.size() + " subtrees for a size of " + size);
        }
        MerkleTree tree = new MerkleTree();
        tree.size = size;
        int next = 0;
        for (int level = LEVELS - 2; level >= 0; level--) {
            if ((size >> level & 1) == 1) {
                System.arraycopy(subtrees.get(next++), 0, tree.roots[level], 0, Hashes.SIZE);
            }
        }
        return tree;
    }

    /** Records in the tree. */
    long size() {
        return size;
    }

    void add(byte[] record, int from, int length) {
        hashes.leaf(record, from, length, carry);
        addCarry(0);
    }

    /** Adds a record of which the leaf hash is known. */
    void addLeaf(byte[] hash) {
        addSubtree(hash, 1);
    }

    /** Adds the root of a complete subtree of {@code records}, a power of two that divides the size so far. */
    void addSubtree(byte[] root, long records) {
        if (Long.bitCount(records) != 1 || size % records != 0) {
            throw new IllegalArgumentException("a subtree of " + records + " behind " + size);
        }
        System.arraycopy(root, 0, carry, 0, Hashes.SIZE);
        addCarry(Long.numberOfTrailingZeros(records));
    }

    private void addCarry(int lowest) {
        int level = lowest;
        while ((size >> level & 1) == 1) {
            hashes.node(roots[level++], carry, carry);
        }
        System.arraycopy(carry, 0, roots[level], 0, Hashes.SIZE);
        size += 1L << lowest;
    }

    byte[] root() {
        if (size == 0) {
            return hashes.nothing();
        }
        int level = Long.numberOfTrailingZeros(size);
        byte[] root = roots[level].clone();
        while (++level < LEVELS - 1) {
            if ((size >> level & 1) == 1) {
                hashes.node(roots[level], root, root);
            }
        }
        return root;
    }

    /** The roots of the complete subtrees that make up the tree, from the left, the largest first. */
    List<byte[]> subtrees() {
        List<byte[]> all = new ArrayList<>();
        for (int level = LEVELS - 2; level >= 0; level--) {
            if ((size >> level & 1) == 1) {
                all.add(roots[level].clone());
            }
        }
        return all;
    }
}
