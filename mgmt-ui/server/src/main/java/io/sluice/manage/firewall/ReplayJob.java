package io.sluice.manage.firewall;

import io.sluice.capture.CaptureException;
import io.sluice.capture.CaptureReader;
import io.sluice.engine.Profile;
import io.sluice.manage.Refused;
import io.sluice.manage.firewall.ReplayLog.Page;
import io.sluice.replay.CaptureSource;
import io.sluice.replay.Replay;
import io.sluice.replay.Replay.Judge;
import io.sluice.replay.Replay.Outputs;
import io.sluice.replay.Report;
import io.sluice.replay.ReportLanguage;
import io.sluice.replay.ReportWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One capture judged by a policy and by another beside it. It runs once, on one thread; any thread asks how far it is. */
public final class ReplayJob {
    /** The second pass, over the baseline alone, is the shorter one. */
    private static final double FIRST_PASS = 0.7;

    private final String id;
    private final Source capture;
    private final Judge judge;
    private final Judge baseline;
    private final Path folder;
    private volatile State state = State.RUNNING;
    private volatile double done;
    private volatile String sentence = "";
    private volatile boolean cancelled;
    private volatile @Nullable Report report;
    private volatile @Nullable ReplayLog log;

    /** How it stands. */
    public enum State {
        RUNNING,
        DONE,
        FAILED,
        CANCELLED
    }

    /** Ends a run from within. Never leaves this class. */
    private static final class Cancelled extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Cancelled() {
            super("cancelled", null, false, false);
        }
    }

    /** A capture's file under the name that people know. */
    record Source(String name, Path file) implements CaptureSource {
        @Override
        public CaptureReader open() throws CaptureException {
            return CaptureReader.open(file);
        }

        /** What is wrong with it, under the name that people know. */
        String sentence(CaptureException e) {
            return String.valueOf(e.getMessage()).replace(file.toString(), "`" + name + "`");
        }
    }

    ReplayJob(String id, Source capture, Judge judge, Judge baseline, Path folder) {
        this.id = id;
        this.capture = capture;
        this.judge = judge;
        this.baseline = baseline;
        this.folder = folder;
    }

    void run() {
        try {
            Files.createDirectories(folder);
            Path now = folder.resolve("verdicts");
            Path before = folder.resolve("baseline");
            Report made = pass(new Replay(judge, Profile.OBSERVE, Optional.of(baseline),
                    new Outputs(Optional.of(now), Optional.empty())), 0, FIRST_PASS);
            pass(new Replay(baseline, Profile.OBSERVE, Optional.empty(),
                    new Outputs(Optional.of(before), Optional.empty())), FIRST_PASS, 1);
            Map<String, String> conduits = new TreeMap<>();
            made.conduits().forEach(c -> conduits.put(c.from() + " > " + c.to(), String.join(", ", c.conduits())));
            log = ReplayLog.merge(now, before, folder.resolve("messages"), places -> conduits.getOrDefault(places, ""));
            report = made;
            Files.delete(now);
            Files.delete(before);
            done = 1;
            state = State.DONE;
        } catch (Cancelled e) {
            end(State.CANCELLED, "it was cancelled");
        } catch (CaptureException e) {
            end(State.FAILED, capture.sentence(e));
        } catch (IOException e) {
            end(State.FAILED, "the results cannot be written: " + e.getMessage() + "; is the disk full?");
        } catch (RuntimeException | OutOfMemoryError e) {
            end(State.FAILED, "this is a bug in Sluice: " + e);
        }
    }

    private void end(State how, String why) {
        sentence = why;
        state = how;
        delete();
    }

    private Report pass(Replay replay, double from, double to) throws CaptureException, IOException {
        if (cancelled) {
            throw new Cancelled();
        }
        return replay.run(List.of(capture), (_, position, size) -> {
            if (cancelled) {
                throw new Cancelled();
            }
            if (size > 0) {
                done = from + (to - from) * Math.clamp((double) position / size, 0, 1);
            }
        });
    }

    void cancel() {
        cancelled = true;
    }

    /** Takes what it has written away. */
    void delete() {
        try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // The next start clears the folder.
        }
    }

    public String id() {
        return id;
    }

    public State state() {
        return state;
    }

    /** 0 to 1. */
    public double done() {
        return done;
    }

    /** Why it failed; else empty. */
    public String sentence() {
        return sentence;
    }

    /** What came of it, once it is done. */
    public Optional<Report> report() {
        return Optional.ofNullable(report);
    }

    Optional<ReplayLog> log() {
        return Optional.ofNullable(log);
    }

    public long changed() {
        ReplayLog made = log;
        return made == null ? 0 : made.changed();
    }

    /** Allowed, denied and changed requests by conduit. */
    public Map<String, long[]> conduits() {
        ReplayLog made = log;
        return made == null ? Map.of() : made.conduits();
    }

    /** Messages by conduit and rule, a line feed between. */
    public Map<String, Long> rules() {
        ReplayLog made = log;
        return made == null ? Map.of() : made.rules();
    }

    /** Verdicts that are chosen, in the order of the capture. */
    public Page page(Predicate<ReplayMessage> chosen, int offset, int limit) throws Refused {
        try {
            return log().orElseThrow(this::notDone).page(chosen, offset, limit);
        } catch (IOException e) {
            throw Refused.unavailable("not-read", "the results cannot be read: " + e.getMessage());
        }
    }

    /** The page to take to a meeting. */
    public byte[] page(ReportLanguage language) throws Refused {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ReportWriter.write(report().orElseThrow(this::notDone), ReportWriter.Form.HTML, language,
                new PrintStream(bytes, false, StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    private Refused notDone() {
        return Refused.conflict("not-done", state == State.RUNNING
                ? "the replay is still running"
                : "the replay came to no end: " + sentence);
    }
}
