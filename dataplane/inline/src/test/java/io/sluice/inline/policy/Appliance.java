package io.sluice.inline.policy;

import io.sluice.inline.MemoryDataplane;
import io.sluice.inline.settings.Settings;
import io.sluice.inline.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What policies are changed on: a data folder, a packet path without packets, and a clock that a test moves. */
public final class Appliance {
    public static final String POLICY = """
            policy: first
            mode: enforce
            zones:
              cell-3: {ports: [cell]}
              ops: {ports: [plant]}
              jump: {broker: true}
            assets:
              plc-3a: {zone: cell-3, address: 10.3.1.10}
              hmi-3: {zone: ops, address: 10.3.1.105}
            conduits:
              hmi-setpoints:
                from: hmi-3
                to: plc-3a
                protocol: modbus
                allow:
                  - {id: s1, do: read, unit: 1}
              maintenance-upload:
                from: jump
                to: plc-3a
                protocol: modbus
                allow:
                  - {id: m1, do: [read, write], space: holding, unit: 1, address: any}
            expect:
              - {from: hmi-3, to: plc-3a, does: read unit 1 holding 100, then: allow s1}
            """;

    public final ManualTimer timer = new ManualTimer();
    public final List<String> reports = new ArrayList<>();
    public final List<String> journal = new ArrayList<>();
    public final Path folder;
    public final Settings settings;
    public final PolicyLoader loader;
    public final MemoryDataplane dataplane;
    public final PolicyStore store;
    public final PolicyControl control;
    public final List<String> notes;

    private Appliance(Path folder) throws IOException, StartException {
        this.folder = folder;
        settings = settings(folder);
        loader = new PolicyLoader(settings);
        store = PolicyStore.open(settings.data());
        FirstPolicy.Found first = new FirstPolicy(store, loader, timer).find(settings.policy());
        notes = first.notes();
        dataplane = new MemoryDataplane(first.policy().compiled());
        control = new PolicyControl(store, loader, first, new PolicyControl.Surroundings(
                policy -> dataplane.swap(policy.compiled(), List.of()), timer, timer,
                (type, fields) -> journal.add(type + " " + fields.get("person") + " " + fields.get("policy")),
                reports::add));
    }

    /** The very first start. */
    public static Appliance fresh(Path folder) throws IOException, StartException {
        Files.writeString(folder.resolve("policy.yaml"), POLICY);
        return start(folder);
    }

    /** A start, perhaps after a crash: whatever lies in the folder counts. */
    public static Appliance start(Path folder) throws IOException, StartException {
        return new Appliance(folder);
    }

    private static Settings settings(Path folder) {
        String yaml = """
                ports:
                  cell: {interface: enp2s0}
                  plant: {interface: enp3s0}
                policy: policy.yaml
                data: data
                control: {socket: c.sock, group: daemon}
                """;
        return ((SettingsReader.Result.Read) SettingsReader.read(folder.resolve("sluice.yaml"), yaml)).settings();
    }

    /** A sound policy of another name. */
    public static String named(String name) {
        return POLICY.replace("policy: first", "policy: " + name);
    }

    SoundPolicy sound(String name) {
        return ((PolicyLoader.Result.Sound) loader.load(name + ".yaml", named(name))).policy();
    }

    PolicyAnswer apply(String name) {
        return control.apply(sound(name), "anna");
    }

    PolicyAnswer apply(String name, int seconds) {
        return control.apply(sound(name), "anna", Duration.ofSeconds(seconds));
    }

    /** The names of the policies that judged, the first one left out. */
    String swaps() {
        return String.join(" ", dataplane.swaps);
    }

    String active() {
        return control.active().policy().policy().name();
    }

    String pending() {
        return control.pending().map(p -> p.policy().policy().name()).orElse("-");
    }

    /** Why and name of each change, oldest first. */
    String history() throws IOException {
        return String.join(", ", control.history().reversed().stream().map(c -> c.why().word() + " " + c.name())
                .toList());
    }
}
