package io.sluice.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalReaderTest {
    @TempDir(factory = InMemory.class)
    Path folder;

    @Test
    void itFollowsTheWriterFromSegmentToSegment() throws Exception {
        try (Journal journal = Folders.open(folder); JournalReader reader = JournalReader.open(folder, 0)) {
            long read = 0;
            for (int i = 0; i < 50; i++) {
                Folders.write(journal, 3);
                journal.checkpoint();
                while (reader.next()) {
                    assertEquals(read++, reader.index());
                    assertEquals('{', reader.bytes()[reader.from()]);
                }
                assertEquals(journal.state().records(), read);
            }
            assertTrue(Folders.segments(folder).size() > 3);
        }
    }

    @Test
    void itBeginsWhereItIsTold() throws Exception {
        try (Journal journal = Folders.open(folder)) {
            Folders.write(journal, 100);
        }
        List<String> all = Lines.of(folder);
        for (int from : new int[]{0, 1, 50, 101}) {
            try (JournalReader reader = JournalReader.open(folder, from)) {
                assertTrue(reader.next());
                assertEquals(from, reader.index());
                assertEquals(all.get(from),
                        new String(reader.bytes(), reader.from(), reader.length(), StandardCharsets.UTF_8));
            }
        }
        try (JournalReader reader = JournalReader.open(folder, 102)) {
            assertFalse(reader.next());
        }
    }

    @Test
    void whatIsDeletedBeforeItWasReadIsSkippedAndCounted() throws Exception {
        try (Journal journal = Folders.open(folder)) {
            Folders.write(journal, 150);
        }
        List<Segment> segments = Folders.segments(folder);
        try (JournalReader reader = JournalReader.open(folder, 0)) {
            assertTrue(reader.next());
            Files.delete(segments.get(0).file());
            Files.delete(segments.get(1).file());
            long read = 1;
            while (reader.next()) {
                read++;
            }
            // The segment that is being read is open, and is read to its end.
            assertEquals(segments.get(2).first() - segments.get(1).first(), reader.skipped());
            assertEquals(152, read + reader.skipped());
        }
    }

    // The writer crashed, and what it had half written is cut off and written anew.
    @Test
    void halfARecordIsNotReadBeforeItIsWhole() throws Exception {
        try (Journal journal = Folders.open(folder, JournalLimits.DEFAULT)) {
            Folders.write(journal, 2);
        }
        Path newest = Folders.segments(folder).getLast().file();
        String whole = Files.readString(newest);
        try (JournalReader reader = JournalReader.open(folder, 0)) {
            Files.writeString(newest, whole + "{\"half\":");
            for (int i = 0; i < 4; i++) {
                assertTrue(reader.next());
            }
            assertFalse(reader.next());
            Files.writeString(newest, whole + "{\"other\":1}\n");
            assertTrue(reader.next());
            assertEquals("{\"other\":1}",
                    new String(reader.bytes(), reader.from(), reader.length(), StandardCharsets.UTF_8));
        }
    }
}
