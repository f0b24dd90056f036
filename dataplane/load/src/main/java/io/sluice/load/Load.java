package io.sluice.load;

import io.sluice.load.gen.Generator;
import io.sluice.load.gen.LoadCounts;
import io.sluice.load.gen.LoadPlan;
import io.sluice.load.rig.Asked;
import io.sluice.load.rig.Chain;
import io.sluice.load.rig.Processors;
import io.sluice.load.rig.Programs;
import io.sluice.load.rig.Rig;
import io.sluice.load.rig.RigException;
import java.time.Duration;

/** The generator of a rig, and one plan for all of its chains. */
final class Load {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LoadPlan plan;
    private final Asked generator;

    Load(Rig rig, LoadPlan plan) throws RigException {
        this.plan = plan;
        generator = rig.clients().start("the load generator", Processors.ofLoad(),
                Programs.of(Generator.class, Processors.ofLoad())).awaitReady();
    }

    /** Opens all flows through a chain. */
    void open(Chain chain) throws RigException {
        String answer = generator.ask(PATIENCE, "chain %s %s %s %d %d %d %d %s %d".formatted(id(chain),
                chain.clientLink(), chain.serverLink(), plan.seed(), plan.flows(), plan.depth(), plan.window(),
                plan.exchange(), plan.serverPort())).getFirst();
        if (!answer.equals("opened " + plan.flows())) {
            throw new RigException("of %d connections through %s only %s could be opened".formatted(plan.flows(),
                    chain.name(), answer.replaceAll("[^0-9]", "")));
        }
    }

    /** @param exchangesPerSecond 0: as fast as answers come */
    LoadCounts run(Chain chain, Duration time, long exchangesPerSecond) throws RigException {
        LoadCounts counts = LoadCounts.parse(generator.ask(time.plus(PATIENCE), "run %s %d %d".formatted(id(chain),
                time.toMillis(), exchangesPerSecond)).getFirst());
        if (counts.arrived() == 0) {
            throw new RigException("nothing came through " + chain.name());
        }
        return counts;
    }

    private static String id(Chain chain) {
        return chain.clientLink();
    }
}
