package io.sluice.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A short program, run to its end within a bounded time. */
final class Command {
    private static final int PATIENCE_SECONDS = 10;

    private Command() {}

    /**
     * What came of it.
     *
     * @param code exit code; -1 where there is no such program, or it was stopped because its time was over
     */
    record Result(int code, String text) {}

    static Result run(String... words) throws InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(words).redirectErrorStream(true).start();
        } catch (IOException e) {
            return new Result(-1, "cannot start `" + words[0] + "`");
        }
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return new Result(-1, "no end within " + PATIENCE_SECONDS + " s");
            }
            // Few lines, which the pipe has held until now.
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.exitValue(), text.strip());
        } catch (IOException e) {
            return new Result(-1, String.valueOf(e.getMessage()));
        } finally {
            process.destroyForcibly();
        }
    }

    /** Runs what must succeed. */
    static void demand(String... words) throws DemoException, InterruptedException {
        Result result = run(words);
        if (result.code != 0) {
            throw new DemoException("`" + String.join(" ", List.of(words)) + "` did not succeed: " + result.text);
        }
    }
}
