package io.sluice.integration;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.integration.device.DeviceUnderTest;
import io.sluice.integration.device.Plant;
import io.sluice.integration.device.Programs;
import io.sluice.integration.peer.ModbusClient;
import io.sluice.integration.peer.ModbusServer;
import io.sluice.testdata.net.Command;
import io.sluice.testdata.net.Namespace;
import io.sluice.testdata.net.Peer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Masters of three makers and one controller: the same answers as over a bridge, and what is denied never arrives. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModbusIT {
    private static final List<String> PERMITTED = List.of("read coil 0 16", "read discrete 3 21", "read holding 100 20",
            "read input 0 125", "write holding 100 750", "write holding 119 1500", "write holding 101 1 2 3 4",
            "read holding 100 6", "write coil 12 1", "write coil 8 1 0 1 1 0", "read coil 8 8", "mask 110 65520 5",
            "read holding 110 1", "exchange 0 10 105 5 1500", "read holding 105 2", "read holding 250 20");

    private static final List<String> DENIED = List.of("write holding 118 0", "write holding 100 1501",
            "write holding 99 10", "write holding 120 10", "write holding 117 1 2 3", "write holding 101 20 1501",
            "write coil 200 1", "write coil 60 1 1 1 1 1", "exchange 0 10 118 7", "mask 118 0 7");

    /** Options of mbpoll: what to read, or what to write and where. References count from 0. */
    private static final List<String> MBPOLL_PERMITTED = List.of("-t 0 -r 0 -c 16", "-t 1 -r 3 -c 21",
            "-t 4 -r 100 -c 20", "-t 3 -r 0 -c 125", "-t 4 -r 100 {} 750", "-t 4 -r 101 {} 1 2 3", "-t 4 -r 100 -c 4",
            "-t 0 -r 12 {} 1", "-t 0 -r 8 {} 1 0 1", "-t 4 -r 250 -c 20");
    private static final List<String> MBPOLL_DENIED = List.of("-t 4 -r 118 {} 0", "-t 4 -r 100 {} 1501",
            "-t 4 -r 101 {} 1 1501", "-t 0 -r 200 {} 1");

    private Plant plant;
    private Namespace ops;
    private Peer server;
    private final Map<String, Peer> clients = new LinkedHashMap<>();
    private final Map<String, List<String>> overBridge = new LinkedHashMap<>();
    private List<String> mbpollOverBridge;

    @BeforeAll
    void build() {
        Rig.needed();
        plant = new Plant();
        Namespace cell = plant.host("plc", "cell", "00:80:f4:01:02:03", "10.3.1.10/24");
        ops = plant.host("hmi", "plant", "02:53:4c:03:01:05", "10.3.1.105/24");
        server = plant.peer(cell, ModbusServer.class, "10.3.1.10", "502");
        clients.put("j2mod", plant.peer(ops, ModbusClient.class));
        clients.put("pymodbus", ops.start("/usr/bin/python3", Programs.root().resolve(
                "integration/src/test/python/modbus_client.py").toString()).awaitReady(Duration.ofSeconds(60)));
        DeviceUnderTest bridge = plant.bridge();
        bridge.start();
        clients.forEach((name, client) -> overBridge.put(name, play(client, PERMITTED)));
        mbpollOverBridge = mbpolls(MBPOLL_PERMITTED);
        bridge.stop();
        plant.device(Rig.policy("line-3")).start();
    }

    @AfterAll
    void remove() {
        Rig.close(plant);
    }

    private List<String> play(Peer client, List<String> requests) {
        server.ask("clear");
        assertEquals(List.of("connected"), client.ask("connect 10.3.1.10 502"));
        return requests.stream().map(request -> request + ": " + client.ask(request)).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"j2mod", "pymodbus"})
    void whatIsPermittedIsAnsweredAsOverABridge(String maker) {
        assertEquals(overBridge.get(maker), play(client(maker), PERMITTED));
        assertEquals(PERMITTED.size(), server.ask("requests").size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"j2mod", "pymodbus"})
    void whatIsDeniedNeverArrivesAndTheMasterMayComeAgain(String maker) {
        assertAll(DENIED.stream().map(request -> () -> denied(client(maker), request)));
    }

    private void denied(Peer client, String request) {
        play(client, List.of("read holding 0 1"));
        List<String> before = server.ask("requests");
        List<String> bytes = bytes();
        String saw = client.ask(request).getFirst();
        assertEquals(before, server.ask("requests"), request);
        assertEquals(bytes, bytes(), () -> "not even a part of it arrives: " + request);
        assertTrue(saw.startsWith("lost"), () -> request + " was answered: " + saw);
        assertEquals(List.of("read holding 0 1: [1000]"), play(client, List.of("read holding 0 1")), request);
    }

    /** What the controller has read from each connection on which anything came. */
    private List<String> bytes() {
        return server.ask("bytes").stream().filter(line -> !line.endsWith(" ")).toList();
    }

    private Peer client(String maker) {
        return Objects.requireNonNull(clients.get(maker));
    }

    @Test
    void mbpollSeesWhatItSeesOverABridge() {
        assertEquals(mbpollOverBridge, mbpolls(MBPOLL_PERMITTED));
        assertEquals(MBPOLL_PERMITTED.size(), server.ask("requests").size());
    }

    @Test
    void whatMbpollMayNotWriteNeverArrives() {
        assertAll(MBPOLL_DENIED.stream().map(options -> () -> {
            server.ask("clear");
            String saw = mbpoll(options);
            assertEquals(List.of(), server.ask("requests"), options);
            assertTrue(saw.startsWith("1 "), () -> options + " succeeded: " + saw);
        }));
        server.ask("clear");
        assertTrue(mbpoll("-t 4 -r 0 -c 1").startsWith("0 "));
    }

    private List<String> mbpolls(List<String> all) {
        server.ask("clear");
        return all.stream().map(options -> options + ": " + mbpoll(options)).toList();
    }

    /** Runs it once; {@code {}} stands for the host, after which the values to write come. */
    private String mbpoll(String options) {
        String all = options.contains("{}") ? options : options + " {}";
        List<String> words = new ArrayList<>(List.of("mbpoll", "-m", "tcp", "-0", "-1", "-o", "1"));
        Stream.of(all.split(" ")).map(word -> word.equals("{}") ? "10.3.1.10" : word).forEach(words::add);
        Command.Result result = ops.run(Duration.ofSeconds(30), words.toArray(String[]::new));
        return result.code() + " " + Arrays.toString(result.lines().stream().filter(line -> line.startsWith("[")
                || line.startsWith("Written")).toArray());
    }
}
