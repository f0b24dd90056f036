package io.sluice.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.integration.device.Plant;
import io.sluice.integration.device.Programs;
import io.sluice.integration.peer.FrameHost;
import io.sluice.integration.peer.ModbusClient;
import io.sluice.integration.peer.ModbusServer;
import io.sluice.testdata.PacketBuilder;
import io.sluice.testdata.net.Command;
import io.sluice.testdata.net.Namespace;
import io.sluice.testdata.net.Peer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three ports, two controllers behind one of them, VLAN, IPv6, fragments, and hosts that pretend to be others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SwitchingIT {
    private static final String PLC_A_MAC = "00:80:f4:01:02:03", PLC_B_MAC = "00:80:f4:01:02:04",
            HMI_MAC = "02:53:4c:03:01:05", LAPTOP_MAC = "02:53:4c:03:00:77";
    private static final String PLC_A = "10.3.1.10", PLC_B = "10.3.1.11", HMI = "10.3.1.105";
    private static final int VLAN = 10;

    private Plant plant;
    private Namespace hmi;
    private Namespace laptop;
    private Namespace plc;
    private Peer serverA;
    private Peer serverB;
    private Peer panel;
    private Peer notebook;
    private Peer laptopLink;
    private Peer plcLink;

    @BeforeAll
    void build() {
        Rig.needed();
        plant = new Plant();
        Namespace segment = plant.segment("cellswitch", "cell");
        plc = plant.hostAt(segment, "plca", PLC_A_MAC, PLC_A + "/24", "fd00:3::10/64");
        Namespace other = plant.hostAt(segment, "plcb", PLC_B_MAC, PLC_B + "/24");
        hmi = plant.host("hmi", "plant", HMI_MAC, HMI + "/24", "fd00:3::105/64");
        laptop = plant.host("laptop", "eng", LAPTOP_MAC, "10.3.1.77/24");
        plant.vlan(plc, VLAN, "10.3.10.10/24");
        plant.vlan(hmi, VLAN, "10.3.10.105/24");
        serverA = plant.peer(plc, ModbusServer.class, "::", "502");
        serverB = plant.peer(other, ModbusServer.class, PLC_B, "502");
        panel = plant.peer(hmi, ModbusClient.class);
        notebook = plant.peer(laptop, ModbusClient.class);
        laptopLink = plant.peer(laptop, FrameHost.class, Plant.LINK);
        plcLink = plant.peer(plc, FrameHost.class, Plant.LINK);
        plc.start("/usr/bin/python3", script("udp_echo.py"), PLC_A, "7777").awaitReady(Duration.ofSeconds(60));
        plant.device(Rig.policy("three-ports")).start();
    }

    @AfterAll
    void remove() {
        Rig.close(plant);
    }

    @BeforeEach
    void forget() {
        List.of(serverA, serverB, laptopLink, plcLink).forEach(peer -> peer.ask("clear"));
        List.of(hmi, plc, laptop).forEach(host -> host.ip("neighbour", "flush", "all"));
    }

    private static String script(String name) {
        return Programs.root().resolve("integration/src/test/python").resolve(name).toString();
    }

    private static List<String> ask(Peer client, String address, String request) {
        String connected = client.ask("connect " + address + " 502").getFirst();
        return connected.equals("connected") ? client.ask(request) : List.of(connected);
    }

    @Test
    void twoControllersBehindOnePortHaveRulesOfTheirOwn() {
        assertEquals(List.of("1000"), ask(panel, PLC_A, "read holding 0 1"));
        assertEquals(List.of("done"), ask(panel, PLC_A, "write holding 100 7"));
        assertEquals(List.of("1000"), ask(panel, PLC_B, "read holding 0 1"));
        assertTrue(ask(panel, PLC_B, "write holding 100 7").getFirst().startsWith("lost"));
        assertEquals(List.of("unit 1 function 3 00000001"), serverB.ask("requests"));
    }

    @Test
    void aThirdPortHasRulesOfItsOwn() {
        assertEquals(List.of("1000"), ask(notebook, PLC_B, "read holding 0 1"));
        assertTrue(ask(notebook, PLC_B, "write holding 100 7").getFirst().startsWith("lost"));
        assertTrue(ask(notebook, PLC_A, "read holding 0 1").getFirst().startsWith("failed"));
        assertEquals(List.of(), serverA.ask("requests"));
        assertEquals(List.of(), serverA.ask("bytes"), "not even a connection arrives");
    }

    @Test
    void framesGoOnlyWhereTheirDestinationIs() {
        ask(panel, PLC_A, "read holding 0 1");
        laptopLink.ask("clear");
        for (int i = 0; i < 20; i++) {
            assertEquals(List.of("1000"), panel.ask("read holding 0 1"));
        }
        assertEquals(List.of("0"), laptopLink.ask("heard " + hex(PLC_A_MAC) + hex(HMI_MAC)));
    }

    @Test
    void overIpv6TheSameRulesHold() {
        assertEquals(List.of("1000"), ask(panel, "fd00:3::10", "read holding 0 1"));
        assertEquals(List.of("done"), ask(panel, "fd00:3::10", "write holding 100 7"));
        assertTrue(ask(panel, "fd00:3::10", "write holding 100 1501").getFirst().startsWith("lost"));
        assertEquals(List.of("unit 1 function 3 00000001", "unit 1 function 6 00640007"), serverA.ask("requests"));
    }

    @Test
    void inAVlanTheSameRulesHold() {
        assertEquals(List.of("1000"), ask(panel, "10.3.10.10", "read holding 0 1"));
        assertEquals(List.of("done"), ask(panel, "10.3.10.10", "write holding 100 7"));
        assertTrue(ask(panel, "10.3.10.10", "write holding 100 1501").getFirst().startsWith("lost"));
        assertEquals(List.of("unit 1 function 3 00000001", "unit 1 function 6 00640007"), serverA.ask("requests"));
    }

    @ParameterizedTest
    @ValueSource(ints = {56, 1472, 1473, 4000, 20_000})
    void pingsPassInAsManyFragmentsAsTheyNeed(int size) {
        assertEquals(0, ping(hmi, "-4", PLC_A, size).code());
        assertEquals(0, ping(hmi, "-6", "fd00:3::10", size).code());
    }

    @Test
    void whoMayNotPingDoesNot() {
        assertEquals(1, ping(laptop, "-4", PLC_B, 56).code());
        assertEquals(1, ping(laptop, "-4", PLC_B, 4000).code());
    }

    private static Command.Result ping(Namespace from, String family, String to, int size) {
        return from.run(Duration.ofSeconds(30), "ping", family, "-n", "-c", "2", "-i", "0.2", "-W", "1", "-s",
                Integer.toString(size), to);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1472, 4000, 60_000})
    void datagramsComeBackAsTheyWereSent(int size) {
        Command.Result result = hmi.run(Duration.ofSeconds(30), "/usr/bin/python3", script("udp_ask.py"), PLC_A, "7777",
                Integer.toString(size));
        assertEquals(0, result.code(), result::text);
    }

    @Test
    void anotherHostsAddressCannotBeClaimedByArp() {
        hmi.sysctl("net.ipv4.conf.eth0.arp_accept=1", "net.ipv4.neigh.eth0.locktime=0");
        ping(hmi, "-4", PLC_A, 56);
        assertTrue(neighbour().contains(PLC_A_MAC), this::neighbour);
        String claim = HexFormat.of().formatHex(PacketBuilder.ethernet(LAPTOP_MAC, HMI_MAC).arp(2, LAPTOP_MAC, PLC_A,
                HMI_MAC, HMI).minimum(60).build());
        for (int i = 0; i < 5; i++) {
            laptopLink.ask("send " + claim);
            Rig.pause(20);
            assertTrue(neighbour().contains(PLC_A_MAC), this::neighbour);
        }
        assertEquals(List.of("1000"), ask(panel, PLC_A, "read holding 0 1"));
    }

    private String neighbour() {
        return String.join("", hmi.ip("neighbour", "show", PLC_A));
    }

    @Test
    void anotherHostsEthernetAddressCannotBeTaken() {
        ask(panel, PLC_A, "read holding 0 1");
        laptopLink.ask("clear");
        String pretending = HexFormat.of().formatHex(PacketBuilder.ethernet(PLC_A_MAC, "ff:ff:ff:ff:ff:ff").arp(1,
                PLC_A_MAC, "10.3.1.77", "00:00:00:00:00:00", HMI).minimum(60).build());
        for (int i = 0; i < 5; i++) {
            laptopLink.ask("send " + pretending);
            Rig.pause(10);
            assertEquals(List.of("1000"), panel.ask("read holding 0 1"));
        }
        assertEquals(List.of("0"), laptopLink.ask("heard " + hex(PLC_A_MAC) + hex(HMI_MAC)),
                "frames for the controller went to who pretended to be it");
    }

    @Test
    void packetsFromAnotherZonesAddressNeverArrive() {
        String pretending = HexFormat.of().formatHex(PacketBuilder.ethernet(LAPTOP_MAC, PLC_A_MAC).ipv4(HMI, PLC_A)
                .tcp(40_001, 502).sequence(1).flags(PacketBuilder.SYN).minimum(60).build());
        laptopLink.ask("send " + pretending);
        Rig.pause(100);
        assertEquals(List.of("0"), plcLink.ask("heard " + hex(PLC_A_MAC) + hex(LAPTOP_MAC) + "0800"));
        assertEquals(List.of("1000"), ask(panel, PLC_A, "read holding 0 1"));
    }

    private static String hex(String mac) {
        return mac.replace(":", "");
    }
}
