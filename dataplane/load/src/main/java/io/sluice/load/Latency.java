package io.sluice.load;

import io.sluice.load.Row.Target;
import io.sluice.load.forward.PlainForwarder;
import io.sluice.load.peer.PollClient;
import io.sluice.load.peer.PollServer;
import io.sluice.load.rig.Asked;
import io.sluice.load.rig.Chain;
import io.sluice.load.rig.Firewall;
import io.sluice.load.rig.Processors;
import io.sluice.load.rig.Programs;
import io.sluice.load.rig.Rig;
import io.sluice.load.rig.RigException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a Modbus transaction of the kernel's TCP takes, one after the other on one connection, beside the same forwarder
 * with no inspection and the kernel's bridge.
 *
 * @param idle {@code adaptive} or {@code spin}, of firewall and forwarder
 */
record Latency(String name, String idle) implements Measurement {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PORT = "502";
    private static final List<String> PERCENTILES = List.of("p50", "p99", "p99.9");
    /** Of the plain forwarder's figure. */
    private static final List<Double> MOST = List.of(1.15, 1.25, 1.5);

    @Override
    public List<Row> measure(BenchOptions options) throws RigException {
        try (Rig rig = Rig.forSockets(false)) {
            Chain sluice = rig.chain("sluice");
            Chain plain = rig.chain("the plain forwarder");
            Chain bridge = rig.chain("the kernel's bridge");
            bridge.bridge();
            plain.device(Programs.of(PlainForwarder.class, Chain.CLIENT_SIDE, Chain.SERVER_SIDE, idle));
            try (Firewall _ = Firewall.start(options.firewall(), sluice, List.of("idle: " + idle))) {
                rig.servers().start("the server", Processors.ofLoad(), Programs.of(PollServer.class, PORT))
                        .awaitReady();
                Asked client = rig.clients().start("the client", Processors.ofLoad(), Programs.of(PollClient.class))
                        .awaitReady();
                List<List<double[]>> results = new Turns(options, idle.equals("spin")).take(
                        List.of(sluice, plain, bridge), chain -> percentiles(client, chain, options.round()));
                return rows(results.stream().map(Latency::best).toList());
            }
        }
    }

    private List<Row> rows(List<double[]> best) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < PERCENTILES.size(); i++) {
            String what = "Modbus transaction, idle: %s, %s".formatted(idle, PERCENTILES.get(i));
            Row row = Row.of(name, what, Unit.MICROSECONDS, best.get(0)[i]);
            rows.add(row.against("no inspection", best.get(1)[i]).to(Target.atMost(MOST.get(i))));
            rows.add(row.against("kernel bridge", best.get(2)[i]));
        }
        return rows;
    }

    private static double[] percentiles(Asked client, Chain chain, Duration time) throws RigException {
        String[] answer = client.ask(time.plus(PATIENCE), "poll %s %s %d".formatted(chain.serverAddress(), PORT,
                time.toMillis())).getFirst().split(" ", -1);
        double[] microseconds = new double[PERCENTILES.size()];
        for (int i = 0; i < microseconds.length; i++) {
            microseconds[i] = Long.parseLong(answer[i + 1]) / 1000.0;
        }
        return microseconds;
    }

    /** Each percentile's shortest of all rounds. */
    private static double[] best(List<double[]> rounds) {
        double[] best = rounds.getFirst().clone();
        for (double[] round : rounds) {
            for (int i = 0; i < best.length; i++) {
                best[i] = Math.min(best[i], round[i]);
            }
        }
        return best;
    }
}
