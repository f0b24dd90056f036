package io.sluice.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.integration.device.Plant;
import io.sluice.integration.device.SluiceInline;
import io.sluice.integration.peer.BrokerHost;
import io.sluice.integration.peer.OpcClient;
import io.sluice.integration.peer.OpcServer;
import io.sluice.testdata.net.Namespace;
import io.sluice.testdata.net.Peer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A contractor's OPC UA client by Milo, OpenSSH's client, the gateway, the firewall, and a server by Milo whose name nobody
 * outside the plant knows: the client is told where the tunnel begins, and nothing else.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JumpOpcUaIT {
    private static final String PLC = "10.3.1.10", JUMP = "10.3.1.250", GATEWAY = "192.0.2.1", OFFICE = "192.0.2.2";
    private static final String NAME = "plc-3a.plant.example", TUNNEL = "opc.tcp://localhost:14840";
    private static final Duration SHORT = Duration.ofSeconds(15);

    private Plant plant;
    private Namespace office;
    private Peer server;
    private Peer client;
    private Peer broker;

    @BeforeAll
    void build() {
        Rig.needed();
        plant = new Plant();
        Namespace cell = plant.host("plc", "cell", "00:80:f4:01:02:03", PLC + "/24");
        plant.host("hmi", "plant", "02:53:4c:03:01:05", "10.3.1.105/24");
        office = plant.office("office", OFFICE + "/24", GATEWAY + "/24");
        plant.setting("jump: {tap: rig-jump, addresses: [{zone: cell-3, address: " + JUMP + "/24}]}");
        server = plant.peer(cell, OpcServer.class, PLC, NAME);
        client = plant.peer(office, OpcClient.class);
        SluiceInline inline = plant.sluice(Rig.policy("jump-opcua"));
        inline.start();
        broker = plant.peer(plant.middle(), BrokerHost.class, plant.folder().toString(), SluiceInline.SOCKET, GATEWAY,
                "2222", JUMP, PLC, "4840");
    }

    @AfterAll
    void remove() {
        Rig.close(plant);
    }

    private Peer ssh() throws Exception {
        Path known = plant.folder().resolve("known_hosts");
        Files.writeString(known, "[" + GATEWAY + "]:2222 " + broker.ask("hostkey").getFirst() + "\n");
        Path ask = plant.folder().resolve("ask.sh");
        Files.writeString(ask, "#!/bin/sh\necho " + broker.ask("password").getFirst() + "\n");
        Files.setPosixFilePermissions(ask, PosixFilePermissions.fromString("rwx------"));
        Peer ssh = office.start("env", "SSH_ASKPASS=" + ask, "SSH_ASKPASS_REQUIRE=force", "ssh", "-F", "none", "-N",
                "-p", "2222", "-o", "UserKnownHostsFile=" + known, "-o", "IdentityAgent=none", "-L",
                "127.0.0.1:14840:plc-3a:4840", "acme-7f3c@" + GATEWAY);
        for (int i = 0; i < 100 && office.run(SHORT, "ss", "-Hltn", "sport", "=", ":14840").lines().isEmpty(); i++) {
            assertTrue(ssh.isAlive(), ssh.said()::toString);
            Rig.pause(100);
        }
        return ssh;
    }

    @Test
    void aClientThatKnowsTheTunnelOnlyFindsTheServerReadsAndSubscribes() throws Exception {
        assertEquals(List.of("open"), broker.ask("open 600 look"));
        Peer ssh = ssh();
        assertEquals(List.of(TUNNEL), client.ask("servers " + TUNNEL), client.said()::toString);
        assertEquals(List.of(TUNNEL), client.ask("discover " + TUNNEL), client.said()::toString);
        assertTrue(client.ask("browse Line3").contains("Line3.Speed"), client.said()::toString);
        String speed = client.ask("read Line3.Speed").getFirst();
        assertFalse(speed.startsWith("fault"), speed);
        assertEquals(List.of("subscribed"), client.ask("subscribe Line3.Speed"), client.said()::toString);
        for (int i = 0; i < 50 && client.ask("changes").isEmpty(); i++) {
            Rig.pause(100);
        }
        assertEquals(speed, client.ask("changes").getFirst());

        String write = client.ask("write Line3.Speed 100").getFirst();
        assertTrue(write.startsWith("fault"), "what the session does not permit still ends its connection: " + write);
        assertEquals(List.of(), server.ask("received"));
        ssh.terminate();
        Rig.pause(1500);
        assertRecorded();
    }

    /** The recording has what the server said, and the client what leads through the tunnel. */
    private void assertRecorded() throws Exception {
        try (Stream<Path> files = Files.list(plant.folder().resolve("broker/recordings"))) {
            String shown = String.join("\n", files.flatMap(file -> office.run(SHORT, "tshark", "-r", file.toString(), "-V",
                    "-d", "tcp.port==4840,opcua").lines().stream()).filter(line -> line.contains("EndpointUrl")).toList());
            assertTrue(shown.contains("opc.tcp://" + NAME + ":4840"), shown);
            assertTrue(shown.contains(TUNNEL), "the client's Hello: " + shown);
        }
    }
}
