package io.sluice.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
    @TempDir(factory = InMemory.class)
    Path folder;

    private void age(List<Segment> segments, int days) throws IOException {
        for (Segment segment : segments) {
            Files.setLastModifiedTime(segment.file(), FileTime.from(Instant.now().minus(Duration.ofDays(days))));
        }
    }

    private List<Segment> writeAndAge(int days) throws IOException {
        try (Journal journal = Folders.open(folder)) {
            Folders.write(journal, 150);
        }
        List<Segment> segments = Folders.segments(folder);
        assertTrue(segments.size() >= 4);
        age(segments.subList(0, 2), days);
        return segments;
    }

    @Test
    void oldSegmentsGoWholeAndTheRestStaysProvable() throws Exception {
        List<Segment> before = writeAndAge(91);
        try (Journal journal = Folders.open(folder)) {
            journal.endOfBatch();
            Folders.write(journal, 20);
        }
        assertEquals(before.get(2), Folders.segments(folder).getFirst());
        Verification after = Folders.verify(folder);
        assertTrue(after.sound(), () -> after.broken().toString());
        assertEquals(before.get(2).first(), after.first());
        Map<?, ?> said = Lines.of(folder).stream().map(Lines::parse).map(r -> Lines.object(r, "management"))
                .filter(m -> Lines.text(m, "type").equals("journal.retention")).findFirst().orElseThrow();
        assertEquals((int) before.get(2).first(), said.get("records_before"));
        assertEquals(0, said.get("records_from"));
    }

    @Test
    void whatIsYoungEnoughStays() throws Exception {
        List<Segment> before = writeAndAge(89);
        try (Journal journal = Folders.open(folder)) {
            journal.endOfBatch();
        }
        assertEquals(before.getFirst(), Folders.segments(folder).getFirst());
    }

    @Test
    void theNewestSegmentStaysHoweverOld() throws Exception {
        writeAndAge(91);
        age(Folders.segments(folder), 400);
        Retention retention = new Retention(JournalSettings.KEEP, 40);
        List<Segment> all = Folders.segments(folder);
        assertEquals(all.subList(0, all.size() - 1), retention.surplus(all, Instant.now()));
        assertEquals(List.of(), retention.surplus(all.subList(0, 1), Instant.now()));
    }

    // A proof needs nothing of the deleted records but what the opening checkpoint has.
    @Test
    void proofsSurviveDeletion() throws Exception {
        writeAndAge(91);
        try (Journal journal = Folders.open(folder)) {
            journal.endOfBatch();
            Folders.write(journal, 20);
        }
        long oldest = Folders.segments(folder).getFirst().first();
        assertTrue(oldest > 4);
        List<Checkpoint> checkpoints = Folders.segments(folder).stream().flatMap(s -> {
            try {
                return s.notes().stream();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }).map(n -> n.checkpoint().orElseThrow()).toList();
        Checkpoint last = checkpoints.getLast();
        Hashes hashes = new Hashes();
        try (JournalReader reader = JournalReader.open(folder, oldest)) {
            while (reader.next()) {
                byte[] leaf = new byte[Hashes.SIZE];
                hashes.leaf(reader.bytes(), reader.from(), reader.length(), leaf);
                List<byte[]> path = ProofHashes.of(folder, Proof.inclusion(reader.index(), last.size()));
                assertTrue(Proof.included(leaf, reader.index(), last.size(), path, last.root()));
            }
        }
        for (Checkpoint first : checkpoints) {
            List<byte[]> path = ProofHashes.of(folder, Proof.consistency(first.size(), last.size()));
            assertTrue(Proof.consistent(first.size(), first.root(), last.size(), last.root(), path));
        }
        assertThrows(IOException.class, () -> ProofHashes.of(folder, Proof.inclusion(0, last.size())));
        assertArrayEquals(last.root(), ProofHashes.of(folder, List.of(new Proof.Range(0, last.size()))).getFirst());
    }
}
