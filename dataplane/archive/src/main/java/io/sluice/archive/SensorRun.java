package io.sluice.archive;

import io.sluice.capture.CaptureException;
import io.sluice.capture.CaptureReader;
import io.sluice.capture.CaptureTrouble;
import io.sluice.engine.Engine;
import io.sluice.engine.EngineLimits;
import io.sluice.engine.EngineListener;
import io.sluice.engine.Flow;
import io.sluice.engine.MessageEvent;
import io.sluice.engine.Packet;
import io.sluice.engine.Profile;
import io.sluice.replay.Placing;
import io.sluice.replay.Replay.Judge;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The captures of one sensor through one engine, packet by packet, so that who drives it may stop between any two. The
 * thread that makes it uses it.
 *
 * <pre>{@code
 * for (ArchiveFile file : sensor.inOrder(opener)) {
 *     run.open(file);
 *     while (run.packet()) { }
 *     FileOutcome outcome = run.closeFile();
 * }
 * run.finish();
 * }</pre>
 */
public final class SensorRun implements AutoCloseable {
    private static final int MOST_TROUBLES = 10;
    /** Less than this and two captures of one sensor still follow one another: cards deliver in bursts. */
    private static final long OVERLAP_NANOS = 1_000_000_000L;

    private final CaptureOpener opener;
    private final Engine engine;
    private final Placing placing;
    private final FileFrames frames = new FileFrames();
    private @Nullable CaptureReader reader;
    private String file = "";
    private String fileBefore = "";
    private List<String> troubles = new ArrayList<>();
    private long packets;
    private long first;
    private long last;
    private long lastBefore = Long.MIN_VALUE;
    private boolean silent;

    /**
     * A run without captures yet.
     *
     * @param sink takes the rows, which are its to keep
     */
    public SensorRun(Judge judge, Profile profile, String sensor, CaptureOpener opener, Consumer<Row> sink) {
        this.opener = opener;
        this.placing = new Placing(judge.policy(), judge.compiled(), judge.zones());
        this.engine = new Engine(judge.compiled(), profile, EngineLimits.DEFAULT,
                new Audible(new DecisionRows(judge.compiled(), sensor, frames, sink)));
    }

    /** Whether packets are only judged, for what they mean to later ones, and no rows are made. */
    public void silent(boolean noRows) {
        silent = noRows;
    }

    /** Goes on with the next capture. One that cannot be opened has no packets and says why in its outcome. */
    public void open(ArchiveFile next) {
        file = next.name();
        troubles = new ArrayList<>();
        packets = 0;
        first = 0;
        last = 0;
        frames.begin(file);
        try {
            reader = opener.open(next);
        } catch (CaptureException e) {
            reader = null;
            troubles.add(sentence(e));
        }
    }

    /** The archive tells the file's name by itself. */
    private static String sentence(CaptureException e) {
        String text = String.valueOf(e.getMessage());
        int colon = text.indexOf(": ");
        return colon < 0 ? text : text.substring(colon + 2);
    }

    /** Judges the next packet of the capture; false at its end. */
    public boolean packet() {
        CaptureReader from = reader;
        if (from == null || !from.next()) {
            return false;
        }
        long nanos = from.epochNanos();
        first = packets == 0 ? nanos : Math.min(first, nanos);
        last = packets == 0 ? nanos : Math.max(last, nanos);
        packets++;
        placing.place(engine, from);
        engine.accept(from.bytes(), from.at(), from.captured(), from.wire(), from.linkType(),
                frames.number(from.number()), nanos);
        return true;
    }

    /** Bytes of the present capture read so far. */
    public long position() {
        return reader == null ? 0 : reader.position();
    }

    public FileOutcome closeFile() {
        long count = troubles.size();
        if (reader != null) {
            CaptureReader ended = Objects.requireNonNull(reader);
            ended.troubles().stream().limit(MOST_TROUBLES).map(CaptureTrouble::sentence).forEach(troubles::add);
            count += ended.troubleCount();
            ended.close();
            reader = null;
        }
        if (packets > 0) {
            if (lastBefore != Long.MIN_VALUE && first + OVERLAP_NANOS < lastBefore) {
                troubles.add(String.format(Locale.ROOT, "begins %.1f s before %s ends: if these are two sensors, tell"
                        + " them apart by --sensors folder or --sensors file", (lastBefore - first) / 1e9, fileBefore));
                count++;
            }
            lastBefore = Math.max(last, lastBefore);
            fileBefore = file;
        }
        return new FileOutcome(file, packets, first, last, troubles, count);
    }

    /** No more captures come: what waits for more bytes is judged as it is. */
    public void finish() {
        engine.finish();
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
        }
        engine.close();
    }

    /** Hears nothing while the run is silent. */
    private final class Audible implements EngineListener {
        private final DecisionRows rows;

        Audible(DecisionRows rows) {
            this.rows = rows;
        }

        @Override
        public void message(MessageEvent event) {
            if (!silent) {
                rows.message(event);
            }
        }

        @Override
        public void plain(Flow flow, Packet packet) {
            if (!silent) {
                rows.plain(flow, packet);
            }
        }
    }
}
