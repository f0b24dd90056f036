package io.sluice.load;

import io.sluice.load.gen.Exchange;
import io.sluice.load.gen.LoadPlan;
import io.sluice.load.rig.Firewall;
import io.sluice.load.rig.Lab;
import io.sluice.load.rig.RigException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Measures the firewall on this machine. */
public final class Bench {
    private static final int MODBUS = 502;
    private static final int WINDOW = 256;
    /** What one connection has under way: fewer than a firewall remembers of unanswered requests. */
    private static final int PIPELINED = 48;

    private Bench() {}

    /** What can be measured, in the order in which it is. */
    public static List<String> names() {
        return all(0).stream().map(Measurement::name).toList();
    }

    /** Why nothing can be measured here, in a sentence; empty where it can. */
    public static Optional<String> unavailable() {
        return Lab.unavailable();
    }

    private static List<Measurement> all(long seed) {
        LoadPlan many = new LoadPlan(seed, 1000, 1, WINDOW, Exchange.SHORT, MODBUS);
        LoadPlan one = new LoadPlan(seed, 1, PIPELINED, PIPELINED, Exchange.SHORT, MODBUS);
        LoadPlan large = new LoadPlan(seed, 1000, 1, WINDOW, Exchange.LONG, MODBUS);
        LoadPlan uninspected = new LoadPlan(seed, 1000, 1, WINDOW, Exchange.SHORT, Firewall.UNINSPECTED_PORT);
        LoadPlan crowd = new LoadPlan(seed, 10_000, 1, WINDOW, Exchange.SHORT, MODBUS);
        return List.of(
                new FrameRate("modbus-1000", "inspected Modbus, 1000 flows, 66/83 bytes", many, 0.9),
                new FrameRate("modbus-1", "inspected Modbus, 1 flow, 66/83 bytes, 48 requests under way", one, 0.9),
                new FrameRate("modbus-1400", "inspected Modbus, 1000 flows, six requests and answers a frame, 126/1400"
                        + " bytes", large, 0.9),
                new FrameRate("l4", "TCP without inspection, 1000 flows, 66/83 bytes", uninspected, 1.0),
                new Bulk("bulk", 0.8),
                new Latency("latency", "adaptive"),
                new Latency("latency-spin", "spin"),
                new ProcessorTime("cpu", many, 1.2),
                new Resident("memory", "off", crowd, Optional.of(250.0)),
                new Resident("memory-kernel", "kernel", crowd, Optional.empty()),
                new Allocation("allocation", many));
    }

    /**
     * Measures.
     *
     * @param progress hears what is being measured
     */
    public static BenchReport run(BenchOptions options, Consumer<String> progress) {
        Machine machine = Machine.here();
        List<Row> rows = new ArrayList<>();
        List<BenchReport.Failure> failures = new ArrayList<>();
        for (Measurement measurement : all(options.seed())) {
            if (options.only().map(measurement.name()::equals).orElse(true)) {
                progress.accept("measuring " + measurement.name() + " …");
                try {
                    rows.addAll(measurement.measure(options));
                } catch (RigException e) {
                    failures.add(new BenchReport.Failure(measurement.name(), e.sentence()));
                }
            }
        }
        return new BenchReport(machine, options, rows, failures);
    }
}
