package io.sluice.testdata.net;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process that is asked by lines: each request is one line, each answer any number of lines and then one with a single dot.
 * It says {@code ready} when it can be asked. What it prints on its error stream is kept for the message of a failure.
 */
public final class Peer implements AutoCloseable {
    public static final String READY = "ready", END = ".";

    private static final int KEPT_LINES = 200;

    private final String name;
    private final Process process;
    private final BufferedWriter in;
    private final BlockingQueue<String> out = new LinkedBlockingQueue<>();
    private final List<String> said = new ArrayList<>();

    Peer(String name, List<String> words) {
        this.name = name;
        try {
            process = new ProcessBuilder(words).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        in = process.outputWriter();
        Thread.ofVirtual().start(() -> pump(process.inputReader(), true));
        Thread.ofVirtual().start(() -> pump(process.errorReader(), false));
    }

    private void pump(BufferedReader from, boolean answers) {
        try (from) {
            for (String line = from.readLine(); line != null; line = from.readLine()) {
                remember(line);
                if (answers) {
                    out.add(line);
                }
            }
        } catch (IOException e) {
            remember("(stream ended: " + e.getMessage() + ")");
        }
    }

    private synchronized void remember(String line) {
        if (said.size() == KEPT_LINES) {
            said.removeFirst();
        }
        said.add(line);
    }

    /** What it has printed so far on both streams, the last lines of it. */
    public synchronized List<String> said() {
        return List.copyOf(said);
    }

    /** Waits until it says that it can be asked. */
    public Peer awaitReady(Duration most) {
        awaitLine(READY, most);
        return this;
    }

    /** Waits for a line that begins so, and returns it; lines before it are passed over. */
    public String awaitLine(String beginning, Duration most) {
        long end = System.nanoTime() + most.toNanos();
        while (true) {
            String line = next(end);
            if (line == null) {
                throw new IllegalStateException(name + " did not say `" + beginning + "` in " + most.toMillis()
                        + " ms; " + fate());
            }
            if (line.startsWith(beginning)) {
                return line;
            }
        }
    }

    /** Asks, and returns the lines of the answer. */
    public List<String> ask(String request) {
        return ask(request, Duration.ofSeconds(60));
    }

    public List<String> ask(String request, Duration most) {
        tell(request);
        return answer(request, most);
    }

    /** Asks and does not wait: {@link #answer} does. */
    public void tell(String request) {
        try {
            in.write(request);
            in.newLine();
            in.flush();
        } catch (IOException e) {
            throw new IllegalStateException(name + " cannot be asked `" + request + "`; " + fate(), e);
        }
    }

    /** Waits for the answer to what was {@link #tell told}. */
    public List<String> answer(String request, Duration most) {
        long end = System.nanoTime() + most.toNanos();
        List<String> lines = new ArrayList<>();
        for (String line = next(end); !END.equals(line); line = next(end)) {
            if (line == null) {
                throw new IllegalStateException(name + " did not answer `" + request + "` in " + most.toMillis()
                        + " ms, only " + lines + "; " + fate());
            }
            lines.add(line);
        }
        return lines;
    }

    private @Nullable String next(long end) {
        try {
            String line = null;
            while (line == null && System.nanoTime() < end && (process.isAlive() || !out.isEmpty())) {
                line = out.poll(50, TimeUnit.MILLISECONDS);
            }
            return line == null ? out.poll(50, TimeUnit.MILLISECONDS) : line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + name, e);
        }
    }

    private String fate() {
        String state = process.isAlive() ? "it runs" : "it ended with " + process.exitValue();
        return state + "; it said:\n  " + String.join("\n  ", said());
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for its end; the exit code, or -1 when it still runs. */
    public int awaitEnd(Duration most) {
        try {
            return process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS) ? process.exitValue() : -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    /** Asks it to end, as {@code kill} does. */
    public void terminate() {
        process.destroy();
    }

    /** Ends it at once, as {@code kill -9} does. */
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        awaitEnd(Duration.ofSeconds(5));
    }

    @Override
    public void close() {
        kill();
    }
}
