package io.sluice.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.integration.device.DeviceUnderTest;
import io.sluice.integration.device.Plant;
import io.sluice.integration.peer.OpcClient;
import io.sluice.integration.peer.OpcServer;
import io.sluice.testdata.net.Namespace;
import io.sluice.testdata.net.Peer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hosts that leave checksums and segmentation to their cards, as containers do, so that frames come longer than a wire carries. */
class OffloadsIT {
    private static final List<String> LARGE = List.of("read Line3.Curve", "write Line3.Image bytes:300000",
            "read Line3.Image Line3.Curve", "write Line3.Speed 750", "read Line3.Speed");

    private Plant plant;
    private Peer server;
    private Peer client;

    @BeforeEach
    void build() {
        Rig.needed();
        plant = new Plant().setting("offloads: kernel");
        Namespace cell = plant.host("opc", "cell", "00:80:f4:01:02:20", "10.3.1.20/24");
        Namespace ops = plant.host("hmi", "plant", "02:53:4c:03:01:05", "10.3.1.105/24");
        server = plant.peer(cell, OpcServer.class, "10.3.1.20");
        client = plant.peer(ops, OpcClient.class);
    }

    @AfterEach
    void remove() {
        Rig.close(plant);
    }

    private List<String> play() {
        server.ask("clear");
        assertEquals(List.of("connected"), client.ask("connect 10.3.1.20 4840 65535"));
        return LARGE.stream().map(request -> request + ": " + client.ask(request)).toList();
    }

    @Test
    void largeTransfersAreAnsweredAsOverABridge() {
        DeviceUnderTest bridge = plant.bridge();
        bridge.start();
        List<String> overBridge = play();
        bridge.stop();
        plant.device(Rig.policy("opcua")).start();
        assertEquals(overBridge, play());
    }
}
