package io.sluice.spark;

import io.sluice.archive.ArchiveFile;
import io.sluice.archive.CaptureOpener;
import io.sluice.archive.FileOutcome;
import io.sluice.archive.Sensor;
import io.sluice.archive.SensorRun;
import io.sluice.engine.Profile;
import io.sluice.replay.Replay.Judge;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;

/**
 * The rows of one sensor, made as they are asked for: a packet is judged when no row waits. Memory does not grow with the
 * captures.
 */
final class SensorRows implements Iterator<Row>, AutoCloseable {
    private final Queue<Row> waiting = new ArrayDeque<>();
    private final Iterator<ArchiveFile> files;
    private final SensorRun run;
    private final Consumer<FileOutcome> outcomes;
    private boolean reading;
    private boolean finished;
    private boolean closed;

    /** @param outcomes hears what became of each capture */
    SensorRows(Sensor sensor, Judge judge, Profile profile, CaptureOpener opener, Consumer<FileOutcome> outcomes) {
        this.files = sensor.inOrder(opener).iterator();
        this.run = new SensorRun(judge, profile, sensor.name(), opener, row -> waiting.add(Rows.of(row)));
        this.outcomes = outcomes;
    }

    @Override
    public boolean hasNext() {
        while (waiting.isEmpty() && !finished && !closed) {
            step();
        }
        return !waiting.isEmpty();
    }

    private void step() {
        if (reading) {
            if (!run.packet()) {
                reading = false;
                outcomes.accept(run.closeFile());
            }
        } else if (files.hasNext()) {
            run.open(files.next());
            reading = true;
        } else {
            run.finish();
            finished = true;
            close();
        }
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return waiting.remove();
    }

    /** Also called when the task ends early. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            run.close();
        }
    }
}
