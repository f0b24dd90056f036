package io.sluice.demo;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process in a namespace that says {@code ready} when it is, and then answers each line with a line. It is told to end by
 * {@link #terminate} and has ended after {@link #awaitEnd}.
 */
final class Peer {
    private static final Duration START = Duration.ofMinutes(2), ANSWER = Duration.ofSeconds(15), LOOK = Duration
            .ofMillis(100);
    private static final int END_SECONDS = 5, KEPT_LINES = 20;

    private final String name;
    private final Process process;
    private final BufferedWriter in;
    private final BlockingQueue<String> out = new LinkedBlockingQueue<>();
    private final Deque<String> said = new ArrayDeque<>();

    /**
     * Starts it. Ctrl-C reaches all processes of a terminal at once; the peers ignore it, so that they are ended in order.
     *
     * @param namespace where it runs; empty: where the demo itself does
     * @param program class path, main class and arguments for Java
     */
    Peer(String name, Optional<String> namespace, List<String> program) throws DemoException {
        this.name = name;
        List<String> words = new ArrayList<>();
        namespace.ifPresent(in -> words.addAll(List.of("ip", "netns", "exec", in)));
        words.addAll(List.of("sh", "-c", "trap '' INT; exec \"$@\"", "sh"));
        words.addAll(program);
        try {
            process = new ProcessBuilder(words).start();
        } catch (IOException e) {
            throw new DemoException("cannot start " + name + ": " + e.getMessage());
        }
        in = process.outputWriter();
        Thread.ofVirtual().start(() -> read(process.inputReader(), true));
        Thread.ofVirtual().start(() -> read(process.errorReader(), false));
    }

    private void read(BufferedReader from, boolean answers) {
        try (from) {
            for (String line = from.readLine(); line != null; line = from.readLine()) {
                remember(line);
                if (answers) {
                    out.add(line);
                }
            }
        } catch (IOException e) {
            // It has ended; what it said before is kept.
        }
    }

    private synchronized void remember(String line) {
        if (said.size() == KEPT_LINES) {
            said.removeFirst();
        }
        said.addLast(line);
    }

    String name() {
        return name;
    }

    /** Waits until it can be used. Returns what it has said before. */
    List<String> awaitReady() throws DemoException, InterruptedException {
        List<String> before = new ArrayList<>();
        String line = next(START, "did not start");
        while (!line.equals("ready")) {
            before.add(line);
            line = next(START, "did not start");
        }
        return before;
    }

    /** Asks, and waits for the answer. */
    String ask(String request) throws DemoException, InterruptedException {
        try {
            in.write(request);
            in.newLine();
            in.flush();
        } catch (IOException e) {
            throw lost("has ended");
        }
        return next(ANSWER, "did not answer `" + request + "`");
    }

    private String next(Duration most, String otherwise) throws DemoException, InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        @Nullable
        String line = null;
        while (line == null && System.nanoTime() < end) {
            boolean alive = process.isAlive();
            line = out.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            if (line == null && !alive) {
                throw lost("has ended with exit code " + process.exitValue());
            }
        }
        if (line == null) {
            throw lost(otherwise + " within " + most.toSeconds() + " s");
        }
        return line;
    }

    private synchronized DemoException lost(String how) {
        String words = said.isEmpty() ? "" : "; its last words: " + String.join(" | ", said);
        return new DemoException("`" + name + "` " + how + words);
    }

    /** Asks it to end. */
    void terminate() {
        process.destroy();
    }

    /** Waits for its end, and ends it by force where that takes too long. */
    void awaitEnd() throws InterruptedException {
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor(END_SECONDS, TimeUnit.SECONDS);
        }
    }
}
