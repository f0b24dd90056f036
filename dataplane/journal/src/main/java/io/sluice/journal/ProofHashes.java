package io.sluice.journal;

import io.sluice.journal.Proof.Range;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Finds the hashes that a {@link Proof} is made of by reading a journal once. Of records that retention deleted, the opening
 * checkpoint of the oldest segment has the roots of subtrees, and no proof about a record that is there needs more.
 */
final class ProofHashes {
    private final List<Range> ranges;
    private final List<Integer> waiting;
    private final List<Open> open = new ArrayList<>();
    private final Map<Integer, byte[]> roots = new HashMap<>();
    private final Hashes hashes = new Hashes();

    /** A range that the record to come may be part of. */
    private record Open(int number, Range range, MerkleTree tree) {}

    private ProofHashes(List<Range> ranges) {
        this.ranges = ranges;
        waiting = new ArrayList<>(IntStream.range(0, ranges.size()).boxed()
                .sorted(Comparator.comparingLong((Integer i) -> ranges.get(i).from()).reversed()).toList());
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
        begin(oldest.first());
        long from = 0;
        for (byte[] subtree : subtrees) {
            long size = Long.highestOneBit(oldest.first() - from);
            for (Open one : open) {
                if (one.range().from() <= from && from + size <= one.range().to()) {
                    one.tree().addSubtree(subtree, size);
                }
            }
            from += size;
        }
        end(oldest.first());
        return oldest.first();
    }

    private void record(long index, RecordScanner line) {
        begin(index);
        if (open.isEmpty()) {
            return;
        }
        byte[] leaf = new byte[Hashes.SIZE];
        hashes.leaf(line.buffer(), line.from(), line.length(), leaf);
        open.forEach(one -> one.tree().addLeaf(leaf));
        end(index + 1);
    }

    /** From here on the record is looked at by the ranges that it may be part of: no more than the tree has levels. */
    private void begin(long index) {
        while (!waiting.isEmpty() && ranges.get(waiting.getLast()).from() <= index) {
            int number = waiting.removeLast();
            open.add(new Open(number, ranges.get(number), new MerkleTree()));
        }
    }

    private void end(long index) {
        open.removeIf(one -> {
            boolean over = one.range().to() <= index;
            if (over && one.tree().size() == one.range().size()) {
                roots.put(one.number(), one.tree().root());
            }
            return over;
        });
    }

    private List<byte[]> roots() throws IOException {
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < ranges.size(); i++) {
            byte[] root = roots.get(i);
            if (root == null) {
                throw new IOException("of the records " + ranges.get(i).from() + " to " + (ranges.get(i).to() - 1)
                        + " some are not there");
            }
            all.add(root);
        }
        return all;
    }
}
