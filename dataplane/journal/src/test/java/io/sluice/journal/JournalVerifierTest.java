package io.sluice.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.journal.Verification.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalVerifierTest {
    @TempDir(factory = InMemory.class)
    Path folder;

    private List<Segment> segments = List.of();

    @BeforeEach
    void writeSomeSegments() throws IOException {
        try (Journal journal = Folders.open(folder)) {
            Folders.write(journal, 150);
        }
        segments = Folders.segments(folder);
        assertTrue(segments.size() >= 4, segments::toString);
    }

    private Finding broken() throws IOException {
        return Folders.verify(folder).broken().orElseThrow(() -> new AssertionError("it was found sound"));
    }

    private static List<String> lines(Path file) throws IOException {
        return new ArrayList<>(Files.readAllLines(file));
    }

    private static void write(Path file, List<String> lines) throws IOException {
        Files.writeString(file, String.join("\n", lines) + "\n");
    }

    @Test
    void whoWaitsIsToldHowFarItIsAndMayEndIt() throws Exception {
        try (Journal journal = Folders.open(folder, JournalLimits.DEFAULT.withSegmentBytes(1 << 16))) {
            Folders.write(journal, 5_000);
        }
        VerifierKey key = JournalVerifier.keyIn(folder).orElseThrow();
        List<Long> seen = new ArrayList<>();
        Optional<Verification> whole = JournalVerifier.verify(folder, key, (bytes, of) -> {
            assertTrue(bytes <= of, bytes + " of " + of);
            return seen.add(bytes);
        });
        assertTrue(whole.orElseThrow().sound());
        assertTrue(seen.size() >= 4, seen::toString);
        assertEquals(seen.stream().sorted().toList(), seen);
        assertTrue(seen.getLast() > 5_000L * 50, seen::toString);
        assertEquals(Optional.empty(), JournalVerifier.verify(folder, key, (bytes, of) -> bytes < of / 2));
    }

    @Test
    void whatWasWrittenIsSound() throws Exception {
        Verification all = Folders.verify(folder);
        assertTrue(all.sound(), () -> all.broken().toString());
        assertEquals(152, all.records()); // with "opened" and "closed"
        assertEquals(152, all.signed());
        assertEquals(segments.size(), all.segments());
        assertTrue(all.checkpoints() > 20);
    }

    @Test
    void oneChangedByteAnywhereIsFoundWithItsSegmentAndLine() throws Exception {
        Path file = segments.get(1).file();
        byte[] all = Files.readAllBytes(file);
        for (int i = 0; i < all.length; i += 97) {
            byte[] changed = all.clone();
            changed[i] = (byte) (changed[i] ^ (changed[i] == '\n' ? 4 : 1));
            Files.write(file, changed);
            Finding finding = broken();
            assertEquals(file, finding.file());
            long line = new String(all, 0, i, StandardCharsets.UTF_8).chars().filter(c -> c == '\n').count() + 1;
            assertTrue(finding.line() <= line && line < finding.line() + 7, finding + " but it was line " + line);
        }
    }

    @Test
    void aRemovedLineIsFound() throws Exception {
        Path file = segments.get(1).file();
        List<String> lines = lines(file);
        lines.remove(3);
        write(file, lines);
        assertEquals(file, broken().file());
    }

    @Test
    void swappedLinesAreFound() throws Exception {
        Path file = segments.get(1).file();
        List<String> lines = lines(file);
        Collections.swap(lines, 4, 5);
        write(file, lines);
        assertEquals(file, broken().file());
    }

    @Test
    void anInsertedLineIsFound() throws Exception {
        Path file = segments.get(1).file();
        List<String> lines = lines(file);
        lines.add(2, "{}");
        write(file, lines);
        assertEquals(file, broken().file());
    }

    @Test
    void aTailThatACheckpointCoversCannotBeCut() throws Exception {
        Path file = segments.getLast().file();
        List<String> lines = lines(file);
        lines.removeLast();
        write(file, lines);
        assertTrue(broken().sentence().contains("1 records are missing"), broken().sentence());
    }

    @Test
    void aSegmentThatIsMissingInTheMiddleIsFound() throws Exception {
        Files.delete(segments.get(2).file());
        Files.delete(segments.get(2).checkpoints());
        assertTrue(broken().sentence().contains("before it are missing"), broken().sentence());
    }

    @Test
    void theNewestSegmentCannotBeRemoved() throws Exception {
        Files.delete(segments.getLast().file());
        assertTrue(broken().sentence().contains("missing from here on"), broken().sentence());
    }

    // The oldest segments may go, but only by retention, which says so in the journal.
    @Test
    void theOldestSegmentsCannotBeRemovedByHand() throws Exception {
        Files.delete(segments.get(0).file());
        Files.delete(segments.get(0).checkpoints());
        assertTrue(broken().sentence().contains("no record says that retention deleted them"), broken().sentence());
    }

    @Test
    void anotherKeyIsNoticed() throws Exception {
        VerifierKey known = JournalVerifier.keyIn(folder).orElseThrow();
        Files.delete(folder.resolve("journal.key"));
        Files.delete(folder.resolve("journal.pub"));
        try (Journal journal = Folders.open(folder)) {
            Folders.write(journal, 3);
        }
        assertTrue(broken().sentence().contains("is not signed by the key"), broken().sentence());
        assertTrue(JournalVerifier.verify(folder, known).broken().isPresent());
    }

    // Whoever has the folder can write a history of his own with a key of his own; who kept the key sees it.
    @Test
    void aJournalThatWasWrittenAnewIsSoundOnlyForWhoTakesItsOwnKey() throws Exception {
        VerifierKey known = JournalVerifier.keyIn(folder).orElseThrow();
        Path forged = folder.resolve("forged");
        try (Journal journal = Folders.open(forged)) {
            Folders.write(journal, 150);
        }
        assertTrue(Folders.verify(forged).sound());
        assertTrue(JournalVerifier.verify(forged, known).broken().isPresent());
    }

    @Test
    void aJournalWithoutCheckpointsProvesNothing() throws Exception {
        for (Segment segment : segments) {
            Files.delete(segment.checkpoints());
            if (segment.first() > 0) {
                Files.delete(segment.file());
            }
        }
        assertTrue(broken().sentence().contains("nothing is signed"), broken().sentence());
    }

    @Test
    void whatIsBeingWrittenIsNoFault() throws Exception {
        Path folderInUse = folder.resolve("in-use");
        try (Journal journal = Folders.open(folderInUse)) {
            Folders.write(journal, 20);
            Path newest = Folders.segments(folderInUse).getLast().file();
            Verification now = Folders.verify(folderInUse);
            assertTrue(now.sound() && now.signed() < now.records(), now::toString);
            Path copy = Folders.copy(folderInUse, folder.resolve("copy"));
            Files.writeString(copy.resolve(newest.getFileName()), Files.readString(newest) + "{\"half");
            Verification half = Folders.verify(copy);
            assertTrue(half.sound() && half.unfinished(), half::toString);
        }
    }

    @Test
    void anEmptyFolderIsNoJournal() {
        assertThrows(JournalVerifier.NoJournal.class,
                () -> JournalVerifier.verify(Files.createDirectory(folder.resolve("empty")),
                        JournalVerifier.keyIn(folder).orElseThrow()));
    }
}
