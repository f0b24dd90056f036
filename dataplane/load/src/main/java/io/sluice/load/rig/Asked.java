package io.sluice.load.rig;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A process of ours that is asked by lines, as {@link Questions} answers them; what else it prints is kept for failures. */
public final class Asked {
    private static final int KEPT_LINES = 30;
    private static final Duration START = Duration.ofSeconds(90);

    private final String name;
    private final Process process;
    private final BufferedWriter in;
    private final BlockingQueue<String> out = new LinkedBlockingQueue<>();
    private final List<String> said = new ArrayList<>();

    /**
     * Starts it.
     *
     * @param name what it is, as failures call it
     * @param words the command
     */
    public Asked(String name, List<String> words) throws RigException {
        this.name = name;
        try {
            process = new ProcessBuilder(words).start();
        } catch (IOException e) {
            throw new RigException("%s cannot be started: %s".formatted(name, e.getMessage()));
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
            remember("(" + e.getMessage() + ")"); // its end is told by isAlive
        }
    }

    private synchronized void remember(String line) {
        if (said.size() == KEPT_LINES) {
            said.removeFirst();
        }
        said.add(line);
    }

    /** Waits until it can be asked. */
    public Asked awaitReady() throws RigException {
        await(Questions.READY, START);
        return this;
    }

    /** Asks, and waits for the answer. */
    public List<String> ask(Duration most, String question) throws RigException {
        tell(question);
        List<String> answer = await(Questions.END, most);
        if (!answer.isEmpty() && answer.getFirst().startsWith(Questions.FAILED)) {
            throw new RigException("%s: %s".formatted(name, answer.getFirst().substring(Questions.FAILED.length())));
        }
        return answer;
    }

    private void tell(String question) throws RigException {
        try {
            in.write(question + "\n");
            in.flush();
        } catch (IOException e) {
            throw new RigException("%s has ended; %s".formatted(name, words()));
        }
    }

    /** The lines before the one that is waited for. */
    private List<String> await(String last, Duration most) throws RigException {
        long end = System.nanoTime() + most.toNanos();
        List<String> lines = new ArrayList<>();
        while (true) {
            String line = next(end);
            if (line == null) {
                throw new RigException("%s %s; %s".formatted(name, process.isAlive()
                        ? "did not answer within " + most.toSeconds() + " s"
                        : "has ended", words()));
            }
            if (line.equals(last)) {
                return lines;
            }
            lines.add(line);
        }
    }

    private @Nullable String next(long end) throws RigException {
        try {
            while (true) {
                String line = out.poll(100, TimeUnit.MILLISECONDS);
                if (line != null || System.nanoTime() - end > 0 || (!process.isAlive() && out.isEmpty())) {
                    return line;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RigException("interrupted");
        }
    }

    private synchronized String words() {
        return said.isEmpty() ? "it said nothing" : "it said: " + String.join(" | ", said);
    }

    /** The process; that of a wrapper such as taskset(1) becomes what it starts. */
    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Takes the processor away from it, or gives it back: signals of job control. */
    void signal(String name) throws RigException {
        Shell.demand(List.of("kill", "-" + name, Long.toString(pid())));
    }

    /** Asks it to end, as systemd would, and ends it when it does not. */
    public void end() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
