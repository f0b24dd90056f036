package io.sluice.archive;

import io.sluice.archive.ArchiveSummary.SensorSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Judges a folder of captures: sensors side by side, the captures of each one after another. What a run has finished the
 * next one does not do again, so that one that was killed is gone on with by starting it again.
 */
public final class Archive {
    private static final long TELL_MILLIS = 250;

    private final ArchiveSettings settings;

    /** A run to be. */
    public Archive(ArchiveSettings settings) {
        this.settings = settings;
    }

    /**
     * Judges what is not finished yet.
     *
     * @param progress hears a few times a second how far the run is, on the thread that calls
     */
    public ArchiveSummary run(Consumer<Standing> progress) throws IOException, ArchiveException {
        List<ArchiveFile> files = files();
        List<Sensor> sensors = Sensor.group(files, settings.grouping());
        long captures = sensors.stream().mapToLong(s -> s.files().size()).sum();
        if (captures == 0) {
            throw new ArchiveException("there is no capture in `" + settings.folder() + "`: no file has a name such as"
                    + " eth1.pcap, eth1.pcapng.gz or eth1.pcap7");
        }
        try (OutputFolder out = OutputFolder.open(settings.out(), settings.identity());
                ParquetFiles parquet = new ParquetFiles(out.scratch(), settings.workers())) {
            Set<Path> kept = ConcurrentHashMap.newKeySet();
            List<SensorSummary> summaries = judge(sensors, out, parquet, kept, progress);
            out.keepOnly(kept);
            return new ArchiveSummary(summaries, files.size() - captures,
                    summaries.stream().mapToLong(SensorSummary::finishedBefore).sum());
        }
    }

    private List<ArchiveFile> files() throws IOException, ArchiveException {
        Path folder = settings.folder();
        if (!Files.isDirectory(folder)) {
            throw new ArchiveException(
                    "`" + folder + "` is not a folder; for single captures there is `sluice replay`");
        }
        Path results = settings.out().toAbsolutePath().normalize();
        if (folder.toAbsolutePath().normalize().startsWith(results)) {
            throw new ArchiveException(
                    "`" + settings.out() + "` holds the captures; give another folder for the results");
        }
        List<ArchiveFile> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                if (!file.toAbsolutePath().normalize().startsWith(results)) {
                    String name = folder.relativize(file).toString().replace(java.io.File.separatorChar, '/');
                    files.add(new ArchiveFile(name, Files.size(file), Files.getLastModifiedTime(file).toMillis()));
                }
            }
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
        return files;
    }

    /** The largest sensor first: begun last, it would keep one worker busy while the others have nothing to do. */
    private List<SensorSummary> judge(List<Sensor> sensors, OutputFolder out, ParquetFiles parquet, Set<Path> kept,
            Consumer<Standing> progress) throws IOException, ArchiveException {
        Meter meter = new Meter(sensors.stream().mapToLong(Sensor::bytes).sum());
        List<Sensor> bySize = sensors.stream().sorted(Comparator.comparingLong(Sensor::bytes).reversed()).toList();
        List<SensorSummary> summaries = new ArrayList<>();
        try (ExecutorService workers = Executors.newFixedThreadPool(settings.workers())) {
            List<Future<Optional<SensorSummary>>> jobs = new ArrayList<>();
            for (Sensor sensor : bySize) {
                SensorJob job = new SensorJob(sensor, settings, out, parquet, meter, kept);
                jobs.add(workers.submit(() -> stoppingOthers(job, meter)));
            }
            for (Future<Optional<SensorSummary>> job : jobs) {
                await(job, meter, progress).ifPresent(summaries::add);
            }
        }
        summaries.sort(Comparator.comparing(SensorSummary::name));
        return summaries;
    }

    /** A full disk is one for all. */
    private static Optional<SensorSummary> stoppingOthers(SensorJob job, Meter meter)
            throws IOException, ArchiveException {
        boolean done = false;
        try {
            Optional<SensorSummary> summary = meter.stopped() ? Optional.empty() : job.run();
            done = true;
            return summary;
        } finally {
            if (!done) {
                meter.stop();
            }
        }
    }

    private static Optional<SensorSummary> await(Future<Optional<SensorSummary>> job, Meter meter,
            Consumer<Standing> progress) throws IOException, ArchiveException {
        while (true) {
            try {
                return job.get(TELL_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                progress.accept(meter.standing());
            } catch (InterruptedException e) {
                meter.stop();
                Thread.currentThread().interrupt();
                throw new IOException("the run was interrupted", e);
            } catch (ExecutionException e) {
                meter.stop();
                switch (e.getCause()) {
                    case IOException io -> throw io;
                    case ArchiveException sentence -> throw sentence;
                    case RuntimeException bug -> throw bug;
                    case Error error -> throw error;
                    case null, default -> throw new IllegalStateException(e);
                }
            }
        }
    }
}
