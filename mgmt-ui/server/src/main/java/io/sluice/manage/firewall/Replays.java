package io.sluice.manage.firewall;

import io.sluice.capture.CaptureException;
import io.sluice.engine.Profile;
import io.sluice.manage.Refused;
import io.sluice.manage.firewall.Captures.Stored;
import io.sluice.replay.Progress;
import io.sluice.replay.Replay;
import io.sluice.replay.Replay.ExpectationChoice;
import io.sluice.replay.Replay.Expected;
import io.sluice.replay.Replay.Judge;
import io.sluice.replay.Replay.Outputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Judges captures, one at a time; a few wait, and the results of the last ones are kept. */
public final class Replays implements AutoCloseable {
    private static final int MOST_WAITING = 4;
    private static final int MOST_KEPT = 8;

    private final Captures captures;
    private final PolicyDesk desk;
    private final Path folder;
    private final Map<String, ReplayJob> jobs = new LinkedHashMap<>();
    private final ThreadPoolExecutor runner = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING), Thread.ofPlatform().name("replay").daemon().factory());

    public Replays(Captures captures, PolicyDesk desk, Path data) throws IOException {
        this.captures = captures;
        this.desk = desk;
        this.folder = data.resolve("replays");
        Files.createDirectories(folder);
        clear(folder);
    }

    /** Results do not outlive the server. */
    private static void clear(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                if (!file.equals(folder)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /**
     * What is to be judged.
     *
     * @param yaml empty: the policy that judges now
     * @param baseline empty: the policy that judges now
     * @param zoneByNetwork where addresses lie
     */
    public record Wanted(String capture, Optional<String> yaml, Optional<String> baseline,
            Map<String, String> zoneByNetwork) {}

    public ReplayJob start(Wanted wanted) throws Refused {
        Stored capture = captures.find(wanted.capture());
        Placement places = new Placement(wanted.zoneByNetwork());
        Judge judge = places.apply(policy(wanted.yaml()));
        Judge baseline = places.apply(policy(wanted.baseline()));
        String id = UUID.randomUUID().toString();
        ReplayJob job = new ReplayJob(id, new ReplayJob.Source(capture.name(), captures.file(capture)), judge, baseline,
                folder.resolve(id));
        try {
            runner.execute(job::run);
        } catch (RejectedExecutionException e) {
            throw Refused.later("busy", "too many replays wait already; try again when one of them is over", 10_000);
        }
        keep(job);
        return job;
    }

    private PolicyText.Sound policy(Optional<String> yaml) throws Refused {
        return yaml.isPresent() ? PolicyText.require(yaml.get()) : desk.judging();
    }

    private synchronized void keep(ReplayJob job) {
        jobs.put(job.id(), job);
        List<ReplayJob> over = jobs.values().stream().filter(j -> j.state() != ReplayJob.State.RUNNING).toList();
        for (ReplayJob old : over.subList(0, Math.clamp(jobs.size() - MOST_KEPT, 0, over.size()))) {
            jobs.remove(old.id());
            old.delete();
        }
    }

    public synchronized ReplayJob find(String id) throws Refused {
        ReplayJob job = jobs.get(id);
        if (job == null) {
            throw Refused.notFound("there is no such replay any more; start it again");
        }
        return job;
    }

    /** Ends one, and forgets it. */
    public void cancel(String id) throws Refused {
        ReplayJob job = find(id);
        job.cancel();
        synchronized (this) {
            jobs.remove(id);
        }
        if (job.state() != ReplayJob.State.RUNNING) {
            job.delete();
        }
    }

    /** What a policy makes of a capture, as lines for its `expect` section. */
    public String expectations(String capture, String yaml) throws Refused {
        Stored stored = captures.find(capture);
        Judge judge = new Placement(Map.of()).apply(PolicyText.require(yaml));
        ReplayJob.Source source = new ReplayJob.Source(stored.name(), captures.file(stored));
        Path file = folder.resolve(UUID.randomUUID().toString());
        try {
            new Replay(judge, Profile.OBSERVE, Optional.empty(), new Outputs(Optional.empty(), Optional.empty(),
                    Optional.of(new Expected(file, ExpectationChoice.ALL))))
                    .run(List.of(source), Progress.NONE);
            return Files.readString(file);
        } catch (CaptureException e) {
            throw Refused.of(422, "unreadable", source.sentence(e));
        } catch (IOException e) {
            throw Refused.of(507, "not-written", "the expectations cannot be written: " + e.getMessage());
        } finally {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                // The next start clears the folder.
            }
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            jobs.values().forEach(ReplayJob::cancel);
        }
        runner.shutdownNow();
    }
}
