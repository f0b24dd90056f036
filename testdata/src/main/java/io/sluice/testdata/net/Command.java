package io.sluice.testdata.net;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program run to its end within a bounded time. */
public final class Command {
    private Command() {}

    /**
     * What came of it.
     *
     * @param code exit code; -1 where it was stopped because its time was over
     * @param lines what it printed, both streams together
     */
    public record Result(int code, List<String> lines) {
        public String text() {
            return String.join("\n", lines);
        }
    }

    /** Runs a program; it and its children are stopped when the time is over. */
    public static Result run(Duration most, List<String> words) {
        try {
            Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
            process.getOutputStream().close();
            List<String> lines = Collections.synchronizedList(new ArrayList<>());
            Thread reader = Thread.ofVirtual().start(() -> readInto(lines, process.inputReader()));
            boolean ended = process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
            // A grandchild may have kept the stream open.
            reader.join(Duration.ofSeconds(2));
            return new Result(ended ? process.exitValue() : -1, List.copyOf(lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while it ran: " + words, e);
        }
    }

    /** Runs a program that must succeed. */
    public static List<String> demand(List<String> words) {
        Result result = run(Duration.ofSeconds(30), words);
        if (result.code != 0) {
            throw new IllegalStateException(String.join(" ", words) + " ended with " + result.code + ": "
                    + result.text());
        }
        return result.lines;
    }

    static void readInto(List<String> lines, BufferedReader from) {
        try (from) {
            for (String line = from.readLine(); line != null; line = from.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            // The process is gone and its pipe with it; what it printed before is there.
        }
    }
}
