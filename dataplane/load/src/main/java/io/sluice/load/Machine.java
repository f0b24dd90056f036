package io.sluice.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Where and when it was measured.
 *
 * @param load the system's load average at the beginning: above zero, somebody else was at work
 */
public record Machine(String processor, int processors, String kernel, String java, String load, Instant when) {
    static Machine here() {
        return new Machine(line("/proc/cpuinfo", "model name").orElse(System.getProperty("os.arch")),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                "Java " + Runtime.version(), first("/proc/loadavg").orElse("unknown"),
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    private static Optional<String> first(String file) {
        try {
            return Optional.of(Files.readString(Path.of(file)).split(" ", -1)[0]);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> line(String file, String beginning) {
        try {
            return Files.readAllLines(Path.of(file)).stream().filter(line -> line.startsWith(beginning)).findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
