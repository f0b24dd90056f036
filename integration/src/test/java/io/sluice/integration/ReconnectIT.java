package io.sluice.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.integration.device.DeviceUnderTest;
import io.sluice.integration.device.Plant;
import io.sluice.integration.device.Programs;
import io.sluice.integration.peer.ModbusServer;
import io.sluice.integration.peer.OpcClient;
import io.sluice.integration.peer.OpcServer;
import io.sluice.testdata.net.Namespace;
import io.sluice.testdata.net.Peer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients of three makers come back by themselves after a restart of the firewall, and do not notice another policy. */
class ReconnectIT {
    private static final Duration START = Duration.ofSeconds(60), PATIENCE = Duration.ofSeconds(60);
    /** So many node-opcua keeps with the server. */
    private static final int PUBLISH_REQUESTS = 5;
    /** A minute, so that a server without news keeps them for as long. */
    private static final String LONG_SILENCE = " 600";
    private static final String PLC = "10.3.1.10", OPC = "10.3.1.20";

    private Plant plant;
    private Namespace cell;
    private Namespace ops;
    private DeviceUnderTest device;

    @BeforeEach
    void build() {
        Rig.needed();
        plant = new Plant().offloadsOff();
        cell = plant.host("plc", "cell", "00:80:f4:01:02:03", PLC + "/24", OPC + "/24");
        ops = plant.host("hmi", "plant", "02:53:4c:03:01:05", "10.3.1.105/24");
        device = plant.device(Rig.policy("two-protocols"));
        device.start();
    }

    @AfterEach
    void remove() {
        Rig.close(plant);
    }

    @Test
    void aModbusMasterComesBackByItselfAfterARestart() {
        Peer server = plant.peer(cell, ModbusServer.class, PLC, "502");
        Peer client = ops.start("/usr/bin/python3", Programs.root().resolve(
                "integration/src/test/python/modbus_client.py").toString()).awaitReady(START);
        assertEquals(List.of("connected"), client.ask("connect " + PLC + " 502"));
        assertEquals(List.of("done"), client.ask("write holding 100 1"));
        device.kill();
        assertTrue(client.ask("write holding 100 2").getFirst().startsWith("lost"));
        device.start();
        awaitAnswer(client, "write holding 100 3", "done");
        assertEquals(List.of("unit 1 function 6 00640001", "unit 1 function 6 00640003"), server.ask("requests"));
    }

    /** With its session and its subscription. */
    @ParameterizedTest
    @ValueSource(strings = {"milo", "node-opcua"})
    void anOpcUaClientComesBackByItselfAfterARestart(String maker) {
        Peer server = plant.peer(cell, OpcServer.class, OPC);
        Peer client = subscribed(maker, LONG_SILENCE);
        device.kill();
        device.start();
        awaitAnswer(client, "read Line3.Speed", "1");
        awaitAnswer(client, "write Line3.Speed 2", "Good");
        awaitAnswer(client, "read Line3.Speed", "2");
        assertGoesOn(server, client, 2, maker.equals("milo") ? 0 : PUBLISH_REQUESTS);
    }

    /**
     * Milo's server answers Publish requests of a connection that is no more. What was in the answers node-opcua does not
     * miss, whatever stood between the two; Milo's client sees the hole in the sequence numbers and asks for it.
     */
    @ParameterizedTest
    @ValueSource(strings = {"firewall", "bridge"})
    void nodeOpcUasSubscriptionGoesOnAfterAnOutage(String between) {
        if (between.equals("bridge")) {
            device.stop();
            device = plant.bridge();
            device.start();
        }
        Peer server = plant.peer(cell, OpcServer.class, OPC);
        Peer client = subscribed("node-opcua", LONG_SILENCE);
        device.kill();
        awaitSaid(client, "connection lost");
        device.start();
        awaitSaid(client, "connection reestablished");
        assertGoesOn(server, client, 1, PUBLISH_REQUESTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"milo", "node-opcua"})
    void aSubscriptionGoesOnWhileThePolicyIsSwapped(String maker) {
        plant.peer(cell, OpcServer.class, OPC);
        Peer client = subscribed(maker);
        List<Double> expected = new ArrayList<>(List.of(1.0));
        IntStream.rangeClosed(2, 20).forEach(speed -> {
            device.apply(Rig.policy(speed % 2 == 0 ? "two-protocols-other" : "two-protocols"));
            assertEquals(List.of("Good"), client.ask("write Line3.Speed " + speed));
            awaitChange(client, speed);
            expected.add((double) speed);
        });
        assertEquals(expected, changes(client));
    }

    private Peer subscribed(String maker) {
        return subscribed(maker, "");
    }

    private Peer subscribed(String maker, String silence) {
        assumeTrue(maker.equals("milo") || Programs.nodeOpcUa().isPresent(),
                "node-opcua is not installed: ./verify does it where there are npm and node");
        Peer client = maker.equals("milo")
                ? plant.peer(ops, OpcClient.class)
                : ops.start(Programs.nodePeer("opcua_client.js", plant.folder().toString())).awaitReady(START);
        assertEquals(List.of("connected"), client.ask("connect " + OPC + " 4840 65535 again", PATIENCE));
        assertEquals(List.of("Good"), client.ask("write Line3.Speed 1", PATIENCE));
        assertEquals(List.of("subscribed"), client.ask("subscribe Line3.Speed" + silence, PATIENCE));
        awaitChange(client, 1);
        return client;
    }

    /**
     * Of what is written from now on, all but the first few is told, in order and once.
     *
     * @param requests how many a client keeps waiting at the server; those of a lost connection may be answered to nobody
     */
    private static void assertGoesOn(Peer server, Peer client, int written, int requests) {
        awaitTold(server, written);
        int few = requests * (int) client.said().stream().filter("connection lost"::equals).count();
        int last = written + few + PUBLISH_REQUESTS;
        for (int speed = written + 1; speed <= last; speed++) {
            assertEquals(List.of("Good"), client.ask("write Line3.Speed " + speed));
            awaitTold(server, speed); // each in an answer of its own
        }
        awaitChange(client, last);
        List<Double> told = changes(client);
        int missing = last - told.size();
        assertTrue(missing <= few, () -> told + "; " + client.said());
        List<Double> expected = new ArrayList<>(List.of(1.0));
        IntStream.rangeClosed(2 + missing, last).forEach(speed -> expected.add((double) speed));
        assertEquals(expected, told);
        System.out.println(missing + " changes of " + last + " were not told");
    }

    private static void awaitTold(Peer server, int changes) {
        await(() -> Integer.parseInt(server.ask("told").getFirst()) >= changes, () -> "the server told "
                + server.ask("told") + " of " + changes + " changes");
    }

    private static void awaitSaid(Peer client, String line) {
        await(() -> client.said().contains(line), () -> line + " is not said; " + client.said());
    }

    private static List<Double> changes(Peer client) {
        return client.ask("changes").stream().map(Double::valueOf).toList();
    }

    private static void awaitChange(Peer client, double value) {
        await(() -> changes(client).contains(value), () -> value + " is not told; " + client.said());
    }

    private static void await(BooleanSupplier condition, Supplier<String> problem) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, problem);
            Rig.pause(20);
        }
    }

    /** Asks the same again and again; the client connects or not. */
    private void awaitAnswer(Peer client, String request, String beginning) {
        long start = System.nanoTime();
        String saw = client.ask(request, PATIENCE).getFirst();
        while (!saw.startsWith(beginning)) {
            String last = saw;
            assertTrue(System.nanoTime() - start < PATIENCE.toNanos(),
                    () -> request + ": " + last + "; " + client.said()
                            + device.said());
            Rig.pause(100);
            saw = client.ask(request, PATIENCE).getFirst();
        }
        System.out.printf("%s is answered %d ms after the start of the firewall%n", request,
                (System.nanoTime() - start) / 1_000_000);
    }
}
