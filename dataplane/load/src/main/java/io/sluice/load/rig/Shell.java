package io.sluice.load.rig;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the system's own commands, each within a bounded time. */
final class Shell {
    private static final int MOST_SECONDS = 10;

    private Shell() {}

    /** What a command printed, and how it ended. */
    private record Result(int code, List<String> lines) {}

    /** Runs a command that must succeed; returns what it printed. */
    static List<String> demand(List<String> words) throws RigException {
        Result result = run(words);
        if (result.code != 0) {
            throw new RigException("`%s` failed: %s".formatted(String.join(" ", words),
                    String.join("; ", result.lines)));
        }
        return result.lines;
    }

    /** Runs a command whatever comes of it; returns what it printed. */
    static List<String> attempt(List<String> words) {
        try {
            return run(words).lines;
        } catch (RigException e) {
            return List.of();
        }
    }

    private static Result run(List<String> words) throws RigException {
        try {
            Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
            process.getOutputStream().close();
            Thread ending = Thread.ofVirtual().start(() -> endLate(process));
            List<String> lines = new ArrayList<>();
            try (BufferedReader reader = process.inputReader()) {
                reader.lines().forEach(lines::add);
            }
            int code = process.waitFor();
            ending.interrupt();
            return new Result(code, lines);
        } catch (IOException e) {
            throw new RigException("there is no command `%s`; install it (Debian: iproute2, ethtool, procps)"
                    .formatted(words.getFirst()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RigException("interrupted");
        }
    }

    private static void endLate(Process process) {
        try {
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it ended in time
        }
    }
}
