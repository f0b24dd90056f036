package io.sluice.inline.event;

import io.sluice.engine.Flow;
import io.sluice.journal.Circumstances;
import io.sluice.journal.Journal;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.Grant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gives events to the journal, whose methods are for one thread: that of the {@link EventReader}. */
public final class JournalFeed implements EventReader.Handler {
    private static final long STATS_NANOS = 60_000_000_000L;

    private final Journal journal;
    private final List<Port> ports;
    private final ConcurrentLinkedQueue<Runnable> errands = new ConcurrentLinkedQueue<>();
    private final Map<Key, Circumstances> known = new HashMap<>();
    private volatile Supplier<Map<String, ?>> stats = Map::of;
    private @Nullable CompiledPolicy policy;
    private long statsAt = System.nanoTime();

    private record Key(int port, @Nullable String person, @Nullable String grant) {}

    /**
     * What the journal says of a port.
     *
     * @param carries false: it mirrors, so whatever is said of its frames, none is stopped
     */
    public record Port(String name, boolean carries) {}

    /** @param ports by number */
    public JournalFeed(Journal journal, List<Port> ports) {
        this.journal = journal;
        this.ports = List.copyOf(ports);
    }

    /** What is written once a minute. */
    public void stats(Supplier<Map<String, ?>> counters) {
        stats = counters;
    }

    /** Has something written that does not come from packets. Any thread; written with the next batch. */
    public void management(String type, Map<String, String> fields) {
        Map<String, String> copy = Map.copyOf(fields);
        errands.add(() -> journal.management(type, copy));
    }

    @Override
    public void event(Event event) {
        Circumstances circumstances = circumstances(event);
        switch (event.kind()) {
            case MESSAGE -> journal.message(event.message(), circumstances);
            case PLAIN -> journal.plain(flow(event), circumstances, event.nanos());
            case ANOMALY ->
                journal.anomaly(event.anomaly(), event.packet(), event.flow(), event.enforced(), circumstances,
                        event.nanos());
            case LIVES -> journal.lives(flow(event), event.reads(), circumstances, event.nanos());
            case ENDED -> journal.ended(flow(event), event.reads(), circumstances, event.nanos());
        }
    }

    private static Flow flow(Event event) {
        return Objects.requireNonNull(event.flow());
    }

    private Circumstances circumstances(Event event) {
        if (!event.policy().equals(policy)) {
            policy = event.policy();
            known.clear();
        }
        Flow flow = event.flow();
        Grant grant = flow == null ? null : flow.grant();
        Key key = grant == null
                ? new Key(event.port(), null, null)
                : new Key(event.port(), grant.person(), grant.id());
        return known.computeIfAbsent(key, k -> {
            Port port = ports.get(k.port());
            return new Circumstances(event.policy(), port.name(), port.carries(), k.person(), k.grant());
        });
    }

    @Override
    public void endOfBatch() {
        for (Runnable errand = errands.poll(); errand != null; errand = errands.poll()) {
            errand.run();
        }
        long now = System.nanoTime();
        if (now - statsAt > STATS_NANOS) {
            statsAt = now;
            journal.stats(stats.get());
        }
        journal.endOfBatch();
    }
}
