package io.sluice.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
    /** The records and roots by which implementations of Certificate Transparency are compared. */
    private static final List<String> RECORDS = List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657",
            "606162636465666768696a6b6c6d6e6f");
    private static final List<String> ROOTS = List.of(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void theRootsAreThoseOfOthers() {
        MerkleTree tree = new MerkleTree();
        for (int i = 0; i < RECORDS.size(); i++) {
            assertEquals(ROOTS.get(i), HexFormat.of().formatHex(tree.root()));
            byte[] record = HexFormat.of().parseHex(RECORDS.get(i));
            tree.add(record, 0, record.length);
        }
        assertEquals(ROOTS.getLast(), HexFormat.of().formatHex(tree.root()));
    }

    /** RFC 6962 §2.1, as it stands there. */
    private static byte[] root(List<byte[]> leaves) {
        Hashes hashes = new Hashes();
        if (leaves.isEmpty()) {
            return hashes.nothing();
        }
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int half = Integer.highestOneBit(leaves.size() - 1);
        byte[] node = new byte[Hashes.SIZE];
        hashes.node(root(leaves.subList(0, half)), root(leaves.subList(half, leaves.size())), node);
        return node;
    }

    private static List<byte[]> leaves(int count) {
        SplittableRandom random = new SplittableRandom(count);
        List<byte[]> leaves = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] leaf = new byte[Hashes.SIZE];
            random.nextBytes(leaf);
            leaves.add(leaf);
        }
        return leaves;
    }

    @Test
    void itGrowsLikeTheDefinitionAndGoesOnFromItsSubtrees() {
        List<byte[]> leaves = leaves(300);
        MerkleTree tree = new MerkleTree();
        for (int size = 0; size < leaves.size(); size++) {
            assertArrayEquals(root(leaves.subList(0, size)), tree.root());
            MerkleTree again = MerkleTree.of(size, tree.subtrees());
            assertArrayEquals(tree.root(), again.root());
            tree.addSubtree(leaves.get(size), 1);
            again.addSubtree(leaves.get(size), 1);
            assertArrayEquals(tree.root(), again.root());
        }
    }

    private static List<byte[]> hashes(List<Proof.Range> path, List<byte[]> leaves) {
        return path.stream().map(r -> root(leaves.subList((int) r.from(), (int) r.to()))).toList();
    }

    @Test
    void everyRecordOfEveryTreeIsProvedAndNoOther() {
        List<byte[]> leaves = leaves(70);
        for (int size = 1; size <= leaves.size(); size++) {
            byte[] root = root(leaves.subList(0, size));
            for (int i = 0; i < size; i++) {
                List<byte[]> path = hashes(Proof.inclusion(i, size), leaves);
                assertTrue(Proof.included(leaves.get(i), i, size, path, root), i + " of " + size);
                assertFalse(Proof.included(leaves.get((i + 1) % 70), i, size, path, root));
                if (size > 1) {
                    assertFalse(Proof.included(leaves.get(i), (i + 1) % size, size, path, root), i + " of " + size);
                    assertFalse(Proof.included(leaves.get(i), i, size, path.subList(1, path.size()), root));
                }
            }
        }
    }

    @Test
    void everyTreeIsProvedTheBeginningOfEveryLaterOne() {
        List<byte[]> leaves = leaves(70);
        for (int second = 1; second <= leaves.size(); second++) {
            byte[] secondRoot = root(leaves.subList(0, second));
            for (int first = 1; first <= second; first++) {
                byte[] firstRoot = root(leaves.subList(0, first));
                List<byte[]> path = hashes(Proof.consistency(first, second), leaves);
                assertTrue(Proof.consistent(first, firstRoot, second, secondRoot, path), first + " of " + second);
                if (first < second) {
                    assertFalse(Proof.consistent(first, firstRoot, second, firstRoot, path), first + " of " + second);
                }
            }
        }
    }
}
