package io.sluice.journal;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;

/** Folders that an attacker wrote: whatever is in them, the verifier answers and the reader reads, or {@link IOException} comes. */
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

    static void look(Path folder, VerifierKey key) throws IOException {
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

    static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
