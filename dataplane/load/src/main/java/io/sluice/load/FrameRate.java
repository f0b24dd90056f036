package io.sluice.load;

import io.sluice.load.Row.Target;
import io.sluice.load.gen.LoadCounts;
import io.sluice.load.gen.LoadPlan;
import io.sluice.load.rig.Chain;
import io.sluice.load.rig.Firewall;
import io.sluice.load.rig.Rig;
import io.sluice.load.rig.RigException;
import java.util.Comparator;
import java.util.List;

/** Frames per second of a closed loop, both directions added, beside the kernel's bridge. */
record FrameRate(String name, String what, LoadPlan plan, double leastRatio) implements Measurement {
    @Override
    public List<Row> measure(BenchOptions options) throws RigException {
        try (Rig rig = Rig.forGenerator()) {
            Chain bridge = rig.chain("the kernel's bridge");
            bridge.bridge();
            Chain sluice = rig.chain("sluice");
            try (Firewall _ = Firewall.start(options.firewall(), sluice, List.of())) {
                Load load = new Load(rig, plan);
                load.open(bridge);
                load.open(sluice);
                List<List<LoadCounts>> results = new Turns(options, false).take(List.of(sluice, bridge),
                        chain -> load.run(chain, options.round(), 0));
                return List.of(row(best(results.get(0)), best(results.get(1)), results.get(0)));
            }
        }
    }

    private Row row(LoadCounts sluice, LoadCounts bridge, List<LoadCounts> all) {
        return Row.of(name, what, Unit.KPPS, sluice.framesPerSecond() / 1000)
                .against("kernel bridge", bridge.framesPerSecond() / 1000)
                .to(Target.atLeast(leastRatio))
                .noting(all.stream().allMatch(LoadCounts::isClean) ? "" : trouble(all));
    }

    private static LoadCounts best(List<LoadCounts> rounds) {
        return rounds.stream().max(Comparator.comparingDouble(LoadCounts::framesPerSecond)).orElseThrow();
    }

    private static String trouble(List<LoadCounts> rounds) {
        return "%d frames lost, %d requests repeated, %d out of turn, %d altered, %d not taken by the generator"
                .formatted(
                        // Below zero where some of the warm-up were still to come.
                        Math.max(0, rounds.stream().mapToLong(LoadCounts::lost).sum()),
                        rounds.stream().mapToLong(LoadCounts::repeated).sum(),
                        rounds.stream().mapToLong(LoadCounts::outOfTurn).sum(),
                        rounds.stream().mapToLong(LoadCounts::altered).sum(),
                        rounds.stream().mapToLong(LoadCounts::notTaken).sum());
    }
}
