package io.sluice.testdata;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;

/**
 * Texts that are kept as the expected outcome. {@code -Dsluice.goldens=update} writes them anew instead of comparing; the
 * diff in version control is then the review.
 */
public final class Golden {
    private static final String UPDATE = "-Dsluice.goldens=update";

    private Golden() {}

    /** Compares a text with a file of the project, given from its root; a missing file is a difference. */
    public static void check(String path, String actual) {
        check(Captures.project(path), actual, System.getProperty("sluice.goldens", "").equals("update"));
    }

    static void check(Path file, String actual, boolean update) {
        try {
            if (update) {
                Files.writeString(file, actual);
                return;
            }
            String expected = Files.exists(file) ? Files.readString(file) : "";
            Assertions.assertEquals(expected, actual, () -> file + " differs; if the new text is right, run again with "
                    + UPDATE + " and read the diff");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
