package io.sluice.journal;

import io.sluice.journal.Proof.Range;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the hashes that a {@link Proof} is made of by reading a journal once. Of records that retention deleted, the opening
 * checkpoint of the oldest segment has the roots of subtrees, and no proof about a record that is there needs more.
 */
final class ProofHashes {
    private final List<Range> ranges;
    private final List<MerkleTree> trees;

    private ProofHashes(List<Range> ranges) {
        this.ranges = ranges;
        trees = ranges.stream().map(_ -> new MerkleTree()).toList();
    }

    /** The root of each range, in order. The journal must be sound; an exception says which records are not there. */
    static List<byte[]> of(Path folder, List<Range> ranges) throws IOException {
        ProofHashes hashes = new ProofHashes(ranges);
        List<Segment> segments = Segment.in(folder);
        if (segments.isEmpty()) {
            throw new IOException("there is no journal in `" + folder + "`");
        }
        long next = hashes.before(segments.getFirst());
        for (Segment segment : segments) {
            try (RecordScanner lines = segment.scan()) {
                while (lines.next()) {
                    hashes.record(next++, lines);
                }
            }
        }
        return hashes.roots();
    }

    /** Pours the subtrees before the oldest segment into the ranges that they are part of. */
    private long before(Segment oldest) throws IOException {
        List<byte[]> subtrees = oldest.notes().stream().flatMap(n -> n.checkpoint().stream())
                .filter(c -> c.size() == oldest.first() && c.tree().isPresent()).findFirst()
                .map(Checkpoint::subtrees).orElse(List.of());
        long from = 0;
        for (byte[] subtree : subtrees) {
            long size = Long.highestOneBit(oldest.first() - from);
            for (int i = 0; i < ranges.size(); i++) {
                if (ranges.get(i).from() <= from && from + size <= ranges.get(i).to()) {
                    trees.get(i).addSubtree(subtree, size);
                }
            }
            from += size;
        }
        return oldest.first();
    }

    private void record(long index, RecordScanner line) {
        for (int i = 0; i < ranges.size(); i++) {
            if (ranges.get(i).from() <= index && index < ranges.get(i).to()) {
                trees.get(i).add(line.buffer(), line.from(), line.length());
            }
        }
    }

    private List<byte[]> roots() throws IOException {
        List<byte[]> roots = new ArrayList<>();
        for (int i = 0; i < ranges.size(); i++) {
            if (trees.get(i).size() != ranges.get(i).size()) {
                throw new IOException("of the records " + ranges.get(i).from() + " to " + (ranges.get(i).to() - 1)
                        + " some are not there");
            }
            roots.add(trees.get(i).root());
        }
        return roots;
    }
}
