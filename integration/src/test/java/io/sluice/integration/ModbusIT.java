package io.sluice.integration;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.integration.device.DeviceUnderTest;
import io.sluice.integration.device.Plant;
import io.sluice.integration.peer.ModbusClient;
import io.sluice.integration.peer.ModbusServer;
import io.sluice.testdata.net.Namespace;
import io.sluice.testdata.net.Peer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Masters of three makers and one controller: the same answers as over a bridge, and what is denied never arrives. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModbusIT {
    static final List<String> PERMITTED = List.of("read coil 0 16", "read discrete 3 21", "read holding 100 20",
            "read input 0 125", "write holding 100 750", "write holding 119 1500", "write holding 101 1 2 3 4",
            "read holding 100 6", "write coil 12 1", "write coil 8 1 0 1 1 0", "read coil 8 8", "mask 110 65520 5",
            "read holding 110 1", "exchange 0 10 105 5 1500", "read holding 105 2", "read holding 250 20");

    private static final List<String> DENIED = List.of("write holding 118 0", "write holding 100 1501",
            "write holding 99 10", "write holding 120 10", "write holding 117 1 2 3", "write holding 101 20 1501",
            "write coil 200 1", "write coil 60 1 1 1 1 1", "exchange 0 10 118 7", "mask 118 0 7");

    private Plant plant;
    private Namespace ops;
    private Peer server;
    private Peer client;
    private DeviceUnderTest device;
    private List<String> overBridge;

    @BeforeAll
    void build() {
        Rig.needed();
        plant = new Plant();
        Namespace cell = plant.host("plc", "cell", "00:80:f4:01:02:03", "10.3.1.10/24");
        ops = plant.host("hmi", "plant", "02:53:4c:03:01:05", "10.3.1.105/24");
        server = plant.peer(cell, ModbusServer.class, "10.3.1.10", "502");
        client = plant.peer(ops, ModbusClient.class);
        DeviceUnderTest bridge = plant.bridge();
        bridge.start();
        overBridge = play(PERMITTED);
        bridge.stop();
        device = plant.device(Rig.policy("line-3"));
        device.start();
    }

    @AfterAll
    void remove() {
        Rig.close(plant);
    }

    private List<String> play(List<String> requests) {
        server.ask("clear");
        assertEquals(List.of("connected"), client.ask("connect 10.3.1.10 502"));
        return requests.stream().map(request -> request + ": " + client.ask(request)).toList();
    }

    @Test
    void whatIsPermittedIsAnsweredAsOverABridge() {
        assertEquals(overBridge, play(PERMITTED));
        assertEquals(PERMITTED.size(), server.ask("requests").size());
    }

    @Test
    void whatIsDeniedNeverArrivesAndTheMasterMayComeAgain() {
        assertAll(DENIED.stream().map(request -> () -> deniedOf(request)));
    }

    private void deniedOf(String request) {
        play(List.of("read holding 0 1"));
        List<String> before = server.ask("requests");
        String saw = client.ask(request).getFirst();
        assertEquals(before, server.ask("requests"), request);
        assertTrue(saw.startsWith("lost after"), () -> request + " was answered: " + saw);
        assertEquals(List.of("read holding 0 1: [1000]"), play(List.of("read holding 0 1")), request);
    }
}
