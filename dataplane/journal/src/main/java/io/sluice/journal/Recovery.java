package io.sluice.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds where a journal ends when it is opened. Only the newest segment is read: its opening checkpoint has the tree of
 * all before it. What a crash left half written behind the last whole record is cut off; a record that a checkpoint covers
 * is never cut, since then it is not a crash that is to be seen.
 */
final class Recovery {
    /**
     * Where to go on.
     *
     * @param segment the newest
     * @param tree of all records up to its end
     * @param signed the size that the newest checkpoint covers
     * @param end bytes of the segment
     * @param cut bytes that were cut off
     * @param damage what does not fit, in sentences; empty in all but bad cases
     */
    record Found(Segment segment, MerkleTree tree, long signed, long end, long cut, List<String> damage) {}

    private final VerifierKey key;
    private final List<String> damage = new ArrayList<>();
    private final RecordCheck check = new RecordCheck();
    private long end;
    private long cut;

    Recovery(VerifierKey key) {
        this.key = key;
    }

    /** Empty where the folder holds no journal yet, or none that anything could be added to: then it was set aside. */
    Optional<Found> of(Path folder) throws IOException {
        List<Segment> segments = Segment.in(folder);
        if (segments.isEmpty()) {
            return Optional.empty();
        }
        for (int i = segments.size() - 1; i >= 0; i--) {
            Optional<MerkleTree> tree = opening(segments.get(i));
            if (tree.isPresent()) {
                return Optional.of(read(segments.subList(i, segments.size()), tree.get()));
            }
        }
        return Optional.empty();
    }

    List<String> damage() {
        return damage;
    }

    /** The tree before a segment, as its opening checkpoint has it. */
    private Optional<MerkleTree> opening(Segment segment) throws IOException {
        for (SignedNote note : segment.notes()) {
            Optional<Checkpoint> checkpoint = note.checkpoint().filter(c -> c.size() == segment.first());
            Optional<MerkleTree> tree = checkpoint.flatMap(Checkpoint::tree);
            if (tree.isPresent() && note.signedBy(key)) {
                return tree;
            }
        }
        if (segment.first() == 0) {
            return Optional.of(new MerkleTree());
        }
        damage.add("`" + segment.checkpoints() + "` does not tell what came before its segment");
        return Optional.empty();
    }

    private Found read(List<Segment> segments, MerkleTree tree) throws IOException {
        Segment newest = segments.getLast();
        long signed = 0;
        for (Segment segment : segments) {
            if (tree.size() != segment.first()) {
                damage.add("`" + segment.file() + "` begins with record " + segment.first() + ", but " + tree.size()
                        + " come before it");
            }
            signed = read(segment, tree, segment.equals(newest));
        }
        for (Segment stray : Segment.checkpointsIn(newest.folder())) {
            if (stray.first() > tree.size()) {
                damage.add("`" + stray.file() + "` is missing, and what else came after record " + (tree.size() - 1));
            }
        }
        return new Found(newest, tree, signed, end, cut, List.copyOf(damage));
    }

    /** Adds a segment to the tree; returns the size that its newest checkpoint covers. */
    private long read(Segment segment, MerkleTree tree, boolean newest) throws IOException {
        Map<Long, byte[]> roots = new HashMap<>();
        long signed = segment.first();
        for (SignedNote note : segment.notes()) {
            Optional<Checkpoint> checkpoint = note.checkpoint();
            if (checkpoint.isPresent() && note.signedBy(key)) {
                roots.put(checkpoint.get().size(), checkpoint.get().root());
                signed = Math.max(signed, checkpoint.get().size());
            }
        }
        try (RecordScanner records = segment.scan()) {
            long whole = 0;
            boolean torn = false;
            while (!torn && records.next()) {
                torn = newest && tree.size() >= signed && !check.isRecord(records);
                if (!torn) {
                    tree.add(records.buffer(), records.from(), records.length());
                    whole = records.end();
                    compare(segment, tree, roots);
                }
            }
            if (tree.size() < signed) {
                damage.add(
                        "`" + segment.file() + "` ends after record " + (tree.size() - 1) + ", but a checkpoint covers "
                                + signed + " records");
            }
            end = whole;
        }
        if (newest) {
            cut = cut(segment.file(), end);
            cut(segment.checkpoints(), SignedNote.end(segment.notesText()));
        }
        return signed;
    }

    private void compare(Segment segment, MerkleTree tree, Map<Long, byte[]> roots) {
        byte[] root = roots.get(tree.size());
        if (root != null && !Arrays.equals(root, tree.root())) {
            damage.add("`" + segment.file() + "` is not what the checkpoint of " + tree.size() + " records covers");
        }
    }

    private static long cut(Path file, long end) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        long behind = Files.size(file) - end;
        if (behind > 0) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(end);
                channel.force(true);
            }
        }
        return behind;
    }
}
