package io.sluice.rules.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.testdata.Captures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The example policies below {@code src/test/resources/policies}, each with the problems it is expected to have. */
final class Policies {
    private static final Path FOLDER = Captures.project("rules/src/test/resources/policies");

    private Policies() {}

    /** All policies of a folder, sorted. */
    static List<Path> of(String folder) {
        try (Stream<Path> files = Files.walk(FOLDER.resolve(folder))) {
            return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a name stands for; there must be something. */
    static <T> T named(Map<String, T> all, String name) {
        return Optional.ofNullable(all.get(name)).orElseThrow(() -> new AssertionError("no " + name));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PolicyReader.Result read(Path file) {
        return PolicyReader.read(String.valueOf(file.getFileName()), text(file));
    }

    static String problems(PolicyReader.Result result) {
        return result.problems().stream().map(p -> p + "\n").collect(Collectors.joining());
    }

    /**
     * Compares problems with the file {@code NAME.expected} beside the policy (no file: none are expected).
     * {@code -Dgolden.update=true} writes that file instead; review its difference before you commit it.
     */
    static void compare(Path policy, String problems) {
        Path golden = policy.resolveSibling(policy.getFileName().toString().replace(".yaml", ".expected"));
        try {
            if (Boolean.getBoolean("golden.update")) {
                if (problems.isEmpty()) {
                    Files.deleteIfExists(golden);
                } else {
                    Files.writeString(golden, problems);
                }
            }
            assertEquals(Files.exists(golden) ? Files.readString(golden) : "", problems, golden.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
