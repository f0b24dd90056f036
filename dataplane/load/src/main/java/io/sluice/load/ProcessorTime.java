package io.sluice.load;

import io.sluice.load.Row.Target;
import io.sluice.load.gen.LoadCounts;
import io.sluice.load.gen.LoadPlan;
import io.sluice.load.rig.Chain;
import io.sluice.load.rig.Firewall;
import io.sluice.load.rig.ProcessFigures;
import io.sluice.load.rig.Rig;
import io.sluice.load.rig.RigException;
import java.util.List;

/** Processor time of the whole firewall for each frame, at a fixed rate: 50 requests at once every millisecond, answered. */
record ProcessorTime(String name, LoadPlan plan, double mostMicroseconds) implements Measurement {
    private static final int EXCHANGES_PER_SECOND = 50_000;
    /** A round that gets less than this through was not at that rate. */
    private static final double LEAST_FRAMES_PER_SECOND = 0.95 * 2 * EXCHANGES_PER_SECOND;

    @Override
    public List<Row> measure(BenchOptions options) throws RigException {
        try (Rig rig = Rig.forGenerator()) {
            Chain sluice = rig.chain("sluice");
            try (Firewall firewall = Firewall.start(options.firewall(), sluice, List.of())) {
                Load load = new Load(rig, plan);
                load.open(sluice);
                load.run(sluice, options.round(), 0); // warm-up
                long used = 0;
                long frames = 0;
                double most = 0;
                for (int i = 0; i < options.rounds(); i++) {
                    long before = ProcessFigures.processorNanos(firewall.pid());
                    LoadCounts counts = load.run(sluice, options.round(), EXCHANGES_PER_SECOND);
                    most = Math.max(most, counts.framesPerSecond());
                    if (counts.framesPerSecond() >= LEAST_FRAMES_PER_SECOND) {
                        used += ProcessFigures.processorNanos(firewall.pid()) - before;
                        frames += counts.arrived();
                    }
                }
                if (frames == 0) {
                    throw new RigException("of 100 kpps only %s came through".formatted(
                            Unit.KPPS.format(most / 1000)));
                }
                // Of all rounds together: the kernel counts in ticks of 10 ms.
                return List.of(Row.of(name, "processor time per frame at 100 kpps, 50 requests each millisecond",
                        Unit.MICROSECONDS, used / 1000.0 / frames).to(Target.atMost(mostMicroseconds)));
            }
        }
    }
}
