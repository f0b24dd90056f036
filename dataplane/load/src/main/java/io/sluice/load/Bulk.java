package io.sluice.load;

import io.sluice.load.Row.Target;
import io.sluice.load.peer.BulkReceiver;
import io.sluice.load.peer.BulkSender;
import io.sluice.load.rig.Asked;
import io.sluice.load.rig.Chain;
import io.sluice.load.rig.Firewall;
import io.sluice.load.rig.Processors;
import io.sluice.load.rig.Programs;
import io.sluice.load.rig.Rig;
import io.sluice.load.rig.RigException;
import java.time.Duration;
import java.util.List;

/** One connection of the kernel's TCP that sends as much as it can, through a rule for TCP, offloads left to the kernel. */
record Bulk(String name, double leastRatio) implements Measurement {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public List<Row> measure(BenchOptions options) throws RigException {
        try (Rig rig = Rig.forSockets(true)) {
            Chain bridge = rig.chain("the kernel's bridge");
            bridge.bridge();
            Chain sluice = rig.chain("sluice");
            String port = Integer.toString(Firewall.UNINSPECTED_PORT);
            try (Firewall _ = Firewall.start(options.firewall(), sluice, List.of("offloads: kernel"))) {
                rig.servers().start("the receiver", Processors.ofLoad(), Programs.of(BulkReceiver.class, port))
                        .awaitReady();
                Asked sender = rig.clients().start("the sender", Processors.ofLoad(), Programs.of(BulkSender.class))
                        .awaitReady();
                List<List<Double>> results = new Turns(options, false).take(List.of(sluice, bridge),
                        chain -> gigabits(sender, "send %s %s %d".formatted(chain.serverAddress(), port,
                                options.round().toMillis()), options.round()));
                return List.of(Row.of(name, "TCP bulk through a rule for TCP, offloads: kernel", Unit.GIGABITS,
                        best(results.get(0))).against("kernel bridge", best(results.get(1)))
                        .to(Target.atLeast(leastRatio)));
            }
        }
    }

    private static double gigabits(Asked sender, String question, Duration time) throws RigException {
        String[] answer = sender.ask(time.plus(PATIENCE), question).getFirst().split(" ", -1);
        return Double.parseDouble(answer[0]) * Byte.SIZE / Double.parseDouble(answer[1]);
    }

    private static double best(List<Double> rounds) {
        return rounds.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }
}
