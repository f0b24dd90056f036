package io.sluice.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RecoveryTest {
    @TempDir(factory = InMemory.class)
    Path temporary;

    /** A journal as a crash leaves it: its last records are written, and no checkpoint covers them. */
    private Path crashed(int records) throws IOException {
        Path folder = temporary.resolve("crashed");
        JournalLimits unsigned = JournalLimits.DEFAULT.withSegmentBytes(1 << 12).withCheckpointRecords(1_000_000);
        Journal journal = Folders.open(folder, unsigned);
        Folders.write(journal, records);
        Path copy = Folders.copy(folder, temporary.resolve("copy"));
        journal.close();
        return copy;
    }

    // Power fails while the last two records are being written: whatever got to the disk, the journal goes on behind the
    // last whole record. Hundreds of journals are opened, each with its signatures.
    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void aTailTornAtAnyByteIsCutBackToTheLastWholeRecord() throws Exception {
        Path crashed = crashed(5);
        Path newest = Folders.segments(crashed).getLast().file();
        List<String> before = Lines.of(crashed);
        byte[] all = Files.readAllBytes(newest);
        int from = all.length - before.getLast().length() - before.get(before.size() - 2).length() - 2;
        for (int length = from; length <= all.length; length++) {
            Path folder = Folders.copy(crashed, temporary.resolve("cut-" + length));
            Files.write(folder.resolve(newest.getFileName()), Arrays.copyOf(all, length));
            goOn(folder);
            List<String> after = Lines.of(folder);
            long feeds = new String(all, 0, length, StandardCharsets.UTF_8).chars().filter(c -> c == '\n').count();
            assertEquals(before.subList(0, (int) feeds), after.subList(0, (int) feeds));
            assertEquals("journal.opened", management(after.get((int) feeds)).get("type"));
            int torn = length - new String(all, 0, length, StandardCharsets.UTF_8).lastIndexOf('\n') - 1;
            assertEquals(torn == 0 ? null : torn, management(after.get((int) feeds)).get("cut_bytes"));
        }
    }

    private static Map<?, ?> management(String line) {
        return Lines.object(Lines.parse(line), "management");
    }

    private static void goOn(Path folder) throws IOException {
        try (Journal journal = Folders.open(folder, JournalLimits.DEFAULT)) {
            assertNull(journal.state().alarm());
            Folders.write(journal, 3);
        }
        Verification after = Folders.verify(folder);
        assertTrue(after.sound(), () -> after.broken().toString());
        assertEquals(after.records(), after.signed());
    }

    // Some filesystems lengthen a file before its bytes arrive.
    @Test
    void zerosInPlaceOfARecordAreCut() throws Exception {
        Path folder = crashed(5);
        Path newest = Folders.segments(folder).getLast().file();
        byte[] all = Files.readAllBytes(newest);
        byte[] zeros = Arrays.copyOf(all, all.length + 100);
        zeros[all.length + 60] = '\n';
        Files.write(newest, zeros);
        goOn(folder);
    }

    @Test
    void aHalfWrittenCheckpointIsCut() throws Exception {
        Path crashed = crashed(5);
        Path notes = Folders.segments(crashed).getLast().checkpoints();
        String whole = Files.readString(notes);
        String more = whole + whole.substring(0, whole.length() - 1);
        for (int length = whole.length(); length < more.length(); length += 7) {
            Path folder = Folders.copy(crashed, temporary.resolve("note-" + length));
            Files.writeString(folder.resolve(notes.getFileName()), more.substring(0, length));
            goOn(folder);
        }
    }

    // A crash between the two files of a rotation.
    @Test
    void checkpointsWithoutASegmentDoNoHarm() throws Exception {
        Path folder = crashed(120);
        List<Segment> segments = Folders.segments(folder);
        assertTrue(segments.size() > 2);
        Path newest = segments.getLast().file();
        Files.delete(newest);
        goOn(folder);
    }

    // What a checkpoint covers was on the disk: that it is gone is no crash, and must stay visible.
    @Test
    void aSignedRecordThatIsGoneIsAnAlarmAndStaysBroken() throws Exception {
        Path folder = temporary.resolve("signed");
        try (Journal journal = Folders.open(folder)) {
            Folders.write(journal, 5);
        }
        Path newest = Folders.segments(folder).getLast().file();
        byte[] all = Files.readAllBytes(newest);
        Files.write(newest, Arrays.copyOf(all, all.length - 10));
        try (Journal journal = Folders.open(folder)) {
            assertNotNull(journal.state().alarm());
            assertTrue(journal.state().alarm().contains("a checkpoint covers"), journal.state().alarm());
            Folders.write(journal, 30);
        }
        assertTrue(Folders.verify(folder).broken().isPresent());
    }

    @Test
    void whatNothingCanBeAddedToIsSetAside() throws Exception {
        Path folder = temporary.resolve("odd");
        try (Journal journal = Folders.open(folder)) {
            Folders.write(journal, 60);
        }
        for (Segment segment : Folders.segments(folder)) {
            Files.delete(segment.checkpoints());
            if (segment.first() == 0) {
                Files.delete(segment.file());
            }
        }
        try (Journal journal = Folders.open(folder)) {
            assertNotNull(journal.state().alarm());
        }
        assertTrue(Folders.verify(folder).sound());
        try (var files = Files.list(folder)) {
            assertEquals(1, files.filter(f -> f.getFileName().toString().startsWith("damaged-")).count());
        }
    }

    @Test
    void aRestartReadsTheNewestSegmentOnly() throws Exception {
        Path folder = temporary.resolve("restart");
        try (Journal journal = Folders.open(folder)) {
            Folders.write(journal, 200);
        }
        List<Segment> segments = Folders.segments(folder);
        Path first = segments.getFirst().file();
        byte[] bytes = Files.readAllBytes(first);
        Files.delete(first);
        try (Journal journal = Folders.open(folder)) {
            assertNull(journal.state().alarm());
            Folders.write(journal, 3);
        }
        Files.write(first, bytes);
        assertTrue(Folders.verify(folder).sound());
    }
}
