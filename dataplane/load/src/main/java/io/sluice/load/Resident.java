package io.sluice.load;

import io.sluice.load.Row.Target;
import io.sluice.load.gen.LoadPlan;
import io.sluice.load.rig.Chain;
import io.sluice.load.rig.Firewall;
import io.sluice.load.rig.ProcessFigures;
import io.sluice.load.rig.Rig;
import io.sluice.load.rig.RigException;
import java.util.List;
import java.util.Optional;

/**
 * Memory of the whole firewall after a while of load on many flows.
 *
 * @param offloads {@code off} or {@code kernel}
 */
record Resident(String name, String offloads, LoadPlan plan, Optional<Double> mostMebibytes) implements Measurement {
    @Override
    public List<Row> measure(BenchOptions options) throws RigException {
        try (Rig rig = Rig.forGenerator()) {
            Chain sluice = rig.chain("sluice");
            try (Firewall firewall = Firewall.start(options.firewall(), sluice, List.of("offloads: " + offloads))) {
                Load load = new Load(rig, plan);
                load.open(sluice);
                for (int i = 0; i < options.rounds(); i++) {
                    load.run(sluice, options.round(), 0);
                }
                Row row = Row.of(name, "memory (RSS) with %d flows, offloads: %s".formatted(plan.flows(), offloads),
                        Unit.MEBIBYTES, ProcessFigures.residentBytes(firewall.pid()) / (double) (1 << 20));
                return List.of(mostMebibytes.map(most -> row.to(Target.atMost(most))).orElse(row));
            }
        }
    }
}
