package io.sluice.journal;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Folders that an attacker wrote, or changed: whatever is in them, the verifier answers, the reader reads and the writer
 * goes on. Only {@link IOException} may come out of it.
 */
class JournalVerifierFuzz {
    private static final int MOST_FILES = 6;
    private static final VerifierKey KEY = VerifierKey
            .parse("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8").orElseThrow();

    /** Each file of the input: a byte for its kind and first record, two for its size, then its content. */
    @FuzzTest(maxDuration = "10s")
    void aFolderOfAnything(byte[] input) throws IOException {
        Path folder = Files.createTempDirectory("sluice-fuzz-");
        try {
            fill(folder, input);
            look(folder, KEY);
        } finally {
            delete(folder);
        }
    }

    /** A real journal, with bytes of the input laid over its files. */
    @FuzzTest(maxDuration = "10s")
    void aJournalWithChanges(byte[] input) throws IOException {
        Path folder = Files.createTempDirectory("sluice-fuzz-");
        try {
            VerifierKey key = real(folder);
            overlay(folder, input);
            look(folder, key);
            try (Journal journal = Folders.open(folder)) {
                Folders.write(journal, 2);
            } catch (IOException noKey) {
                return;
            }
            look(folder, key);
        } finally {
            delete(folder);
        }
    }

    private static VerifierKey real(Path folder) throws IOException {
        try (Journal journal = new Journal(JournalSettings.in(folder, "fuzz"), Folders.SMALL.withSegmentBytes(500),
                Clocks.SYSTEM)) {
            for (int i = 0; i < 6; i++) {
                journal.management("fuzz", Map.of("i", Integer.toString(i)));
                journal.endOfBatch();
            }
        }
        return JournalVerifier.keyIn(folder).orElseThrow();
    }

    private static void fill(Path folder, byte[] input) throws IOException {
        int at = 0;
        for (int file = 0; file < MOST_FILES && at + 3 <= input.length; file++) {
            int kind = input[at] & 3;
            int first = (input[at] & 0xFF) >> 2;
            int size = Math.min((input[at + 1] & 0xFF) << 8 | (input[at + 2] & 0xFF), input.length - at - 3);
            Segment segment = new Segment(folder, first);
            Path path = switch (kind) {
                case 0, 1 -> segment.file();
                case 2 -> segment.checkpoints();
                default -> folder.resolve("journal.pub");
            };
            Files.write(path, Arrays.copyOfRange(input, at + 3, at + 3 + size));
            at += 3 + size;
        }
    }

    /** Each change: a byte for the file, two for the place, one for what to put there. */
    private static void overlay(Path folder, byte[] input) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.sorted().toList();
        }
        for (int at = 0; at + 4 <= input.length && at < 40; at += 4) {
            Path file = files.get((input[at] & 0xFF) % files.size());
            byte[] bytes = Files.readAllBytes(file);
            int place = (input[at + 1] & 0xFF) << 8 | (input[at + 2] & 0xFF);
            if (place < bytes.length) {
                bytes[place] = input[at + 3];
                Files.write(file, bytes);
            } else {
                Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
            }
        }
    }

    private static void look(Path folder, VerifierKey key) throws IOException {
        JournalVerifier.keyIn(folder);
        try {
            String said = JournalVerifier.verify(folder, key).toString();
            if (said.getBytes(StandardCharsets.UTF_8).length == 0) {
                throw new AssertionError("nothing was said");
            }
        } catch (JournalVerifier.NoJournal none) {
            return;
        }
        try (JournalReader reader = JournalReader.open(folder, 0)) {
            int read = 0;
            while (reader.next()) {
                if (++read > 1_000_000) {
                    throw new AssertionError("the reader does not end");
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
