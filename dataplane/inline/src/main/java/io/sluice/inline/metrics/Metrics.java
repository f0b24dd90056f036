package io.sluice.inline.metrics;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sluice.inline.Counters;
import io.sluice.inline.DataplaneStatus;
import io.sluice.inline.JournalHealth;

/** Everything that is counted, as Prometheus reads it. Snapshots are taken when the text is asked for, and at no other time. */
public final class Metrics implements AutoCloseable {
    private final Sources sources;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Series series = new Series(registry);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Interference interference = new Interference();

    /** Where numbers come from; asked on the thread that asks for the text. */
    public interface Sources {
        Counters counters();

        DataplaneStatus status();

        JournalHealth journal();

        /** Connections to the control socket that were refused. */
        long refusedPeers();
    }

    public Metrics(Sources sources) {
        this.sources = sources;
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    /** Prometheus' text format 0.0.4. */
    public synchronized String text() {
        Counters counters = sources.counters();
        counters.ports().forEach(this::port);
        counters.verdicts().forEach(v -> series.count("sluice.messages", "Messages judged", v.messages(), "conduit",
                v.conduit(), "reason", v.reason(), "verdict", v.allowed() ? "allow" : "deny", "enforced",
                Boolean.toString(v.enforced())));
        counters.drops().forEach(d -> series.count("sluice.dropped.frames",
                "Frames not passed on for another reason than a verdict", d.frames(), "cause", d.cause()));
        counters.rings().forEach(r -> {
            series.gauge("sluice.ring.taken", "Slots of a ring that are taken", r.taken(), "ring", r.name());
            series.gauge("sluice.ring.size", "Slots of a ring", r.size(), "ring", r.name());
        });
        counters.latencies().forEach(latency -> LatencySeries.show(latency, series));
        flows(counters.flows());
        status(sources.status());
        events(counters.events(), sources.journal());
        series.count("sluice.packet.thread.allocated.bytes",
                "Allocated by packet threads, which allocate for no packet",
                interference.allocatedByPacketThreads());
        series.gauge("sluice.longest.pause.seconds", "The longest garbage collection so far",
                interference.longestPauseSeconds());
        series.count("sluice.control.refused", "Connections to the control socket refused because of who made them",
                sources.refusedPeers());
        return registry.scrape();
    }

    private void port(Counters.Port p) {
        String frames = "sluice.port.frames";
        String bytes = "sluice.port.bytes";
        series.count(frames, "Frames of a port", p.received(), "port", p.name(), "direction", "in");
        series.count(frames, "Frames of a port", p.sent(), "port", p.name(), "direction", "out");
        series.count(bytes, "Bytes of a port", p.receivedBytes(), "port", p.name(), "direction", "in");
        series.count(bytes, "Bytes of a port", p.sentBytes(), "port", p.name(), "direction", "out");
        String lost = "sluice.port.lost.frames";
        String what = "Frames that a port lost";
        series.count(lost, what, p.ringFull(), "port", p.name(), "cause", "ring-full");
        series.count(lost, what, p.truncated(), "port", p.name(), "cause", "truncated");
        series.count(lost, what, p.notSent(), "port", p.name(), "cause", "not-sent");
    }

    private void flows(Counters.Flows f) {
        series.gauge("sluice.flows", "Connections remembered now", f.live());
        String what = "Connections by what became of them";
        series.count("sluice.flow.changes", what, f.opened(), "change", "opened");
        series.count("sluice.flow.changes", what, f.ended(), "change", "ended");
        series.count("sluice.flow.changes", what, f.reset(), "change", "reset");
        series.count("sluice.flow.changes", what, f.refused(), "change", "refused");
    }

    private void status(DataplaneStatus s) {
        s.ports().forEach(p -> series.gauge("sluice.port.up", "1 while a port has a link",
                p.link() == DataplaneStatus.Link.UP ? 1 : 0, "port", p.name(), "interface", p.interfaceName()));
        series.gauge("sluice.flows.limit", "Connections that can be remembered", s.flowLimit());
        series.gauge("sluice.buffers.bytes", "Memory for streams and fragments in use", s.bufferBytes());
        series.gauge("sluice.buffers.limit.bytes", "The most of it", s.bufferLimit());
        series.gauge("sluice.clock.trusted", "1 while rules with a window can be decided", s.clock().trusted() ? 1 : 0);
    }

    private void events(Counters.Events events, JournalHealth journal) {
        series.count("sluice.events", "Events that left the packet threads", events.published());
        series.count("sluice.events.lost", "Events that found the ring full", events.lost());
        series.count("sluice.journal.entries", "Entries of the journal", journal.entries());
        series.count("sluice.journal.bytes", "Bytes of the journal", journal.bytes());
        series.count("sluice.journal.lost", "Entries that could not be written", journal.lost());
        series.count("sluice.journal.repeats", "Refusals like others, counted instead of written", journal.repeats());
        series.gauge("sluice.journal.trouble", "1 while something is wrong with the journal",
                journal.trouble().isPresent() ? 1 : 0);
    }

    @Override
    public void close() {
        collections.close();
        interference.close();
        registry.close();
    }
}
