package io.sluice.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Journals in folders, small ones of many segments and checkpoints. */
final class Folders {
    /** Segments of a few dozen records, a checkpoint every few. */
    static final JournalLimits SMALL = JournalLimits.DEFAULT.withSegmentBytes(1 << 12).withCheckpointRecords(7);

    private Folders() {}

    static Journal open(Path folder) throws IOException {
        return open(folder, SMALL);
    }

    static Journal open(Path folder, JournalLimits limits) throws IOException {
        return new Journal(JournalSettings.in(folder, "test"), limits, Clocks.SYSTEM);
    }

    /** Appends so many records, each a batch of its own. */
    static void write(Journal journal, int records) {
        for (int i = 0; i < records; i++) {
            journal.management("test", Map.of("number", Integer.toString(i)));
            journal.endOfBatch();
        }
    }

    static Path copy(Path folder, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return to;
    }

    static Verification verify(Path folder) throws IOException {
        return JournalVerifier.verify(folder, JournalVerifier.keyIn(folder).orElseThrow());
    }

    static List<Segment> segments(Path folder) throws IOException {
        return Segment.in(folder);
    }
}
