package io.sluice.inline.pipeline;

import io.sluice.capture.port.PortCounters;
import io.sluice.engine.Anomaly;
import io.sluice.engine.Reason;
import io.sluice.inline.Counters;
import io.sluice.inline.event.EventRing;
import io.sluice.inline.event.VerdictTallies;
import io.sluice.inline.pipeline.PortTallies.Counter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Adds up what the threads of a pipeline count; sums outlive policies and interfaces. Any thread, one at a time. */
final class CounterBook {
    private final List<LivePort> ports;
    private final Pipeline pipeline;
    private final List<EventRing> rings;
    /** Verdicts under policies that are not in force any more. */
    private final Map<VerdictTallies.Key, Long> earlier = new HashMap<>();

    CounterBook(List<LivePort> ports, Pipeline pipeline, List<EventRing> rings) {
        this.ports = List.copyOf(ports);
        this.pipeline = pipeline;
        this.rings = List.copyOf(rings);
    }

    /** Keeps what was counted under a policy that nobody judges by any more. */
    synchronized void keep(VerdictTallies counted) {
        counted.addTo(earlier);
    }

    synchronized Counters read() {
        return new Counters(ports.stream().map(this::port).toList(), verdicts(), drops(), rings(), flows(), events(),
                latencies());
    }

    private Counters.Port port(LivePort port) {
        PortCounters kernel = port.counters();
        long sent = sum(port, Counter.FRAMES_OUT);
        long lost = pipeline.judges().stream().mapToLong(j -> j.lost(port.number())).sum();
        return new Counters.Port(port.name(), received(port, Counter.FRAMES_IN), received(port, Counter.BYTES_IN),
                sent - lost, sum(port, Counter.BYTES_OUT), kernel.ringFull(), kernel.truncated(), lost);
    }

    private long received(LivePort port, Counter counter) {
        return pipeline.received().get(port.number(), counter);
    }

    private long sum(LivePort port, Counter counter) {
        return pipeline.judges().stream().mapToLong(j -> j.tallies().get(port.number(), counter)).sum();
    }

    private List<Counters.Verdicts> verdicts() {
        Map<VerdictTallies.Key, Long> sums = new HashMap<>(earlier);
        pipeline.judges().forEach(j -> j.sink().verdicts().addTo(sums));
        return sums.entrySet().stream().map(e -> new Counters.Verdicts(e.getKey().conduit(), e.getKey().reason().word(),
                e.getKey().reason() == Reason.ALLOWED, e.getKey().enforced(), e.getValue())).toList();
    }

    /** Frames that did not go on for another reason than a verdict on a message. */
    private List<Counters.Drops> drops() {
        Map<String, Long> sums = new LinkedHashMap<>();
        for (Anomaly anomaly : Anomaly.values()) {
            if (anomaly.blocks()) {
                sums.put(anomaly.word(), pipeline.judges().stream()
                        .mapToLong(j -> j.sink().dropped().get(anomaly.ordinal())).sum());
            }
        }
        for (LivePort port : ports) {
            sums.merge("unknown-destination", sum(port, Counter.UNKNOWN_DESTINATION), Long::sum);
            sums.merge("without-zone", sum(port, Counter.WITHOUT_ZONE), Long::sum);
            sums.merge("station-moved", received(port, Counter.STATION_MOVED), Long::sum);
            sums.merge("worker-overload", received(port, Counter.OVERLOAD), Long::sum);
        }
        return sums.entrySet().stream().map(e -> new Counters.Drops(e.getKey(), e.getValue())).toList();
    }

    private List<Counters.Ring> rings() {
        List<Counters.Ring> all = new ArrayList<>(pipeline.rings());
        for (int i = 0; i < rings.size(); i++) {
            all.add(new Counters.Ring("events-" + i, rings.get(i).taken(), rings.get(i).size()));
        }
        return all;
    }

    private Counters.Flows flows() {
        long live = 0;
        long opened = 0;
        long ended = 0;
        long reset = 0;
        long refused = 0;
        for (Judge judge : pipeline.judges()) {
            live += judge.engine().flows();
            opened += judge.engine().opened();
            ended += judge.engine().opened() - judge.engine().flows();
            reset += judge.resets();
            refused += judge.sink().anomalies().get(Anomaly.FLOW_TABLE_FULL.ordinal());
        }
        return new Counters.Flows(live, opened, ended, reset, refused);
    }

    private Counters.Events events() {
        long published = rings.stream().mapToLong(EventRing::published).sum();
        return new Counters.Events(published, rings.stream().mapToLong(EventRing::lost).sum());
    }

    private List<Counters.Latency> latencies() {
        List<Counters.Latency> all = new ArrayList<>();
        for (LivePort from : ports) {
            for (LivePort to : ports) {
                Histogram sum = Latencies.empty();
                pipeline.judges().forEach(j -> j.latencies().addTo(from.number(), to.number(), sum));
                if (sum.getTotalCount() > 0) {
                    all.add(new Counters.Latency(from.name(), to.name(), sum));
                }
            }
        }
        return all;
    }
}
