package io.sluice.load;

import io.sluice.control.ControlClient;
import io.sluice.control.ControlException;
import io.sluice.control.v1.EventsRequest;
import io.sluice.control.v1.StatisticsRequest;
import io.sluice.load.Row.Target;
import io.sluice.load.gen.LoadCounts;
import io.sluice.load.gen.LoadPlan;
import io.sluice.load.rig.Chain;
import io.sluice.load.rig.Firewall;
import io.sluice.load.rig.Rig;
import io.sluice.load.rig.RigException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What packet threads allocate under load while somebody listens to events, and the process's longest pause. */
record Allocation(String name, LoadPlan plan) implements Measurement {
    private static final String ALLOCATED = "sluice_packet_thread_allocated_bytes_total";
    private static final String PAUSE = "sluice_longest_pause_seconds";

    @Override
    public List<Row> measure(BenchOptions options) throws RigException {
        try (Rig rig = Rig.forGenerator()) {
            Chain sluice = rig.chain("sluice");
            try (Firewall firewall = Firewall.start(options.firewall(), sluice, List.of());
                    ControlClient listener = firewall.control();
                    ControlClient asking = firewall.control()) {
                AtomicLong events = listen(listener);
                Load load = new Load(rig, plan);
                load.open(sluice);
                load.run(sluice, options.round(), 0); // warm-up
                double before = Metrics.sum(text(asking), ALLOCATED);
                LoadCounts counts = load.run(sluice, options.minute(), 0);
                String after = text(asking);
                String during = "%s, %d events heard".formatted(Unit.KPPS.format(counts.framesPerSecond() / 1000),
                        events.get());
                return List.of(
                        Row.of(name, "allocated by packet threads in %d s of load, event stream attached"
                                .formatted(options.minute().toSeconds()), Unit.BYTES,
                                Metrics.sum(after, ALLOCATED) - before).to(Target.atMost(0)).noting(during),
                        Row.of(name, "longest pause of the process", Unit.MILLISECONDS,
                                Metrics.sum(after, PAUSE) * 1000));
            }
        }
    }

    private static AtomicLong listen(ControlClient client) {
        AtomicLong heard = new AtomicLong();
        Thread.ofVirtual().start(() -> {
            try {
                client.events(EventsRequest.getDefaultInstance(), event -> heard.incrementAndGet() > 0);
            } catch (ControlException e) {
                heard.set(0); // told in the row: nothing was heard
            }
        });
        return heard;
    }

    private static String text(ControlClient client) throws RigException {
        try {
            return client.call(c -> c.statistics(StatisticsRequest.getDefaultInstance())).getPrometheus();
        } catch (ControlException e) {
            throw new RigException(String.valueOf(e.getMessage()));
        }
    }
}
