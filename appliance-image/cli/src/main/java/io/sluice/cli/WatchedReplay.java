package io.sluice.cli;

import io.sluice.capture.CaptureException;
import io.sluice.replay.Progress;
import io.sluice.replay.Replay.Judge;
import io.sluice.replay.Report;
import io.sluice.replay.ReportWriter;
import io.sluice.replay.Watch;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code sluice replay --watch}: judges the captures again whenever the policy's file is saved, and prints what has
 * changed since the policy before. A file with problems is said to have them, and waited for.
 */
final class WatchedReplay {
    private static final long LOOK_MILLIS = 100;

    /** What tells one version of a file from another without reading it; editors replace files or write into them. */
    private record Version(long modified, long size, @Nullable Object key) {
        static Optional<Version> of(Path file) {
            try {
                BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
                return Optional.of(new Version(seen.lastModifiedTime().to(TimeUnit.NANOSECONDS), seen.size(),
                        seen.fileKey()));
            } catch (IOException e) {
                return Optional.empty(); // being replaced
            }
        }
    }

    private final ReplayOptions options;
    private final ZoneOption zones;
    private final Console console;
    private final PrintStream out;
    private final CountDownLatch end = new CountDownLatch(1);
    private String judgedHash = "";

    WatchedReplay(ReplayOptions options, ZoneOption zones, Console console) {
        this.options = options;
        this.zones = zones;
        this.console = console;
        out = console.out();
    }

    /** Runs until a signal comes, or until nobody reads what is printed. */
    ExitCode run(List<CaptureArgument> captures) throws IOException, CouldNotRun, CaptureException {
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(() -> endBySignal(ended));
        Runtime.getRuntime().addShutdownHook(hook);
        try (Watch watch = new Watch(List.copyOf(captures))) {
            Path file = FileName.of(options.policy());
            Optional<Version> seen = Version.of(file);
            judge(watch, true);
            boolean saved = false;
            while (!console.readerGone() && !end.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                Optional<Version> now = Version.of(file);
                if (now.isPresent() && !now.equals(seen)) {
                    // A save may take several writes: judged when nothing has moved for a while.
                    seen = now;
                    saved = true;
                } else if (now.isPresent() && saved) {
                    saved = false;
                    judge(watch, false);
                }
            }
            return ExitCode.DONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.DONE;
        } finally {
            out.flush();
            ended.countDown();
        }
    }

    /** Judges the file as it is now, unless it was judged or refused as it is. */
    private void judge(Watch watch, boolean first) throws IOException, CouldNotRun, CaptureException {
        PolicyFile file;
        try {
            file = PolicyFile.read(options.policy(), console);
        } catch (IOException | CouldNotRun e) {
            if (first) {
                throw e;
            }
            return; // it is being replaced; if it stays away, its next version is waited for
        }
        if (file.hash().equals(judgedHash)) {
            return;
        }
        judgedHash = file.hash();
        long start = System.nanoTime();
        Optional<Judge> judge = sound(file);
        if (judge.isPresent()) {
            Watch.Round round = watch.judge(judge.get(), first ? new ProgressLine(console) : Progress.NONE);
            console.clearProgress();
            print(round, System.nanoTime() - start);
        }
        out.println("watching " + options.policy() + "; Ctrl-C ends");
        out.flush();
    }

    /** The policy, if it can decide; its problems are printed where its changes would be. */
    private Optional<Judge> sound(PolicyFile file) {
        LoadedPolicy loaded = LoadedPolicy.of(file);
        loaded.problems().forEach(out::println);
        try {
            return switch (loaded) {
                case LoadedPolicy.Sound sound -> {
                    zones.requireKnown(sound, Optional.empty());
                    yield Optional.of(zones.apply(sound));
                }
                case LoadedPolicy.Refused _ -> {
                    out.println("the policy has problems; the one before stays");
                    yield Optional.empty();
                }
            };
        } catch (CouldNotRun | WrongUsage e) {
            out.println(e.getMessage());
            return Optional.empty();
        }
    }

    private void print(Watch.Round round, long nanos) {
        Report report = round.report();
        if (report.changes().isEmpty()) {
            ReportWriter.write(report, ReportWriter.Form.TEXT, out);
            return;
        }
        ReportWriter.writeChanges(report, out);
        out.println(String.format(Locale.ROOT, "%s in %.2f s", round.read()
                ? "captures read again, since the policy looks into other connections than before,"
                : "judged again from what is kept", nanos / 1e9));
    }

    /** Ctrl-C is how it is meant to end, so that is no failure; what was printed arrives. */
    private void endBySignal(CountDownLatch ended) {
        if (ended.getCount() == 0) {
            return;
        }
        end.countDown();
        try {
            ended.await();
            Runtime.getRuntime().halt(ExitCode.DONE.number());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
