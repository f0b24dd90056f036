package io.sluice.capture.port;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Runs the system's own tools, such as {@code ip}. */
final class Shell {
    private Shell() {}

    /** Skips the test where networks cannot be made. */
    static void needsNetworks() {
        Assumptions.assumeTrue(System.getProperty("os.name").equals("Linux"),
                "network interfaces are made on Linux only");
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"),
                "network interfaces can be made by root only");
        Assumptions.assumeTrue(!attempt("ip", "-V").isEmpty(), "`ip` is missing: apt-get install iproute2");
    }

    static void needs(String tool, String... command) {
        Assumptions.assumeTrue(!attempt(command).isEmpty(),
                "`%s` is missing: apt-get install %s".formatted(tool, tool));
    }

    /** What a command prints; words are divided at blanks. */
    static String run(String command) {
        return run(command.split(" "));
    }

    static String run(String... command) {
        try {
            Process process = start(command);
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError(String.join(" ", command) + ": " + text);
            }
            return text;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static Process start(String... command) throws IOException {
        return new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
    }

    /** What a command prints, or nothing where it fails. */
    static String attempt(String... command) {
        try {
            return run(command);
        } catch (AssertionError e) {
            return "";
        }
    }
}
