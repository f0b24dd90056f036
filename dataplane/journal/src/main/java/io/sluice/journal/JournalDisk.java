package io.sluice.journal;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a journal, as one that never fails: what the disk does not take waits, and is counted as lost when there is
 * no room to wait. It says so as soon as it can. One thread, except for {@link #state}.
 */
final class JournalDisk {
    /** The record that says which records are deleted; the verifier asks for it. */
    static final String RETENTION = Journal.OWN + "retention";

    /** After forcing for a while, so many times as long nothing is forced. */
    private static final int IDLE_FOR_FORCE = 4;

    /** What can fail, each apart: a disk without room for another file may still take records. */
    private enum Step {
        WRITE,
        FORCE,
        SIGN,
        ROTATE
    }

    /** What the journal says about itself becomes a record, too. */
    interface Speaker {
        void say(String type, Map<String, ?> fields);
    }

    private final JournalSettings settings;
    private final JournalLimits limits;
    private final Clocks clocks;
    private final Retention retention;
    private final FolderLock lock;
    private final SegmentLog log;
    private final long segmentBytes;
    private long written;
    private long lost;
    private long lostUntold;
    private long lostSince;
    private boolean urgent;
    private boolean closed;
    private long wroteAt;
    private long forcedAt;
    private long forceTook;
    private long signedAt;
    private long swept;
    private long failedAt;
    private @Nullable String failure;
    private @Nullable Step failed;
    private volatile JournalState state;

    JournalDisk(JournalSettings settings, JournalLimits limits, Clocks clocks) throws IOException {
        this.settings = settings;
        this.limits = limits;
        this.clocks = clocks;
        lock = FolderLock.take(settings.folder());
        log = open(settings, limits, lock);
        retention = new Retention(settings.keep(), settings.sharePercent());
        // Eight segments and more within the share, so that making room never takes much at once.
        segmentBytes = Math.min(Math.max(retention.most(log.segment()) / 8, 1 << 16), limits.segmentBytes());
        wroteAt = forcedAt = signedAt = clocks.monotonic();
        swept = wroteAt - limits.checkpointEvery().toNanos();
        state = stateNow();
    }

    private static SegmentLog open(JournalSettings settings, JournalLimits limits, FolderLock lock) throws IOException {
        try {
            SigningKey key = SigningKey.in(settings.folder(), settings.origin());
            return SegmentLog.open(settings.folder(), key, limits.batchBytes());
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    String key() {
        return log.key();
    }

    /** What is to be said of how the folder was found. */
    Map<String, Object> found() {
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("records", log.size());
        found.put("key", log.key());
        if (log.cut() > 0) {
            found.put("cut_bytes", log.cut());
        }
        if (!log.damage().isEmpty()) {
            found.put("damage", String.join("; ", log.damage()));
        }
        return found;
    }

    /** Takes a record; {@code soon} if it is one that nobody wants to miss after a power cut. */
    void add(LineBuffer record, boolean soon) {
        urgent |= soon;
        if (!log.add(record.bytes(), 0, record.size())) {
            attempt(Step.WRITE, log::write);
            if (!log.add(record.bytes(), 0, record.size())) {
                lost++;
                lostSince = lostUntold++ == 0 ? clocks.epoch() : lostSince;
            }
        }
    }

    /** Writes, forces, signs, begins segments and deletes old ones, each when its time has come. */
    void settle(Speaker speaker) {
        long now = clocks.monotonic();
        boolean due = passed(wroteAt, limits.writeEvery(), now) || log.waitingBytes() > limits.batchBytes() / 4;
        if (log.waitingRecords() > 0 && (urgent || due)) {
            attempt(Step.WRITE, this::write);
        }
        if (lostUntold > 0 && failed != Step.WRITE) {
            tellLost(speaker);
            attempt(Step.WRITE, this::write);
        }
        if (log.unforced() && passed(forcedAt, forceAfter(), now)) {
            attempt(Step.FORCE, this::force);
        }
        if (log.unsigned() >= limits.checkpointRecords() || passed(signedAt, limits.checkpointEvery(), now)) {
            attempt(Step.SIGN, this::sign);
        }
        if (log.segmentBytes() >= segmentBytes) {
            attempt(Step.ROTATE, log::rotate);
            sweep(speaker, now);
        } else if (passed(swept, limits.checkpointEvery(), now)) {
            sweep(speaker, now);
        }
        state = stateNow();
    }

    private static boolean passed(long since, Duration time, long now) {
        return now - since >= time.toNanos();
    }

    private void write() throws IOException {
        long before = log.segmentBytes();
        log.write();
        written += log.segmentBytes() - before;
        wroteAt = clocks.monotonic();
    }

    /** On a slow disk less often, so that most of the thread's time is left for records. */
    private Duration forceAfter() {
        Duration idle = Duration.ofNanos(forceTook * IDLE_FOR_FORCE);
        Duration soon = idle.compareTo(limits.forceSoon()) > 0 ? idle : limits.forceSoon();
        return urgent && soon.compareTo(limits.forceEvery()) < 0 ? soon : limits.forceEvery();
    }

    private void force() throws IOException {
        long began = clocks.monotonic();
        log.force();
        forcedAt = clocks.monotonic();
        forceTook = forcedAt - began;
        urgent = false;
    }

    private void sign() throws IOException {
        signedAt = clocks.monotonic();
        log.checkpoint();
    }

    private interface Work {
        void run() throws IOException;
    }

    /** Leaves a disk that took nothing alone for a while. */
    private void attempt(Step step, Work work) {
        long now = clocks.monotonic();
        boolean inTheWay = failed == step || failed == Step.WRITE;
        if (inTheWay && !passed(failedAt, limits.retryEvery(), now)) {
            return;
        }
        try {
            work.run();
            if (inTheWay) {
                failed = null;
                failure = null;
            }
        } catch (IOException e) {
            failed = step;
            failure = "the journal in `" + settings.folder() + "` cannot be written: " + e.getMessage();
            failedAt = now;
        }
    }

    private void tellLost(Speaker speaker) {
        long count = lostUntold;
        lostUntold = 0;
        speaker.say("journal.lost", Map.of("records", count, "since_nanos", lostSince));
    }

    /** A deletion is said before it is done; only where the disk is full it comes first, since it makes the room. */
    private void sweep(Speaker speaker, long now) {
        swept = now;
        try {
            List<Segment> all = Segment.in(settings.folder());
            List<Segment> surplus = new ArrayList<>(retention.surplus(all, clocks.instant()));
            if (surplus.isEmpty()) {
                return;
            }
            long next = all.get(surplus.size()).first();
            Map<String, Object> said = new LinkedHashMap<>();
            said.put("records_from", surplus.getFirst().first());
            said.put("records_before", next);
            said.put("segments", surplus.size());
            speaker.say(RETENTION, said);
            attempt(Step.WRITE, this::write);
            attempt(Step.FORCE, this::force);
            for (Segment segment : surplus) {
                Retention.delete(segment);
            }
        } catch (IOException e) {
            failed = Step.ROTATE;
            failure = "old segments in `" + settings.folder() + "` cannot be deleted: " + e.getMessage();
            failedAt = now;
        }
    }

    /** Writes and signs all that waits. */
    void checkpoint() {
        attempt(Step.WRITE, this::write);
        attempt(Step.SIGN, this::sign);
        state = stateNow();
    }

    void close() {
        if (!closed) {
            closed = true;
            failed = null; // once more, whenever it was tried last
            failure = null;
            attempt(Step.WRITE, this::write);
            attempt(Step.SIGN, log::close);
            attempt(Step.SIGN, lock::close);
            state = stateNow();
        }
    }

    private JournalState stateNow() {
        String damage = log.damage().isEmpty() ? null : String.join("; ", log.damage());
        return new JournalState(log.size(), written, log.waitingRecords(), lost, failure != null ? failure : damage,
                log.size() - log.unsigned(), 0);
    }

    JournalState state() {
        return state;
    }
}
