package io.sluice.journal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What the journal was at one moment: so many records, with this root of their tree. Its text is that of C2SP
 * tlog-checkpoint, a line each for origin, size and root, and it is signed as a whole. The checkpoint that opens a segment
 * also lists the roots of {@link MerkleTree#subtrees}, from which the tree goes on when earlier segments are gone.
 */
final class Checkpoint {
    private static final int HEAD_LINES = 3;

    private final String origin;
    private final long size;
    private final byte[] root;
    private final List<byte[]> subtrees;

    private Checkpoint(String origin, long size, byte[] root, List<byte[]> subtrees) {
        this.origin = origin;
        this.size = size;
        this.root = root;
        this.subtrees = subtrees;
    }

    static Checkpoint of(String origin, MerkleTree tree) {
        return new Checkpoint(origin, tree.size(), tree.root(), List.of());
    }

    static Checkpoint opening(String origin, MerkleTree tree) {
        return new Checkpoint(origin, tree.size(), tree.root(), tree.subtrees());
    }

    /** How many records it covers. */
    long size() {
        return size;
    }

    /** 32 bytes. */
    byte[] root() {
        return root.clone();
    }

    /** Roots of 32 bytes; empty but in a checkpoint that opens a segment. */
    List<byte[]> subtrees() {
        return subtrees;
    }

    /** Each line ended by a line feed. */
    String text() {
        Base64.Encoder base64 = Base64.getEncoder();
        StringBuilder text = new StringBuilder();
        text.append(origin).append('\n').append(size).append('\n').append(base64.encodeToString(root)).append('\n');
        subtrees.forEach(subtree -> text.append(base64.encodeToString(subtree)).append('\n'));
        return text.toString();
    }

    /** Empty where the lines are no checkpoint. */
    static Optional<Checkpoint> parse(List<String> lines) {
        if (lines.size() < HEAD_LINES || !lines.get(1).matches("0|[1-9][0-9]{0,17}")) {
            return Optional.empty();
        }
        List<byte[]> hashes = new ArrayList<>();
        for (String line : lines.subList(2, lines.size())) {
            Optional<byte[]> hash = hash(line);
            if (hash.isEmpty()) {
                return Optional.empty();
            }
            hashes.add(hash.get());
        }
        return Optional.of(new Checkpoint(lines.getFirst(), Long.parseLong(lines.get(1)), hashes.getFirst(),
                List.copyOf(hashes.subList(1, hashes.size()))));
    }

    private static Optional<byte[]> hash(String line) {
        try {
            byte[] bytes = StrictBase64.decode(line);
            return bytes.length == Hashes.SIZE ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** The tree to go on from, if this opens a segment and its subtrees make its root. */
    Optional<MerkleTree> tree() {
        if (Long.bitCount(size) != subtrees.size()) {
            return Optional.empty();
        }
        MerkleTree tree = MerkleTree.of(size, subtrees);
        return Arrays.equals(tree.root(), root) ? Optional.of(tree) : Optional.empty();
    }
}
