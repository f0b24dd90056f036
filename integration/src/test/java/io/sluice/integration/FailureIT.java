package io.sluice.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.integration.device.DeviceUnderTest;
import io.sluice.integration.device.KernelBridge;
import io.sluice.integration.device.Plant;
import io.sluice.integration.device.SluiceInline;
import io.sluice.integration.peer.ModbusClient;
import io.sluice.integration.peer.ModbusLoad;
import io.sluice.integration.peer.ModbusServer;
import io.sluice.testdata.net.Namespace;
import io.sluice.testdata.net.Peer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The firewall dies and comes back; cables are pulled; ports have other names or none. */
class FailureIT {
    private static final String PLC = "10.3.1.10", PLC_MAC = "00:80:f4:01:02:03";
    private static final int GRACE_MILLISECONDS = 100, SILENCE_MILLISECONDS = 1000;

    private Plant plant;
    private Namespace cell;
    private Namespace ops;
    @SuppressWarnings("NullAway.Init") // started by the tests that need it
    private Peer server;
    @SuppressWarnings("NullAway.Init") // likewise
    private Peer load;
    private DeviceUnderTest device;

    @BeforeEach
    void build() {
        Rig.needed();
        plant = new Plant();
        cell = plant.host("plc", "cell", PLC_MAC, PLC + "/24");
        ops = plant.host("hmi", "plant", "02:53:4c:03:01:05", "10.3.1.105/24");
        device = plant.device(Rig.policy("line-3"));
    }

    @AfterEach
    void remove() {
        Rig.close(plant);
    }

    private void startAll() {
        server = plant.peer(cell, ModbusServer.class, PLC, "502");
        load = plant.peer(ops, ModbusLoad.class);
        device.start();
    }

    @Test
    void killedItLetsNothingThroughAndStartedAgainMastersComeBack() {
        startAll();
        load.ask("start " + PLC + " 4 5");
        awaitAnswers(100);
        device.kill();
        Rig.pause(GRACE_MILLISECONDS);
        long before = cell.received(Plant.LINK);
        Rig.pause(SILENCE_MILLISECONDS);
        assertEquals(before, cell.received(Plant.LINK),
                "frames that arrived at the controller after the firewall died");
        long start = System.nanoTime();
        device.start();
        long answers = Rig.counts(load.ask("progress")).getOrDefault("answers", -1L);
        awaitAnswers(answers + 100);
        System.out.printf("killed: masters back %d ms after the start of the process; %s%n",
                (System.nanoTime() - start) / 1_000_000, Rig.counts(load.ask("stop")));
    }

    @Test
    void aConnectionFromBeforeARestartIsResetAtOnceAndDeliversNothing() {
        startAll();
        Peer client = plant.peer(ops, ModbusClient.class);
        for (String request : List.of("read holding 0 1", "write holding 118 1")) {
            server.ask("clear");
            client.ask("connect " + PLC + " 502");
            assertEquals(List.of("1000"), client.ask("read holding 0 1"));
            device.kill();
            device.start();
            String saw = client.ask(request).getFirst();
            assertTrue(saw.startsWith("lost"), () -> "found mid-stream, it was answered: " + saw);
            assertEquals(List.of("unit 1 function 3 00000001"), server.ask("requests"));
            client.ask("connect " + PLC + " 502");
            assertEquals(List.of("1000"), client.ask("read holding 0 1"));
        }
    }

    @Test
    void endedAsAskedItEndsSoonAndNothingPassesAfterwards() {
        startAll();
        load.ask("start " + PLC + " 4 5");
        awaitAnswers(100);
        device.stop();
        long before = cell.received(Plant.LINK);
        Rig.pause(SILENCE_MILLISECONDS);
        assertEquals(before, cell.received(Plant.LINK));
    }

    @Test
    void aCableMayBePulledAndPutBack() {
        startAll();
        load.ask("start " + PLC + " 4 5");
        awaitAnswers(100);
        for (Namespace end : List.of(plant.middle(), cell)) {
            String link = end == cell ? Plant.LINK : "cell";
            end.down(link);
            Rig.pause(500);
            long before = Rig.counts(load.ask("progress")).getOrDefault("answers", -1L);
            Rig.pause(500);
            assertEquals(before, Rig.counts(load.ask("progress")).getOrDefault("answers", -1L),
                    "answers over a cable that is pulled");
            end.up(link);
            awaitAnswers(before + 100);
        }
        System.out.println("cable pulled twice for a second: " + Rig.counts(load.ask("stop")));
    }

    @Test
    void anInterfaceMayBeRenamedWhileItRuns() {
        startAll();
        load.ask("start " + PLC + " 4 5");
        awaitAnswers(100);
        plant.middle().down("cell");
        plant.middle().ip("link", "set", "cell", "name", "renamed");
        plant.middle().up("renamed");
        awaitAnswers(Rig.counts(load.ask("progress")).getOrDefault("answers", -1L) + 100);
    }

    /** As when a network card is taken out and another put in. */
    @Test
    void anInterfaceMayVanishAndAnotherOfItsNameTakesItsPlace() {
        startAll();
        load.ask("start " + PLC + " 4 5");
        awaitAnswers(100);
        plant.unplug("cell");
        awaitSaid("port `cell` (cell) is gone");
        plant.plug(cell, "cell", PLC_MAC, PLC + "/24");
        awaitAnswers(Rig.counts(load.ask("progress")).getOrDefault("answers", -1L) + 100);
        awaitSaid("port `cell` (cell) is up");
    }

    private void awaitSaid(String text) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!(device instanceof KernelBridge) && device.said().stream().noneMatch(line -> line.contains(text))) {
            assertTrue(System.nanoTime() < end, () -> "it did not say `" + text + "` but " + device.said());
            Rig.pause(20);
        }
    }

    @Test
    void aMissingInterfaceIsASentenceAndExitCode3() {
        plant.port("eng", "nosuch0");
        SluiceInline inline = plant.sluice(Rig.policy("three-ports"));
        Peer process = inline.launch();
        assertEquals(3, process.awaitEnd(Duration.ofSeconds(60)));
        String said = String.join("\n", process.said());
        assertTrue(said.contains("nosuch0"), said);
        assertFalse(said.contains("Exception") || said.contains("\tat "), said);
    }

    private void awaitAnswers(long count) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        Map<String, Long> counts = Rig.counts(load.ask("progress"));
        while (counts.getOrDefault("answers", -1L) < count) {
            assertTrue(System.nanoTime() < end, "the masters get no answers; " + device.said() + " " + load.said());
            Rig.pause(5);
            counts = Rig.counts(load.ask("progress"));
        }
    }
}
