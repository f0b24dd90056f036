package io.sluice.journal;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A journal that an attacker changed: the verifier answers, the reader reads and the writer goes on. Only
 * {@link IOException} may come out of it.
 */
class JournalChangesFuzz {
    /** A real journal, with bytes of the input laid over its files. */
    @FuzzTest(maxDuration = "10s")
    void aJournalWithChanges(byte[] input) throws IOException {
        Path folder = Files.createTempDirectory("sluice-fuzz-");
        try {
            VerifierKey key = real(folder);
            overlay(folder, input);
            JournalVerifierFuzz.look(folder, key);
            try (Journal journal = Folders.open(folder)) {
                Folders.write(journal, 2);
            } catch (IOException noKey) {
                return;
            }
            JournalVerifierFuzz.look(folder, key);
        } finally {
            JournalVerifierFuzz.delete(folder);
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
}
