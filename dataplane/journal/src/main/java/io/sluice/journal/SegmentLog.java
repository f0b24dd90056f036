package io.sluice.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * The records of a folder, written at their end: batches into the newest segment, each record into the hash tree once it is
 * written. After an {@link IOException} everything is as before the call, so it can simply be tried again. One thread.
 */
final class SegmentLog implements Closeable {
    private final Path folder;
    private final SigningKey key;
    private final Batch batch;
    private final List<String> damage;
    private final long cut;
    private final MerkleTree tree;
    private Segment segment;
    private AppendFile records;
    private AppendFile checkpoints;
    private long signed;

    private SegmentLog(Path folder, SigningKey key, int batchBytes, Recovery.Found found) throws IOException {
        this.folder = folder;
        this.key = key;
        batch = new Batch(batchBytes);
        damage = found.damage();
        cut = found.cut();
        tree = found.tree();
        segment = found.segment();
        signed = found.signed();
        checkpoints = AppendFile.open(segment.checkpoints());
        records = AppendFile.open(segment.file());
        if (checkpoints.end() == 0) {
            open(segment, checkpoints);
        }
    }

    /** Goes on where the folder's records end; begins with an empty tree where there are none. */
    static SegmentLog open(Path folder, SigningKey key, int batchBytes) throws IOException {
        Recovery recovery = new Recovery(key.verifier());
        Optional<Recovery.Found> found = recovery.of(folder);
        if (found.isPresent()) {
            return new SegmentLog(folder, key, batchBytes, found.get());
        }
        setAside(folder);
        Recovery.Found nothing = new Recovery.Found(new Segment(folder, 0), new MerkleTree(), 0, 0, 0,
                List.copyOf(recovery.damage()));
        return new SegmentLog(folder, key, batchBytes, nothing);
    }

    /** Files that nothing can be added to are kept, but not as part of the journal. */
    private static void setAside(Path folder) throws IOException {
        List<Segment> segments = Segment.in(folder);
        List<Segment> notes = Segment.checkpointsIn(folder);
        if (segments.isEmpty() && notes.isEmpty()) {
            return;
        }
        Path aside = Files.createTempDirectory(folder, "damaged-");
        for (Segment s : segments) {
            Files.move(s.file(), aside.resolve(s.file().getFileName()), StandardCopyOption.ATOMIC_MOVE);
        }
        for (Segment s : notes) {
            Files.move(s.checkpoints(), aside.resolve(s.checkpoints().getFileName()), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Adds a record to the batch; false if there is no room until {@link #write}. */
    boolean add(byte[] record, int from, int length) {
        return batch.add(record, from, length);
    }

    /** Writes the batch. */
    void write() throws IOException {
        if (batch.records() > 0) {
            batch.writeTo(records);
            batch.hashInto(tree);
            batch.clear();
        }
    }

    /** What was written survives a power cut from here on. */
    void force() throws IOException {
        records.force();
    }

    /** Signs what is written, if no checkpoint covers it yet. */
    void checkpoint() throws IOException {
        if (signed == tree.size()) {
            return;
        }
        records.force(); // a checkpoint must never cover what a power cut can take away
        append(checkpoints, Checkpoint.of(key.verifier().name(), tree));
        signed = tree.size();
    }

    private void append(AppendFile file, Checkpoint checkpoint) throws IOException {
        byte[] note = (key.note(checkpoint) + "\n").getBytes(StandardCharsets.UTF_8);
        file.append(note, 0, note.length);
        file.force();
    }

    private void open(Segment next, AppendFile its) throws IOException {
        append(its, Checkpoint.opening(key.verifier().name(), tree));
        forceNames(next.folder());
    }

    /** Ends the newest segment and begins another. */
    void rotate() throws IOException {
        checkpoint();
        Segment next = new Segment(folder, tree.size());
        Files.deleteIfExists(next.checkpoints()); // of a rotation that a crash ended
        AppendFile nextCheckpoints = AppendFile.open(next.checkpoints());
        AppendFile nextRecords = null;
        try {
            append(nextCheckpoints, Checkpoint.opening(key.verifier().name(), tree));
            nextRecords = AppendFile.open(next.file());
            forceNames(folder);
        } catch (IOException e) {
            nextCheckpoints.close();
            if (nextRecords != null) {
                nextRecords.close();
                Files.deleteIfExists(next.file());
            }
            Files.deleteIfExists(next.checkpoints());
            throw e;
        }
        records.close();
        checkpoints.close();
        segment = next;
        records = nextRecords;
        checkpoints = nextCheckpoints;
    }

    /** A new file survives a power cut only if its folder is forced, too. */
    private static void forceNames(Path folder) throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    /** The public key, as verifiers take it. */
    String key() {
        return key.verifier().toString();
    }

    Segment segment() {
        return segment;
    }

    /** Records written, since the journal began. */
    long size() {
        return tree.size();
    }

    /** Records that no checkpoint covers yet. */
    long unsigned() {
        return tree.size() - signed;
    }

    /** Bytes of the newest segment. */
    long segmentBytes() {
        return records.end();
    }

    int waitingBytes() {
        return batch.bytes();
    }

    int waitingRecords() {
        return batch.records();
    }

    boolean unforced() {
        return records.unforced();
    }

    /** What was found wrong when the folder was opened, in sentences. */
    List<String> damage() {
        return damage;
    }

    /** Bytes of a half-written record that were cut off when the folder was opened. */
    long cut() {
        return cut;
    }

    @Override
    public void close() throws IOException {
        try (AppendFile _ = records; AppendFile _ = checkpoints) {
            write();
            checkpoint();
        }
    }
}
