package io.sluice.journal;

import io.sluice.journal.Verification.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** All checkpoints of a folder that the key signed, by the number of records that they cover. */
final class SignedCheckpoints {
    private record Kept(Checkpoint checkpoint, Path file) {}

    private final VerifierKey key;
    private final NavigableMap<Long, Kept> bySize = new TreeMap<>();
    private Optional<Finding> broken = Optional.empty();
    private int count;

    private SignedCheckpoints(VerifierKey key) {
        this.key = key;
    }

    /** Those of segments from record {@code first} on: earlier ones are of segments that are gone. */
    static SignedCheckpoints in(Path folder, VerifierKey key, long first) throws IOException {
        SignedCheckpoints all = new SignedCheckpoints(key);
        List<Segment> files = Segment.checkpointsIn(folder).stream().filter(s -> s.first() >= first).toList();
        for (Segment segment : files) {
            List<SignedNote> notes = segment.notes();
            boolean beingWritten = segment.equals(files.getLast()) && !notes.isEmpty()
                    && notes.getLast().signatures().isEmpty();
            notes.subList(0, notes.size() - (beingWritten ? 1 : 0)).forEach(note -> all.add(segment, note));
        }
        return all;
    }

    private void add(Segment segment, SignedNote note) {
        Optional<Checkpoint> checkpoint = note.checkpoint();
        String which = checkpoint.map(c -> "the checkpoint of " + c.size() + " records").orElse("a checkpoint");
        if (checkpoint.isEmpty() || !note.signedBy(key)) {
            found(segment,
                    which + (checkpoint.isEmpty() ? " cannot be read" : " is not signed by the key `" + key + "`"));
            return;
        }
        count++;
        Kept other = bySize.get(checkpoint.get().size());
        if (other != null && !Arrays.equals(other.checkpoint.root(), checkpoint.get().root())) {
            found(segment, which + " contradicts one in `" + other.file.getFileName() + "`: two histories were signed");
        }
        boolean opens = checkpoint.get().size() == segment.first() && !checkpoint.get().subtrees().isEmpty();
        if (other == null || opens) { // an opening one tells more
            bySize.put(checkpoint.get().size(), new Kept(checkpoint.get(), segment.checkpoints()));
        }
    }

    private void found(Segment segment, String sentence) {
        if (broken.isEmpty()) {
            broken = Optional.of(new Finding(segment.checkpoints(), 0, sentence));
        }
    }

    Optional<Finding> broken() {
        return broken;
    }

    int count() {
        return count;
    }

    Optional<Checkpoint> of(long size) {
        return Optional.ofNullable(bySize.get(size)).map(Kept::checkpoint);
    }

    /** The one that covers most. */
    Optional<Checkpoint> last() {
        return Optional.ofNullable(bySize.lastEntry()).map(Map.Entry::getValue).map(Kept::checkpoint);
    }

    /** Where that one is. */
    Optional<Path> lastFile() {
        return Optional.ofNullable(bySize.lastEntry()).map(Map.Entry::getValue).map(Kept::file);
    }
}
