package io.sluice.load;

import io.sluice.load.Row.Target;
import io.sluice.load.forward.PlainForwarder;
import io.sluice.load.gen.LoadCounts;
import io.sluice.load.gen.LoadPlan;
import io.sluice.load.rig.Chain;
import io.sluice.load.rig.Firewall;
import io.sluice.load.rig.Programs;
import io.sluice.load.rig.Rig;
import io.sluice.load.rig.RigException;
import java.util.Comparator;
import java.util.List;

/**
 * Frames per second of a closed loop, both directions added, beside the kernel's bridge and the same forwarder with no
 * inspection, which tells what receiving and sending alone allow.
 */
record FrameRate(String name, String what, LoadPlan plan, double leastRatio) implements Measurement {
    @Override
    public List<Row> measure(BenchOptions options) throws RigException {
        try (Rig rig = Rig.forGenerator()) {
            Chain bridge = rig.chain("the kernel's bridge");
            bridge.bridge();
            Chain plain = rig.chain("the plain forwarder");
            plain.device(Programs.of(PlainForwarder.class, Chain.CLIENT_SIDE, Chain.SERVER_SIDE, "adaptive"));
            Chain sluice = rig.chain("sluice");
            try (Firewall _ = Firewall.start(options.firewall(), sluice, List.of())) {
                Load load = new Load(rig, plan);
                load.open(bridge);
                load.open(plain);
                load.open(sluice);
                List<List<LoadCounts>> results = new Turns(options, false).take(List.of(sluice, bridge, plain),
                        chain -> load.run(chain, options.round(), 0));
                return rows(results.stream().map(FrameRate::best).toList(), results.getFirst());
            }
        }
    }

    private List<Row> rows(List<LoadCounts> best, List<LoadCounts> all) {
        Row row = Row.of(name, what, Unit.KPPS, best.get(0).framesPerSecond() / 1000);
        return List.of(
                row.against("kernel bridge", best.get(1).framesPerSecond() / 1000)
                        .to(Target.atLeast(leastRatio))
                        .noting(all.stream().allMatch(LoadCounts::isClean) ? "" : trouble(all)),
                row.against("no inspection", best.get(2).framesPerSecond() / 1000));
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
