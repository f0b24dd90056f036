package io.sluice.manage;

import io.sluice.engine.Grants.Outcome;
import io.sluice.inline.Counters;
import io.sluice.inline.Dataplane;
import io.sluice.inline.DataplaneStatus;
import io.sluice.inline.FlowBinding;
import io.sluice.inline.JournalHealth;
import io.sluice.inline.policy.FirstPolicy;
import io.sluice.inline.policy.PolicyLoader;
import io.sluice.inline.policy.PolicyStore;
import io.sluice.inline.service.ControlPlane;
import io.sluice.inline.service.EventFeed;
import io.sluice.inline.settings.Settings;
import io.sluice.inline.settings.SettingsReader;
import io.sluice.rules.CompiledGrant;
import io.sluice.rules.CompiledPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;

/** A firewall that can be given orders, over its real socket; only packets it has none. */
final class RunningFirewall implements AutoCloseable {
    /** Names of the policies that came to judge. */
    final List<String> judged = new CopyOnWriteArrayList<>();
    /** What management wrote into the journal, such as {@code login anna}. */
    final List<String> journal = new CopyOnWriteArrayList<>();
    final List<EventFeed.Listener> listeners = new CopyOnWriteArrayList<>();
    final Path socket;
    private final ControlPlane plane;

    RunningFirewall(Path folder, String policy) throws Exception {
        Files.writeString(folder.resolve("first.yaml"), policy);
        Path config = Files.writeString(folder.resolve("sluice.yaml"), """
                ports: {cell: {interface: enp2s0}, plant: {interface: enp3s0}}
                policy: first.yaml
                data: firewall
                control: {socket: control.sock, group: daemon}
                """);
        Settings settings = ((SettingsReader.Result.Read) SettingsReader.read(config, Files.readString(config)))
                .settings();
        socket = settings.control().path();
        PolicyLoader loader = new PolicyLoader(settings);
        PolicyStore store = PolicyStore.open(settings.data());
        FirstPolicy.Found first = new FirstPolicy(store, loader, InstantSource.system()).find(settings.policy());
        JournalHealth health = new JournalHealth(Optional.of(folder.resolve("journal")), 1_204_311, 5 << 20, 0, 0,
                Optional.empty());
        plane = ControlPlane.start(settings, new ControlPlane.Policies(store, loader, first),
                new ControlPlane.Links(new NoPackets(), listener -> {
                    listeners.add(listener);
                    return () -> listeners.remove(listener);
                }, this::append, () -> health, sentence -> {
                }, () -> {
                }), "1.2.3");
    }

    private void append(String type, Map<String, String> fields) {
        journal.add(type + " " + fields.getOrDefault("person", ""));
    }

    @Override
    public void close() {
        plane.close();
    }

    private final class NoPackets implements Dataplane {
        @Override
        public OptionalLong swap(CompiledPolicy policy, List<CompiledGrant> grants) {
            judged.add(policy.name());
            return OptionalLong.of(2);
        }

        @Override
        public DataplaneStatus status() {
            return new DataplaneStatus(
                    List.of(new DataplaneStatus.Port("cell", "enp2s0", false, DataplaneStatus.Link.UP, "af_packet",
                            "this card has no zero-copy"),
                            new DataplaneStatus.Port("plant", "enp3s0", true, DataplaneStatus.Link.DOWN, "pcap4j",
                                    "asked for")),
                    "direct", new DataplaneStatus.Clock(true, "synchronised"), 3, 65_536, 1 << 20, 96 << 20, false);
        }

        @Override
        public Counters counters() {
            return new Counters(
                    List.of(new Counters.Port("cell", 1_204_311, 80_000_000, 1_204_000, 79_000_000, 300, 0, 11),
                            new Counters.Port("plant", 0, 0, 0, 0, 0, 0, 0)),
                    List.of(new Counters.Verdicts("hmi-setpoints", "denied", false, true, 7),
                            new Counters.Verdicts("hmi-setpoints", "allowed", true, true, 1_000_000),
                            new Counters.Verdicts("-", "default", false, false, 2)),
                    List.of(new Counters.Drops("checksum", 4)), List.of(), new Counters.Flows(3, 10, 7, 1, 0),
                    new Counters.Events(0, 0), List.of());
        }

        @Override
        public Outcome open(CompiledGrant grant, long notAfterNanos) {
            return Outcome.DONE;
        }

        @Override
        public Outcome revoke(String grant) {
            return Outcome.DONE;
        }

        @Override
        public Outcome bind(String grant, FlowBinding flow) {
            return Outcome.DONE;
        }

        @Override
        public void drain() {}

        @Override
        public void stop() {}
    }
}
