package io.sluice.journal;

import io.sluice.engine.Anomaly;
import io.sluice.engine.Flow;
import io.sluice.engine.MessageEvent;
import io.sluice.engine.Packet;
import io.sluice.engine.Reason;
import io.sluice.journal.JournalSettings.Detail;
import io.sluice.rules.policy.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What happened, written down so that nobody can change it unnoticed. All methods are for one thread, which calls
 * {@link #endOfBatch} after each run of events and at least once in a second; {@link #state} and {@link #listen} are for any.
 * No method throws for what the disk does: see {@link JournalState}.
 */
public final class Journal implements AutoCloseable {
    /** How the types of what the journal says about itself begin. */
    static final String OWN = "journal.";

    private final JournalSettings settings;
    private final JournalLimits limits;
    private final Clocks clocks;
    private final JournalDisk disk;
    private final EveWriter eve = new EveWriter();
    private final Writes writes = new Writes();
    private final FlowCounts flows;
    private final Drops drops;
    private final Repeats repeats;
    private final Introductions introductions = new Introductions();
    private final List<JournalListener> listeners = new CopyOnWriteArrayList<>();
    private long interimAt;

    Journal(JournalSettings settings, JournalLimits limits, Clocks clocks) throws IOException {
        Files.createDirectories(settings.folder());
        this.settings = settings;
        this.limits = limits;
        this.clocks = clocks;
        flows = new FlowCounts(limits.flows());
        drops = new Drops(limits.dropsPerSecond());
        repeats = new Repeats(limits);
        interimAt = clocks.monotonic();
        disk = new JournalDisk(settings, limits, clocks);
        say("journal.opened", disk.found());
        disk.checkpoint();
    }

    /** Goes on with the journal of the folder, or begins one; an exception says why that cannot be, in a sentence. */
    public static Journal open(JournalSettings settings) throws IOException {
        return new Journal(settings, JournalLimits.DEFAULT, Clocks.SYSTEM);
    }

    /**
     * A message was judged. Attempts to change a device are told one by one, allowed or refused, and what an end says that it
     * is once a day; other refusals are as long
     * as {@link JournalLimits#alike} of them do not say the same.
     */
    public void message(MessageEvent e, Circumstances c) {
        if (e.part() && e.allowed()) {
            return; // the verdict falls with the message's last piece
        }
        boolean write = writes.in(e);
        count(e.flow(), c).message(e, write, c);
        boolean refused = !e.allowed() && e.reason() != Reason.ANSWER_TO_REFUSED;
        boolean each = write || settings.detail() == Detail.ALL || introductions.isNew(e, clocks.monotonic());
        boolean alert = refused || e.notices() != 0;
        if (each || (alert && repeats.mayTell(Likeness.of(e, c), c, clocks.monotonic(), e.nanos()))) {
            keep(eve.message(e, c, refused || write ? settings.bytes() : 0), refused || write);
        }
    }

    /** A flow that is not inspected was allowed or refused. Allowed ones get their record when they end. */
    public void plain(Flow flow, Circumstances c, long nanos) {
        boolean enforced = refused(flow) && stopped(flow, c, nanos);
        if (refused(flow) && repeats.mayTell(Likeness.of(flow, enforced, c), c, clocks.monotonic(), nanos)) {
            FlowCount count = count(flow, c);
            count.alerted = count.untold = true;
            count.blocked = enforced;
            keep(eve.plain(flow, c, nanos, enforced), true);
        }
    }

    private static boolean refused(Flow flow) {
        return flow.service() == null && !flow.plainAllowed();
    }

    private static boolean stopped(Flow plain, Circumstances c, long nanos) {
        return c.carried() && plain.relation().mode(nanos) == Mode.ENFORCE;
    }

    /**
     * Something is wrong with a frame. Of a flow the first of each kind gets a record, as long as there are not more than
     * {@link JournalLimits#alike} from one source, and all are counted; without a flow as many as
     * {@link JournalLimits#dropsPerSecond}, so that rubbish cannot wash the rest out of the journal.
     *
     * @param enforced the frame was dropped for it; else there is no record of its own
     */
    public void anomaly(Anomaly anomaly, Packet packet, @Nullable Flow flow, boolean enforced, Circumstances c,
            long nanos) {
        FlowCount count = flow == null ? null : count(flow, c);
        boolean first = count == null || count.anomaly(anomaly);
        if (!first || !anomaly.blocks() || !enforced) {
            return;
        }
        if (count == null
                ? drops.mayTell(anomaly, nanos)
                : repeats.mayTell(Likeness.of(anomaly, packet, c), c, clocks.monotonic(), nanos)) {
            keep(eve.drop(anomaly, packet, count, c, nanos), false);
        }
    }

    /** A flow goes on: its counters so far, for those whose messages are not told one by one. */
    public void lives(Flow flow, RuleReads reads, Circumstances c, long nanos) {
        if (refused(flow) && stopped(flow, c, nanos) && !toldOf(flows.find(flow))) {
            return;
        }
        FlowCount count = count(flow, c);
        count.totals(flow, reads, c);
        count.untold = false;
        keep(eve.flow(count, nanos, "established", null), false);
    }

    /** A flow is over. Of those that were refused and stopped as a whole, a record is for those that had an alert. */
    public void ended(Flow flow, RuleReads reads, Circumstances c, long nanos) {
        FlowCount count = flows.remove(flow);
        if (refused(flow) && stopped(flow, c, nanos) && !toldOf(count)) {
            return;
        }
        FlowCount last = count != null ? count : new FlowCount(FlowId.of(flow), flow, c);
        last.totals(flow, reads, c);
        keep(eve.flow(last, nanos, "closed", null), false);
    }

    private static boolean toldOf(@Nullable FlowCount count) {
        return count != null && count.alerted;
    }

    private FlowCount count(Flow flow, Circumstances c) {
        if (flows.full()) {
            tellFlows("established", "table-full");
            flows.clear();
        }
        return flows.of(flow, c);
    }

    /** Counters of whatever kind, in as many levels as the map has; numbers, flags, texts and maps of them. */
    public void stats(Map<String, ?> counters) {
        Map<String, Object> all = new LinkedHashMap<>(counters);
        JournalState now = disk.state();
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("records", now.records());
        own.put("bytes", now.bytes());
        own.put("lost", now.lost());
        own.put("flows", flows.size());
        own.put("untold_drops", drops.untold());
        own.put("repeats", repeats.untold());
        own.put("alarm", now.alarm());
        all.put("journal", own);
        keep(eve.stats(all, clocks.epoch()), false);
    }

    /** Something that people or management did. Nobody else can speak as the journal, whose words begin so. */
    public void management(String type, Map<String, String> fields) {
        say(type.startsWith(OWN) ? "other." + type : type, fields);
    }

    private void say(String type, Map<String, ?> fields) {
        keep(eve.management(type, fields, clocks.epoch()), true);
    }

    private void keep(LineBuffer record, boolean soon) {
        for (JournalListener listener : listeners) {
            listener.record(record.bytes(), 0, record.size());
        }
        disk.add(record, soon);
    }

    /** No more events for the moment: what is due is written, forced and signed. */
    public void endOfBatch() {
        long now = clocks.monotonic();
        if (now - interimAt >= limits.interimEvery().toNanos()) {
            interimAt = now;
            tellFlows("established", null);
        }
        repeats.settle(now, this::tellRepeat);
        disk.settle(this::say);
    }

    /** Flows of which something was counted since their last record. */
    private void tellFlows(String state, @Nullable String reason) {
        long now = clocks.epoch();
        flows.forEach(flow -> {
            if (flow.untold) {
                flow.untold = false;
                keep(eve.flow(flow, now, state, reason), false);
            }
        });
    }

    private void tellRepeat(Repeats.Repeat repeat) {
        keep(eve.repeat(repeat, clocks.epoch()), false);
    }

    /** Signs all that was said so far. */
    public void checkpoint() {
        disk.checkpoint();
    }

    /** Any thread. */
    public JournalState state() {
        JournalState now = disk.state();
        return new JournalState(now.records(), now.bytes(), now.waiting(), now.lost(), now.alarm(), now.signed(),
                repeats.untold());
    }

    /** The public key that checkpoints can be verified with. */
    public String key() {
        return disk.key();
    }

    /** From now on the listener hears every record, until what is returned is closed. Any thread. */
    public AutoCloseable listen(JournalListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Writes what was only counted so far, of repeats and of the flows that are still open, says that the journal ends, and signs it. */
    @Override
    public void close() {
        repeats.close(this::tellRepeat);
        tellFlows("established", "shutdown");
        say("journal.closed", Map.of("lost", disk.state().lost()));
        disk.close();
    }
}
