package io.sluice.journal;

import io.sluice.journal.Verification.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads a journal from its oldest record to its newest, builds the hash tree anew and compares it with every checkpoint.
 * Nothing that a folder contains makes it fail: what is wrong is a {@link Finding}, and the first one ends the reading. An
 * {@link IOException} means that something cannot be read at all.
 */
public final class JournalVerifier {
    /** Why nothing can be said of a folder. */
    public static final class NoJournal extends IOException {
        private static final long serialVersionUID = 1;

        NoJournal(String sentence) {
            super(sentence);
        }
    }

    /** Hears how far a verification is, on the thread that verifies, and may end it. */
    public interface Progress {
        /** False ends it. */
        boolean at(long bytes, long of);
    }

    private static final int LONGEST_KEY_FILE = 4096;
    /** Retention may delete a segment while it is looked for, but not faster than once in a minute. */
    private static final int MOST_TRIES = 3;
    private static final int RECORDS_A_LOOK = 1024;

    private final Path folder;
    private final VerifierKey key;
    private final Progress progress;
    private final RecordCheck check = new RecordCheck();
    private long bytesBefore;
    private long bytesInAll;
    private boolean ended;
    private long retainedFrom;
    private long records;
    private long signed;
    private int segments;
    private boolean unfinished;
    private String from = "";
    private String until = "";
    private Optional<Finding> broken = Optional.empty();

    private JournalVerifier(Path folder, VerifierKey key, Progress progress) {
        this.folder = folder;
        this.key = key;
        this.progress = progress;
    }

    /** The key that lies in a journal's folder; empty where there is none that can be read. */
    public static Optional<VerifierKey> keyIn(Path folder) throws IOException {
        Path file = folder.resolve(SigningKey.PUBLIC_FILE);
        return Files.isRegularFile(file) && Files.size(file) <= LONGEST_KEY_FILE
                ? VerifierKey.parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    /** Verifies the journal in a folder. Where the key comes from the same folder, only a copy of it tells that it is the right one. */
    public static Verification verify(Path folder, VerifierKey key) throws IOException {
        return verify(folder, key, (_, _) -> true).orElseThrow();
    }

    /** The same, for people who wait for it; empty where they ended it. */
    public static Optional<Verification> verify(Path folder, VerifierKey key, Progress progress) throws IOException {
        for (int tries = 1;; tries++) {
            try {
                return new JournalVerifier(folder, key, progress).run();
            } catch (NoSuchFileException deletedMeanwhile) {
                if (tries == MOST_TRIES) {
                    throw deletedMeanwhile;
                }
            }
        }
    }

    private Optional<Verification> run() throws IOException {
        List<Segment> all = Segment.in(folder);
        if (all.isEmpty() && Segment.checkpointsIn(folder).isEmpty()) {
            throw new NoJournal("there is no journal in `" + folder + "`");
        }
        long first = all.isEmpty() ? 0 : all.getFirst().first();
        SignedCheckpoints checkpoints = SignedCheckpoints.in(folder, key, first);
        broken = checkpoints.broken();
        if (broken.isEmpty()) {
            for (Segment segment : all) {
                bytesInAll += segment.bytes();
            }
            read(all, checkpoints, first);
        }
        return ended
                ? Optional.empty()
                : Optional.of(new Verification(key, first, records, segments, signed, checkpoints.count(), from, until,
                        unfinished, broken));
    }

    private void read(List<Segment> all, SignedCheckpoints checkpoints, long first) throws IOException {
        Optional<MerkleTree> before = first == 0
                ? Optional.of(new MerkleTree())
                : checkpoints.of(first).flatMap(Checkpoint::tree);
        if (before.isEmpty()) {
            found(all.getFirst().checkpoints(), 0, "no checkpoint tells what came before record " + first);
            return;
        }
        MerkleTree tree = before.get();
        signed = first;
        for (Segment segment : all) {
            if (segment.first() != tree.size()) {
                found(segment.file(), 1, segment.first() > tree.size()
                        ? "the records " + tree.size() + " to " + (segment.first() - 1) + " before it are missing"
                        : "it begins with record " + segment.first() + ", which was there already");
                return;
            }
            segments++;
            segment(segment, tree, checkpoints, segment.equals(all.getLast()));
            if (broken.isPresent() || ended) {
                return;
            }
        }
        end(all, tree, checkpoints, first);
    }

    private void segment(Segment segment, MerkleTree tree, SignedCheckpoints checkpoints, boolean newest)
            throws IOException {
        try (RecordScanner lines = segment.scan()) {
            while (lines.next()) {
                long line = tree.size() - segment.first() + 1;
                if (!check.isRecord(lines)) {
                    found(segment.file(), line, "this is no record: a record is one JSON object");
                    return;
                }
                note();
                tree.add(lines.buffer(), lines.from(), lines.length());
                compare(segment, tree, checkpoints);
                ended = records % RECORDS_A_LOOK == 0 && !look(bytesBefore + lines.end());
                if (broken.isPresent() || ended) {
                    return;
                }
            }
            bytesBefore += segment.bytes();
            unfinished = lines.unfinished() > 0;
            if (unfinished && !newest) {
                found(segment.file(), tree.size() - segment.first() + 1, "the last record of a segment is not whole");
            }
        }
    }

    /** A journal grows while it is read. */
    private boolean look(long bytes) {
        bytesInAll = Math.max(bytesInAll, bytes);
        return progress.at(bytes, bytesInAll);
    }

    private void note() {
        from = records++ == 0 ? check.timestamp() : from;
        until = check.timestamp();
        retainedFrom = Math.max(retainedFrom, check.retainedFrom());
    }

    private void compare(Segment segment, MerkleTree tree, SignedCheckpoints checkpoints) {
        Optional<Checkpoint> checkpoint = checkpoints.of(tree.size());
        if (checkpoint.isEmpty()) {
            return;
        }
        if (Arrays.equals(checkpoint.get().root(), tree.root())) {
            signed = tree.size();
            return;
        }
        long firstLine = Math.max(signed - segment.first(), 0) + 1;
        long lastLine = tree.size() - segment.first();
        found(segment.file(), firstLine, (firstLine == lastLine
                ? "this record is"
                : "this record or one of the next, up to line " + lastLine + ", is")
                + " not what was signed: the checkpoint of " + tree.size() + " records has another root");
    }

    /** What can only be told at the end. */
    private void end(List<Segment> all, MerkleTree tree, SignedCheckpoints checkpoints, long first) {
        long covered = checkpoints.last().map(Checkpoint::size).orElse(0L);
        if (all.isEmpty() && covered == 0) {
            found(folder, 0, "there are checkpoints, and no records");
        } else if (covered > tree.size()) {
            Path file = all.isEmpty() ? checkpoints.lastFile().orElse(folder) : all.getLast().file();
            found(file, all.isEmpty() ? 0 : tree.size() - all.getLast().first() + 1,
                    (covered - tree.size()) + " records are missing from here on: a checkpoint covers " + covered);
        } else if (first > retainedFrom) {
            found(all.getFirst().file(), 1, "the records before " + first
                    + " are missing, and no record says that retention deleted them");
        } else if (checkpoints.count() == 0) {
            found(all.getFirst().checkpoints(), 0, "nothing is signed");
        }
    }

    private void found(Path file, long line, String sentence) {
        broken = Optional.of(new Finding(file, line, sentence));
    }
}
