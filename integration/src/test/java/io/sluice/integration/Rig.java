package io.sluice.integration;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.integration.device.Plant;
import io.sluice.integration.device.Programs;
import io.sluice.testdata.net.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the tests share. */
final class Rig {
    private Rig() {}

    /** Skips the test, with the reason, where there are no network namespaces. */
    static void needed() {
        assumeTrue(Network.unavailable().isEmpty(), () -> Network.unavailable().orElseThrow());
    }

    /** A policy of this module. */
    static Path policy(String name) {
        return Programs.root().resolve("integration/src/test/resources/policies/" + name + ".yaml");
    }

    static void pause(int milliseconds) {
        LockSupport.parkNanos(milliseconds * 1_000_000L);
    }

    /** Lines of a name and a number. */
    static Map<String, Long> counts(List<String> lines) {
        return lines.stream().map(line -> line.split(" ", -1))
                .collect(Collectors.toMap(words -> words[0], words -> Long.valueOf(words[1]), (a, b) -> b,
                        TreeMap::new));
    }

    /** Removes a plant, if it was built. */
    static void close(@Nullable Plant plant) {
        if (plant != null) {
            plant.close();
        }
    }

    /** All records of a plant's journal, in their order. */
    static String journal(Plant plant) {
        try (Stream<Path> files = Files.walk(plant.folder().resolve("data/journal"))) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
