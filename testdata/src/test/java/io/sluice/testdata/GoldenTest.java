package io.sluice.testdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenTest {
    @TempDir
    Path folder;

    @Test
    void aDifferenceFailsAndSaysHowToAcceptIt() throws IOException {
        Path file = Files.writeString(folder.resolve("expected.txt"), "deny s9\n");
        Golden.check(file, "deny s9\n", false);
        AssertionError error = assertThrows(AssertionError.class, () -> Golden.check(file, "allow s2\n", false));
        assertTrue(String.valueOf(error.getMessage()).contains("-Dsluice.goldens=update"));
        assertEquals("deny s9\n", Files.readString(file));
    }

    // Otherwise a golden that was never committed would pass everywhere but at its author's.
    @Test
    void aMissingFileFails() {
        assertThrows(AssertionError.class, () -> Golden.check(folder.resolve("none.txt"), "deny s9\n", false));
    }

    @Test
    void updatingWritesTheNewText() throws IOException {
        Path file = Files.writeString(folder.resolve("expected.txt"), "deny s9\n");
        Golden.check(file, "allow s2\n", true);
        assertEquals("allow s2\n", Files.readString(file));
    }
}
