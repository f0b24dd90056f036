package io.sluice.testdata;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The collection of captures with truth tables. It is not the project's to publish, so tests that use it are skipped,
 * saying so, where it is missing. {@code -Dsluice.captures=FOLDER} points to it.
 */
public final class Captures {
    private Captures() {}

    /** A file or folder of the collection; skips the test when the collection is not there. */
    public static Path require(String path) {
        Path folder = Path.of(System.getProperty("sluice.captures", "../shared/captures"));
        Assumptions.assumeTrue(Files.isDirectory(folder), "the capture collection is not at " + folder
                + "; give its folder with -Dsluice.captures=FOLDER");
        return folder.resolve(path);
    }

    /** Every capture file below a folder of the collection, sorted. */
    public static List<Path> all(String folder) {
        try (Stream<Path> files = Files.walk(require(folder))) {
            return files.filter(f -> f.toString().endsWith(".pcap") || f.toString().endsWith(".pcapng")).sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of the project itself, from its root. */
    public static Path project(String path) {
        return Path.of(System.getProperty("sluice.root", "..")).resolve(path);
    }
}
