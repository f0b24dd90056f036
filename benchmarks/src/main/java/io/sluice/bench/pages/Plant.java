package io.sluice.bench.pages;

import io.sluice.load.peer.PollServer;
import io.sluice.load.rig.Asked;
import io.sluice.load.rig.Chain;
import io.sluice.load.rig.Processors;
import io.sluice.load.rig.Programs;
import io.sluice.load.rig.Rig;
import io.sluice.load.rig.RigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Panels, a controller and {@code sluice inline} between them, in network namespaces; every message goes on record. */
final class Plant implements AutoCloseable {
    private static final String PORT = "502";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String POLICY = """
            policy: bench
            mode: enforce
            zones:
              plant: {ports: [plant]}
              cell:  {ports: [cell]}
            conduits:
              polls:
                from: plant
                to: cell
                protocol: modbus
                allow:
                  - {id: b1, do: read, unit: 1, space: holding}
            """;

    private final Rig rig;
    private final Chain chain;
    private final Asked firewall;
    private final Asked panel;

    private Plant(Rig rig, Chain chain, Asked firewall, Asked panel) {
        this.rig = rig;
        this.chain = chain;
        this.firewall = firewall;
        this.panel = panel;
    }

    /**
     * Starts everything.
     *
     * @param launcher {@code ./sluice}
     * @param folder of the firewall: its settings, its data, its socket
     */
    static Plant start(Path launcher, Path folder) throws RigException, IOException {
        Files.writeString(folder.resolve("policy.yaml"), POLICY);
        // The records that are there already may be of any time.
        Path settings = Files.writeString(folder.resolve("sluice.yaml"), """
                ports:
                  plant: {interface: %s}
                  cell: {interface: %s}
                policy: policy.yaml
                data: data
                control: {socket: control.sock}
                clock: {require_sync: false}
                journal: {detail: all, keep: 3650d, share: 90%%}
                """.formatted(Chain.CLIENT_SIDE, Chain.SERVER_SIDE));
        Rig rig = Rig.forSockets(false);
        try {
            Chain chain = rig.chain("sluice");
            Asked firewall = chain.device(List.of(launcher.toString(), "inline", "--config", settings.toString()));
            rig.servers().start("the controller", Processors.ofLoad(), Programs.of(PollServer.class, PORT))
                    .awaitReady();
            Asked panel = rig.clients().start("the panels", Processors.ofLoad(), Programs.of(Panel.class)).awaitReady();
            return new Plant(rig, chain, firewall, panel);
        } catch (RigException e) {
            rig.close();
            throw e;
        }
    }

    /**
     * Lets messages come for a time; a read and its answer are two.
     *
     * @return what came of it, in words, at the end
     */
    CompletableFuture<String> messages(Duration time, long perSecond) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                String[] counts = panel.ask(time.plus(PATIENCE), "poll %s %s %d %d".formatted(chain.serverAddress(),
                        PORT, time.toMillis(), perSecond / 2)).getFirst().split(" ", -1);
                return "%.0f messages/s for %d s, %s writes refused".formatted(
                        2.0 * Long.parseLong(counts[0]) / time.toSeconds(), time.toSeconds(), counts[1]);
            } catch (RigException e) {
                throw new CompletionException(e);
            }
        });
    }

    long firewall() {
        return firewall.pid();
    }

    @Override
    public void close() {
        firewall.end();
        rig.close();
    }
}
