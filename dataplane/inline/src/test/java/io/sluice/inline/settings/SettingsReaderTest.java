package io.sluice.inline.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.capture.port.Backend;
import io.sluice.control.ControlSocket;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.PolicyReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {
    static final String MINIMAL = """
            ports:
              cell: {interface: enp2s0}
              plant: {interface: enp3s0}
            policy: /etc/sluice/policy.yaml
            """;
    private static final String POLICY = """
            policy: line-3
            mode: enforce
            zones:
              cell-3: {ports: [cell]}
              ops: {ports: [plant]}
              jump: {broker: true}
            """;

    @Test
    void twoPortsAndAPolicyAreEnough() {
        Settings settings = read(MINIMAL);
        assertEquals(List.of("cell", "plant"), List.copyOf(settings.ports().keySet()));
        assertEquals(Optional.empty(), settings.backend());
        assertEquals(Settings.Shape.AUTO, settings.pipeline());
        assertEquals(Settings.Idle.ADAPTIVE, settings.idle());
        assertEquals(Settings.Offloads.OFF, settings.offloads());
        assertEquals(Path.of("/var/lib/sluice"), settings.data());
        assertEquals(ControlSocket.DEFAULT, settings.control());
        assertEquals(JournalSettings.DEFAULT, settings.journal());
        assertTrue(settings.requireSync());
        assertEquals(new Settings.Limits(65_536, 96L << 20), settings.limits());
        assertEquals(List.of(), settings.cpus());
        assertEquals(0, settings.priority());
    }

    @Test
    void everyKeyIsRead() {
        Settings settings = read(
                """
                        ports:
                          cell: {interface: enp2s0}
                          plant: {interface: enp3s0}
                          tap-1: {interface: enp4s0.10, mirror: true}
                        jump: {tap: sluice-jump, addresses: [{zone: cell-3, address: 10.3.1.250/24}, {zone: ops, address: "fd00::9/64"}]}
                        backend: af_packet
                        pipeline: sharded
                        idle: spin
                        offloads: kernel
                        fallback: closed
                        policy: p.yaml
                        data: ../state
                        clock: {require_sync: false}
                        control: {socket: run/c.sock, group: wheel}
                        journal: {detail: all, keep: 36h, share: 5%, bytes: 16}
                        management: {listen: "192.168.1.2:8443"}
                        broker: {listen: "[fd00::1]:2222"}
                        cpus: [2, 3]
                        priority: 50
                        limits: {flows: 1000, memory: 1GiB}
                        """);
        PortSettings listening = Objects.requireNonNull(settings.ports().get("tap-1"));
        assertTrue(listening.mirror());
        assertEquals("enp4s0.10", listening.interfaceName());
        JumpSettings jump = settings.jump().orElseThrow();
        assertEquals("sluice-jump", jump.tap());
        assertEquals("10.3.1.250/24 fd00::9/64", jump.addresses().stream().map(a -> a.address() + "/" + a.prefix())
                .collect(Collectors.joining(" ")));
        assertEquals(Optional.of(Backend.AF_PACKET), settings.backend());
        assertEquals(Settings.Shape.SHARDED, settings.pipeline());
        assertEquals(Settings.Idle.SPIN, settings.idle());
        assertEquals(Settings.Offloads.KERNEL, settings.offloads());
        assertFalse(settings.requireSync());
        assertEquals(new JournalSettings(true, Duration.ofHours(36), 5, 16), settings.journal());
        assertEquals(Optional.of("192.168.1.2:8443"), settings.management());
        assertEquals(Optional.of("[fd00::1]:2222"), settings.broker());
        assertEquals(List.of(2, 3), settings.cpus());
        assertEquals(50, settings.priority());
        assertEquals(new Settings.Limits(1000, 1L << 30), settings.limits());
    }

    @Test
    void relativePathsAreMeantFromTheFolderOfTheFile() {
        Settings settings = read(MINIMAL.replace("/etc/sluice/policy.yaml", "p.yaml")
                + "data: ../state\ncontrol: {socket: c.sock}\n");
        assertEquals(Path.of("/etc/plant/p.yaml"), settings.policy());
        assertEquals(Path.of("/etc/state"), settings.data());
        assertEquals(Path.of("/etc/plant/c.sock"), settings.control().path());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "prots: {}|5:1: key `prots` is not known here; did you mean `ports`?",
            "backend: af_xpd|5:10: `backend` cannot be `af_xpd`; did you mean `af_xdp`?",
            "backend: tap|5:10: `backend` cannot be `tap`; known are `auto`, `af_xdp`, `af_packet`, `pcap4j`",
            "idle: false|5:7: `idle` cannot be `false`, which is a word of YAML itself",
            "fallback: l4|5:11: `fallback: l4` is not yet supported; use `closed`: traffic stops while Sluice does not run",
            "fallback: open|5:11: `fallback` cannot be `open`; known are `closed`",
            "policy: other.yaml|5:1: `policy` is given twice; it was first given in line 4",
            "priority: 100|5:11: `priority` is a number from 0 to 99, not `100`",
            "'cpus: [1, 1]'|5:11: processor 1 is named twice; each packet thread needs one of its own",
            "cpus: 1|'5:7: `cpus` is a list: `[a, b]`, or lines that start with `- `'",
            "limits: {memory: 96MB}|5:18: `96MB` is not an amount of memory; write `96MiB` or `1GiB`",
            "limits: {memory: 1KiB}|5:18: `memory` is too little to hold messages; give at least `1MiB`",
            "limits: {flows: 1}|5:17: `flows` is a number from 64 to 4194304, not `1`",
            "journal: {keep: 90}|5:17: `90` is not a time; write `90d`, `36h`, `15min` or `60s`",
            "journal: {share: 100%}|5:18: `100%` is not a share of the disk; write `40%`, at most `99%`",
            "journal: {detail: reads}|5:19: `detail` cannot be `reads`",
            "control: {group: 'a b'}|5:18: `group` is the name of a group of this system, such as `sluice`",
            "management: {listen: 8443}|5:22: `8443` is not an address and a port; write `\"192.168.1.2:8443\"`",
            "broker: {}|5:9: `broker` needs `listen`",
            "jump: {tap: enp2s0, addresses: []}|5:13: interface `enp2s0` belongs to port `cell` already",
            "'jump: {tap: j, addresses: [{zone: ops, address: 10.3.1.1}]}'|5:49: `10.3.1.1` is not an address with the length",
            "'jump: {tap: j, addresses: [{zone: ops, address: 10.3.1.1/33}]}'|5:49: `10.3.1.1/33` has a prefix length",
            "'jump: {tap: j, addresses: [{zone: ops, address: 224.0.0.1/24}]}'|5:49: `224.0.0.1` is not the address of one device"})
    void whatIsWrongIsSaidWhereItStands(String line, String problem) {
        assertTrue(problems(MINIMAL + line + "\n").startsWith("/etc/plant/sluice.yaml:" + problem),
                problems(MINIMAL + line + "\n"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{interface: enp2s0}|{interface: enp3s0}|3:22: interface `enp3s0` belongs to port `cell` already; each port needs one of its own",
            "{interface: enp2s0}|{}|2:9: port `cell` needs `interface`",
            "{interface: enp2s0}|{interface: a/b}|2:21: `a/b` cannot be the name of a network interface",
            "{interface: enp2s0}|{interface: a234567890123456}|2:21: `a234567890123456` cannot be the name",
            "{interface: enp2s0}|{interface: enp2s0, vlan: 5}|2:29: key `vlan` is not known here; known are `interface`, `mirror`"})
    void whatIsWrongWithAPortToo(String good, String bad, String problem) {
        String text = problems(MINIMAL.replace(good, bad));
        assertTrue(text.startsWith("/etc/plant/sluice.yaml:" + problem), text);
    }

    @Test
    void allProblemsAreSaidAtOnce() {
        String found = problems("idle: nap\nbackends: auto\n");
        for (String problem : new String[]{"1:1: a settings file needs `ports`", "1:1: a settings file needs `policy`",
                "1:7: `idle` cannot be `nap`", "2:1: key `backends` is not known here; did you mean `backend`?"}) {
            assertTrue(found.contains("sluice.yaml:" + problem), found);
        }
    }

    @Test
    void aFileThatHoldsSomethingElseIsSaidToBeNoSettings() {
        assertEquals("/etc/plant/sluice.yaml:1:1: the file is empty; settings start with `ports:`", problems(""));
        assertEquals("/etc/plant/sluice.yaml:1:1: settings are a map of keys; they start with `ports:`",
                problems("- a\n"));
    }

    @Test
    void onePortAloneIsAWarningUnlessItOnlyListens() {
        String one = "ports:\n  cell: {interface: enp2s0}\npolicy: p\n";
        assertTrue(SettingsReader.read(Path.of("s"), one).problems().toString().contains("warning: there is one port"));
        assertEquals(List.of(), SettingsReader.read(Path.of("s"), one.replace("enp2s0", "enp2s0, mirror: true"))
                .problems());
    }

    @Test
    void settingsAndPolicyThatFitHaveNoProblems() {
        assertEquals(List.of(), read(MINIMAL).against(policy(POLICY)));
    }

    @Test
    void aPortOfThePolicyThatTheSettingsLackIsAProblemOfThePolicy() {
        assertEquals(
                "[p.yaml:5:3: zone `ops` has port `plnt`, which the settings do not know; known are `cell`, `plant`,"
                        + " /etc/plant/sluice.yaml:3:3: port `plant` belongs to no zone of policy `line-3`, so nothing that"
                        + " enters there could be judged; add it to the `ports` of a zone, or take it out of the settings]",
                read(MINIMAL).against(policy(POLICY.replace("[plant]", "[plnt]"))).toString());
    }

    @Test
    void aJumpPortNeedsAZoneForItsSessionsAndZonesForItsAddresses() {
        Settings settings = read(MINIMAL + "jump: {tap: j, addresses: [{zone: cel, address: 10.3.1.250/24}]}\n");
        assertEquals(
                "[/etc/plant/sluice.yaml:5:49: zone `cel` of this jump address is not in policy `line-3`; known are"
                        + " `cell-3`, `ops`, `jump`]",
                settings.against(policy(POLICY)).toString());
        assertTrue(settings.against(policy(POLICY.replace("  jump: {broker: true}\n", ""))).toString()
                .contains("has no zone with `broker: true`"));
    }

    private static Settings read(String yaml) {
        var result = SettingsReader.read(Path.of("/etc/plant/sluice.yaml"), yaml);
        return assertInstanceOf(SettingsReader.Result.Read.class, result, () -> result.problems().toString())
                .settings();
    }

    private static String problems(String yaml) {
        return SettingsReader.read(Path.of("/etc/plant/sluice.yaml"), yaml).problems().stream().map(Object::toString)
                .collect(Collectors.joining("\n"));
    }

    private static Policy policy(String yaml) {
        return assertInstanceOf(PolicyReader.Result.Read.class, PolicyReader.read("p.yaml", yaml)).policy();
    }
}
