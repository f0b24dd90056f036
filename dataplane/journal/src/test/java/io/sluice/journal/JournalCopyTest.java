package io.sluice.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalCopyTest {
    private static final int COPIES = 25;

    @TempDir
    Path temporary;

    private static void write(JournalCopy copy, Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (JournalCopy.Piece piece : copy.pieces()) {
            try (InputStream content = piece.content()) {
                Path file = to.resolve(piece.file().getFileName());
                Files.copy(content, file);
                assertEquals(piece.bytes(), Files.size(file));
            }
        }
        Files.copy(from.resolve("journal.pub"), to.resolve("journal.pub"));
        Files.copy(from.resolve("journal.key"), to.resolve("journal.key"));
    }

    /** Writes and has old segments deleted until it is told to stop. */
    private static void goOn(Journal journal, Path folder, AtomicBoolean stop)
            throws IOException, InterruptedException {
        while (!stop.get()) {
            Thread.sleep(5); // some thousand times what retention does, and still less than all that can be
            Folders.write(journal, 40);
            List<Segment> all = Folders.segments(folder);
            if (all.size() > 8) {
                Files.setLastModifiedTime(all.getFirst().file(),
                        FileTime.from(Instant.now().minus(Duration.ofDays(91))));
            }
        }
    }

    @Test
    void aCopyIsSoundAtWhateverMomentItIsMade() throws Exception {
        Path folder = temporary.resolve("journal");
        AtomicBoolean stop = new AtomicBoolean();
        AtomicReference<Exception> failure = new AtomicReference<>();
        long last = 0;
        boolean deleted = false;
        try (Journal journal = Folders.open(folder)) {
            Thread writer = Thread.ofPlatform().start(() -> {
                try {
                    goOn(journal, folder, stop);
                } catch (IOException | InterruptedException e) {
                    failure.set(e);
                }
            });
            try {
                for (int i = 0; i < COPIES; i++) {
                    Path to = temporary.resolve("copy-" + i);
                    try (JournalCopy copy = JournalCopy.of(folder)) {
                        Thread.sleep(10); // rotation and retention go on
                        write(copy, folder, to);
                    }
                    Verification seen = Folders.verify(to);
                    assertTrue(seen.sound(), () -> seen.broken().toString());
                    assertFalse(seen.unfinished());
                    assertTrue(seen.first() + seen.records() >= last);
                    last = seen.first() + seen.records();
                    deleted |= seen.first() > 0;
                }
            } finally {
                stop.set(true);
                writer.join();
            }
        }
        assertEquals(null, failure.get());
        assertTrue(deleted && last > 500, "nothing was going on: " + last);
        Path continued = temporary.resolve("copy-" + (COPIES - 1));
        try (Journal journal = Folders.open(continued)) {
            assertEquals(last, journal.state().records() - 1, "the new start says so in a record");
            Folders.write(journal, 30);
        }
        assertTrue(Folders.verify(continued).sound());
    }

    @Test
    void whatIsHalfWrittenIsNotCopied() throws Exception {
        Path folder = temporary.resolve("journal");
        try (Journal journal = Folders.open(folder)) {
            Folders.write(journal, 10);
        }
        byte[] whole = Files.readAllBytes(Folders.segments(folder).getLast().file());
        Files.writeString(Folders.segments(folder).getLast().file(), "{\"timestamp\":\"2026" + "x".repeat(100_000),
                StandardOpenOption.APPEND);
        Files.writeString(Folders.segments(folder).getLast().checkpoints(), "test\n12\n", StandardOpenOption.APPEND);
        Path to = temporary.resolve("copy");
        try (JournalCopy copy = JournalCopy.of(folder)) {
            write(copy, folder, to);
        }
        assertArrayEquals(whole, Files.readAllBytes(Folders.segments(to).getLast().file()));
        assertTrue(Folders.verify(to).sound());
    }

    @Test
    void aFolderWithoutAJournalGivesNothing() throws Exception {
        try (JournalCopy copy = JournalCopy.of(temporary)) {
            assertEquals(List.of(), copy.pieces());
        }
        assertTrue(JournalCopy.isPart(Path.of("journal/journal.lock")));
        assertTrue(JournalCopy.isPart(Path.of("journal-0000000000000000.checkpoints")));
        assertFalse(JournalCopy.isPart(Path.of("journal.key")) || JournalCopy.isPart(Path.of("/")));
    }
}
