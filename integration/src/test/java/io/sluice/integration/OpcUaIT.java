package io.sluice.integration;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.integration.device.DeviceUnderTest;
import io.sluice.integration.device.Plant;
import io.sluice.integration.peer.OpcClient;
import io.sluice.integration.peer.OpcServer;
import io.sluice.testdata.net.Namespace;
import io.sluice.testdata.net.Peer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

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
    private Peer client;
    private List<String> overBridge;
    private List<String> narrowOverBridge;
    private List<String> toldOverBridge;

    @BeforeAll
    void build() {
        Rig.needed();
        plant = new Plant();
        Namespace cell = plant.host("opc", "cell", "00:80:f4:01:02:20", "10.3.1.20/24");
        Namespace ops = plant.host("hmi", "plant", "02:53:4c:03:01:05", "10.3.1.105/24");
        server = plant.peer(cell, OpcServer.class, "10.3.1.20");
        client = plant.peer(ops, OpcClient.class);
        DeviceUnderTest bridge = plant.bridge();
        bridge.start();
        overBridge = play(WIDE);
        narrowOverBridge = play(NARROW);
        toldOverBridge = told();
        bridge.stop();
        plant.device(Rig.policy("opcua")).start();
    }

    @AfterAll
    void remove() {
        Rig.close(plant);
    }

    private List<String> play(int chunk) {
        connect(chunk);
        return PERMITTED.stream().map(request -> request + ": " + client.ask(request)).toList();
    }

    private void connect(int chunk) {
        server.ask("clear");
        assertEquals(List.of("connected"), client.ask("connect 10.3.1.20 4840 " + chunk));
    }

    /** What a subscription tells of writes that come one by one. */
    private List<String> told() {
        connect(WIDE);
        client.ask("write Line3.Speed 1");
        client.ask("subscribe Line3.Speed");
        List<String> expected = new ArrayList<>();
        for (int speed = 2; speed <= 9; speed++) {
            client.ask("write Line3.Speed " + speed);
            expected.add(speed + ".0");
            awaitLast(speed + ".0");
        }
        return client.ask("changes");
    }

    private void awaitLast(String value) {
        long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (System.nanoTime() < end && !client.ask("changes").contains(value)) {
            Rig.pause(20);
        }
    }

    @Test
    void whatIsPermittedIsAnsweredAsOverABridge() {
        assertEquals(overBridge, play(WIDE));
        assertEquals(List.of("write Line3.Speed = 750.0", "write Line3.Speed = 1500.0", "write Line3.Pressure = 0.0",
                "call Line3.Reset", "write Line3.Image = 300000 bytes", "write Line3.Speed = 600.0"),
                server.ask("received"));
    }

    @Test
    void messagesOfManyChunksAreAnsweredAsOverABridge() {
        assertEquals(narrowOverBridge, play(NARROW));
    }

    @Test
    void aSubscriptionTellsWhatItTellsOverABridge() {
        assertEquals(toldOverBridge, told());
        assertEquals(List.of("1.0", "2.0", "3.0", "4.0", "5.0", "6.0", "7.0", "8.0", "9.0"), toldOverBridge);
    }

    @Test
    void whatIsDeniedNeverArrivesAndTheClientMayComeAgain() {
        assertAll(DENIED.stream().map(request -> () -> denied(request, WIDE)));
    }

    @Test
    void whatIsDeniedInTheLastOfManyChunksNeverArrives() {
        denied("write Line3.Image bytes:100000 Line3.Speed 1600", NARROW);
    }

    private void denied(String request, int chunk) {
        connect(chunk);
        String saw = client.ask(request).getFirst();
        assertEquals(List.of(), server.ask("received"), request);
        assertTrue(saw.startsWith("fault"), () -> request + " was answered: " + saw);
        connect(chunk);
        assertEquals(List.of("water"), client.ask("read Line3.Recipe"), request);
    }

    @Test
    void aHundredClientsAtOnceGetWhatTheyAskFor() {
        server.ask("clear");
        assertEquals(List.of(), client.ask("crowd 10.3.1.20 " + CROWD, LONG));
        assertEquals(3 * CROWD, server.ask("received").size());
    }
}
