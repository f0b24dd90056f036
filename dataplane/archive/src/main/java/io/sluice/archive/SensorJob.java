package io.sluice.archive;

import io.sluice.archive.ArchiveSummary.SensorSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges one sensor's captures and writes the rows of those stretches that are not finished yet. One worker. */
final class SensorJob {
    private static final int TELL_EVERY = 1 << 12;

    private final Sensor sensor;
    private final ArchiveSettings settings;
    private final OutputFolder out;
    private final ParquetFiles parquet;
    private final Meter meter;
    private final Set<Path> kept;
    private @Nullable JsonLines lines;
    private long rows;
    private long denied;

    /** @param kept gets the files of the results; of several threads */
    SensorJob(Sensor sensor, ArchiveSettings settings, OutputFolder out, ParquetFiles parquet, Meter meter,
            Set<Path> kept) {
        this.sensor = sensor;
        this.settings = settings;
        this.out = out;
        this.parquet = parquet;
        this.meter = meter;
        this.kept = kept;
    }

    /** Empty where the run was stopped in between. */
    Optional<SensorSummary> run() throws IOException, ArchiveException {
        CaptureOpener opener = settings.opener();
        List<Stretch> stretches = Stretch.of(settings.identity() + sensor.name(), sensor.inOrder(opener),
                settings.partBytes());
        List<StretchState> states = new ArrayList<>();
        List<Boolean> finished = new ArrayList<>();
        int needed = 0;
        for (Stretch stretch : stretches) {
            keep(stretch);
            Optional<StretchState> state = finished(stretch);
            finished.add(state.isPresent());
            states.add(state.orElse(new StretchState(stretch.key(), 0, 0, List.of())));
            needed = state.isPresent() ? needed : stretch.number();
        }
        stretches.subList(needed, stretches.size()).forEach(s -> meter.spared(s.bytes()));
        try (SensorRun run = new SensorRun(settings.judge(), settings.profile(), sensor.name(), opener, this::row)) {
            for (Stretch stretch : stretches.subList(0, needed)) {
                int i = stretch.number() - 1;
                // What is finished is judged again, without rows: later packets belong to its connections.
                run.silent(finished.get(i));
                Optional<StretchState> state = finished.get(i) ? judge(stretch, run) : write(stretch, run);
                if (state.isEmpty()) {
                    return Optional.empty();
                }
                if (!finished.get(i)) {
                    states.set(i, state.get());
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return Optional.of(summary(stretches, states, finished));
    }

    private SensorSummary summary(List<Stretch> stretches, List<StretchState> states, List<Boolean> finished) {
        long before = 0;
        for (int i = 0; i < stretches.size(); i++) {
            before += finished.get(i) ? stretches.get(i).files().size() : 0;
        }
        return new SensorSummary(sensor.name(), sensor.bytes(), states.size(),
                states.stream().mapToLong(StretchState::rows).sum(),
                states.stream().mapToLong(StretchState::denied).sum(), before,
                states.stream().flatMap(s -> s.files().stream()).toList());
    }

    private void keep(Stretch stretch) throws IOException {
        kept.add(out.state(sensor.name(), stretch.number()));
        if (settings.form().json()) {
            kept.add(out.json(sensor.name(), stretch.number()));
        }
        if (settings.form().parquet()) {
            kept.add(out.parquet(sensor.name(), stretch.number()));
        }
    }

    private Optional<StretchState> finished(Stretch stretch) throws IOException {
        boolean there = (!settings.form().json() || Files.isRegularFile(out.json(sensor.name(), stretch.number())))
                && (!settings.form().parquet()
                        || Files.isRegularFile(out.parquet(sensor.name(), stretch.number())));
        return there
                ? StretchState.read(out.state(sensor.name(), stretch.number()))
                        .filter(state -> state.key().equals(stretch.key()))
                : Optional.empty();
    }

    private Optional<StretchState> write(Stretch stretch, SensorRun run) throws IOException, ArchiveException {
        Path stateFile = out.state(sensor.name(), stretch.number());
        Files.deleteIfExists(stateFile); // first: from here on the rows that it speaks of are replaced
        Path json = out.json(sensor.name(), stretch.number());
        Path unfinished = OutputFolder.unfinished(json);
        Optional<StretchState> state;
        try (JsonLines writer = new JsonLines(unfinished)) {
            lines = writer;
            state = judge(stretch, run);
        } finally {
            lines = null;
        }
        if (state.isEmpty()) {
            return state;
        }
        if (settings.form().parquet()) {
            Path file = out.parquet(sensor.name(), stretch.number());
            parquet.convert(unfinished, OutputFolder.unfinished(file));
            OutputFolder.finish(OutputFolder.unfinished(file), file);
        }
        if (settings.form().json()) {
            OutputFolder.finish(unfinished, json);
        } else {
            Files.delete(unfinished);
        }
        StretchState done = state.get();
        OutputFolder.replace(stateFile, done::write);
        return state;
    }

    private Optional<StretchState> judge(Stretch stretch, SensorRun run) {
        rows = 0;
        denied = 0;
        List<FileOutcome> files = new ArrayList<>();
        for (ArchiveFile file : stretch.files()) {
            run.open(file);
            long told = 0;
            for (int n = 1; run.packet(); n++) {
                if ((n & (TELL_EVERY - 1)) == 0) {
                    long position = Math.min(run.position(), file.bytes());
                    meter.read(position - told);
                    told = position;
                    if (meter.stopped()) {
                        return Optional.empty();
                    }
                }
            }
            files.add(run.closeFile());
            meter.read(file.bytes() - told);
            if (meter.stopped()) {
                return Optional.empty();
            }
        }
        if (stretch.last()) {
            run.finish();
        }
        meter.wrote(rows);
        return Optional.of(new StretchState(stretch.key(), rows, denied, files));
    }

    private void row(Row row) {
        JsonLines writer = lines;
        if (writer == null) {
            throw new IllegalStateException("a row outside a stretch");
        }
        try {
            writer.write(row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rows++;
        Object item = row.get(Column.ITEM);
        denied += "deny".equals(row.get(Column.VERDICT)) && (item == null || item.equals(1)) ? 1 : 0;
    }
}
