package io.sluice.integration;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.integration.device.DeviceUnderTest;
import io.sluice.integration.device.Plant;
import io.sluice.integration.device.Programs;
import io.sluice.integration.peer.OpcClient;
import io.sluice.integration.peer.OpcServer;
import io.sluice.testdata.net.Namespace;
import io.sluice.testdata.net.Peer;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client and a server by Milo: the same answers as over a bridge, and what is denied never arrives. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpcUaIT {
    private static final int WIDE = 65_535, NARROW = 8_196, CROWD = 100;

    private static final List<String> PERMITTED = List.of("browse Line3", "read Line3.Speed Line3.Recipe Line3.Nothing",
            "write Line3.Speed 750", "read Line3.Speed", "write Line3.Speed 1500 Line3.Pressure 0",
            "read Line3.Pressure Line3.Speed", "call Line3.Reset", "read Line3.Curve", "write Line3.Image bytes:300000",
            "read Line3.Image", "read Line3.Image Line3.Curve", "write Line3.Speed 600");

    private static final List<String> DENIED = List.of("write Line3.Speed 1501", "write Line3.Recipe stout",
            "write Line3.Speed 300 Line3.Recipe stout", "write Line3.Recipe ale Line3.Speed 300", "call Line3.Stop",
            "write Line3.Image bytes:100000 Line3.Speed 1600");

    private static final Duration LONG = Duration.ofSeconds(60);

    private Plant plant;
    private Peer server;
    private final Map<String, Peer> clients = new LinkedHashMap<>();
    private final Map<String, List<String>> overBridge = new HashMap<>();
    private final Map<String, List<String>> toldOverBridge = new HashMap<>();
    private List<String> narrowOverBridge;

    @BeforeAll
    void build() {
        Rig.needed();
        plant = new Plant().offloadsOff(); // frames as a wire carries them; see OffloadsIT for others
        Namespace cell = plant.host("opc", "cell", "00:80:f4:01:02:20", "10.3.1.20/24");
        Namespace ops = plant.host("hmi", "plant", "02:53:4c:03:01:05", "10.3.1.105/24");
        server = plant.peer(cell, OpcServer.class, "10.3.1.20");
        clients.put("milo", plant.peer(ops, OpcClient.class));
        if (Programs.nodeOpcUa().isPresent()) {
            clients.put("node-opcua", ops.start(Programs.nodePeer("opcua_client.js", plant.folder().toString()))
                    .awaitReady(LONG));
        }
        DeviceUnderTest bridge = plant.bridge();
        bridge.start();
        for (Map.Entry<String, Peer> each : clients.entrySet()) {
            overBridge.put(each.getKey(), play(each.getValue(), WIDE));
            toldOverBridge.put(each.getKey(), told(each.getValue()));
        }
        narrowOverBridge = play(client("milo"), NARROW);
        bridge.stop();
        plant.device(Rig.policy("opcua")).start();
    }

    @AfterAll
    void remove() {
        Rig.close(plant);
    }

    private Peer client(String maker) {
        Peer client = clients.get(maker);
        assumeTrue(client != null, maker + " is not installed: ./verify does it where there are npm and node");
        return Objects.requireNonNull(client);
    }

    private List<String> play(Peer client, int chunk) {
        connect(client, chunk);
        return PERMITTED.stream().map(request -> request + ": " + client.ask(request)).toList();
    }

    private void connect(Peer client, int chunk) {
        server.ask("clear");
        assertEquals(List.of("connected"), client.ask("connect 10.3.1.20 4840 " + chunk));
    }

    /** What a subscription tells of writes that come one by one. */
    private List<String> told(Peer client) {
        connect(client, WIDE);
        client.ask("write Line3.Speed 1");
        client.ask("subscribe Line3.Speed");
        for (int speed = 2; speed <= 9; speed++) {
            client.ask("write Line3.Speed " + speed);
            awaitChange(client, speed);
        }
        return client.ask("changes");
    }

    private static void awaitChange(Peer client, int value) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (System.nanoTime() < end && !numbers(client.ask("changes")).contains((double) value)) {
            Rig.pause(20);
        }
    }

    private static List<Double> numbers(List<String> lines) {
        return lines.stream().map(Double::valueOf).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"milo", "node-opcua"})
    void whatIsPermittedIsAnsweredAsOverABridge(String maker) {
        assertEquals(overBridge.get(maker), play(client(maker), WIDE));
        assertEquals(List.of("write Line3.Speed = 750.0", "write Line3.Speed = 1500.0", "write Line3.Pressure = 0.0",
                "call Line3.Reset", "write Line3.Image = 300000 bytes", "write Line3.Speed = 600.0"),
                server.ask("received"));
    }

    @Test
    void messagesOfManyChunksAreAnsweredAsOverABridge() {
        assertEquals(narrowOverBridge, play(client("milo"), NARROW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"milo", "node-opcua"})
    void aSubscriptionTellsWhatItTellsOverABridge(String maker) {
        Peer client = client(maker);
        assertEquals(List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0),
                numbers(Objects.requireNonNull(toldOverBridge.get(maker))));
        assertEquals(toldOverBridge.get(maker), told(client));
    }

    @ParameterizedTest
    @ValueSource(strings = {"milo", "node-opcua"})
    void whatIsDeniedNeverArrivesAndTheClientMayComeAgain(String maker) {
        Peer client = client(maker);
        assertAll(DENIED.stream().map(request -> () -> denied(client, request, WIDE)));
    }

    @Test
    void whatIsDeniedInTheLastOfManyChunksNeverArrives() {
        denied(client("milo"), "write Line3.Image bytes:100000 Line3.Speed 1600", NARROW);
    }

    private void denied(Peer client, String request, int chunk) {
        connect(client, chunk);
        String saw = client.ask(request).getFirst();
        assertEquals(List.of(), server.ask("received"), request);
        assertTrue(saw.startsWith("fault"), () -> request + " was answered: " + saw);
        connect(client, chunk);
        assertEquals(List.of("water"), client.ask("read Line3.Recipe"), request);
    }

    @Test
    void aHundredClientsAtOnceGetWhatTheyAskFor() {
        server.ask("clear");
        assertEquals(List.of(), client("milo").ask("crowd 10.3.1.20 " + CROWD, LONG));
        assertEquals(3 * CROWD, server.ask("received").size());
    }
}
