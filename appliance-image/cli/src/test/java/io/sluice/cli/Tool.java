package io.sluice.cli;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Other people's programs, as independent judges of what Sluice writes. */
final class Tool {
    private Tool() {}

    static boolean isInstalled(String name) {
        return List.of(System.getenv("PATH").split(":", -1)).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    /** What tshark prints; skips the test, saying so, where it is missing. */
    static List<String> tshark(Path capture, String... arguments) throws IOException, InterruptedException {
        Assumptions.assumeTrue(isInstalled("tshark"),
                "tshark is not installed; `apt install tshark` to check against it");
        List<String> command = new java.util.ArrayList<>(List.of("tshark", "-n", "-r", capture.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        List<String> lines = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8).readAllLines();
        if (process.waitFor() != 0) {
            throw new AssertionError(command + " ended with " + process.exitValue());
        }
        return lines;
    }
}
