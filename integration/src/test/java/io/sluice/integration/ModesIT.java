package io.sluice.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.control.ControlException;
import io.sluice.control.v1.JournalStatus;
import io.sluice.control.v1.VerdictCount;
import io.sluice.integration.device.DeviceUnderTest;
import io.sluice.integration.device.Plant;
import io.sluice.integration.device.SluiceInline;
import io.sluice.integration.peer.FrameHost;
import io.sluice.integration.peer.ModbusClient;
import io.sluice.integration.peer.ModbusServer;
import io.sluice.testdata.TcpConversation;
import io.sluice.testdata.TcpConversation.Side;
import io.sluice.testdata.net.Command;
import io.sluice.testdata.net.Namespace;
import io.sluice.testdata.net.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ports and policies that only look, and a journal that cannot be written. */
class ModesIT {
    private static final String PLC = "10.3.1.10";
    private static final List<String> ALL = List.of("read holding 0 1", "write holding 100 750", "write holding 118 0",
            "write holding 100 1501", "write coil 200 1", "exchange 0 10 118 7", "read holding 118 1");

    private Plant plant;
    private Namespace cell;
    private Namespace ops;
    private Peer server;
    private Peer client;

    @BeforeEach
    void build() {
        Rig.needed();
        plant = new Plant();
        cell = plant.host("plc", "cell", "00:80:f4:01:02:03", PLC + "/24");
        ops = plant.host("hmi", "plant", "02:53:4c:03:01:05", "10.3.1.105/24");
        server = plant.peer(cell, ModbusServer.class, PLC, "502");
        client = plant.peer(ops, ModbusClient.class);
    }

    @AfterEach
    void remove() {
        Rig.close(plant);
    }

    private List<String> play() {
        server.ask("clear");
        client.ask("connect " + PLC + " 502");
        return ALL.stream().map(request -> request + ": " + client.ask(request)).toList();
    }

    @Test
    void inModeMonitorNothingIsChangedAndWhatWouldBeDeniedIsWrittenDown() throws Exception {
        DeviceUnderTest bridge = plant.bridge();
        bridge.start();
        List<String> overBridge = play();
        List<String> received = server.ask("requests");
        bridge.stop();
        SluiceInline inline = plant.sluice(Rig.policy("line-3-monitor"));
        inline.start();
        assertEquals(overBridge, play());
        assertEquals(received, server.ask("requests"));
        inline.stop();
        assertTrue(journal().contains("\"s9\""), () -> "the deny rule s9 is not in the journal: " + journal());
    }

    /** The frames of a connection elsewhere, as the mirror port of a switch sends them, a forbidden write among them. */
    @Test
    void whatComesAtAMirrorPortIsReportedAndNeverForwarded() throws Exception {
        Namespace tap = plant.host("tap", "spy", "02:53:4c:09:00:01");
        Peer spy = plant.peer(tap, FrameHost.class, Plant.LINK);
        plant.mirror("spy");
        SluiceInline inline = plant.sluice(Rig.policy("mirror"));
        inline.start();
        client.ask("connect " + PLC + " 502");
        assertEquals(List.of("1000"), client.ask("read holding 0 1"));
        byte[] write = HexFormat.of().parseHex("000100000006010600760000");
        TcpConversation elsewhere = new TcpConversation("10.9.1.105", 50_000, "10.9.1.10", 502).handshake()
                .send(Side.CLIENT, write).send(Side.SERVER, write).finish(Side.CLIENT);
        Peer cellLink = plant.peer(cell, FrameHost.class, Plant.LINK);
        Peer opsLink = plant.peer(ops, FrameHost.class, Plant.LINK);
        spy.ask("clear");
        elsewhere.frames().forEach(frame -> spy.ask("send " + HexFormat.of().formatHex(frame.bytes())));
        assertEquals(List.of("1000"), client.ask("read holding 0 1"));
        Rig.pause(300);
        assertEquals(List.of("0"), cellLink.ask("heard 0a09010a"));
        assertEquals(List.of("0"), opsLink.ask("heard 0a09010a"));
        assertEquals(List.of("0"), spy.ask("heard 0a09"), "nothing is ever sent at a mirror port");
        assertEquals(Map.of("line-3", Set.of(true), "line-9", Set.of(false)), enforced(inline));
        inline.stop();
        assertTrue(journal().contains("10.9.1.105"), () -> "the write is not in the journal: " + journal());
    }

    /** Whether messages of a conduit were counted as enforced. */
    private static Map<String, Set<Boolean>> enforced(SluiceInline inline) throws ControlException {
        return inline.status().getVerdictsList().stream().collect(Collectors.groupingBy(VerdictCount::getConduit,
                Collectors.mapping(VerdictCount::getEnforced, Collectors.toSet())));
    }

    @Test
    void whenTheJournalsDiskIsFullTrafficGoesOnAndThereIsAnAlarm() throws Exception {
        Path data = Files.createDirectory(plant.folder().resolve("data"));
        Command.demand(List.of("mount", "-t", "tmpfs", "-o", "size=1m", "rig-journal", data.toString()));
        try {
            plant.setting("journal: {detail: all}");
            SluiceInline inline = plant.sluice(Rig.policy("line-3"));
            inline.start();
            fill(data.resolve("somebody-elses"));
            client.ask("connect " + PLC + " 502");
            for (int i = 0; i < 2000; i++) {
                assertEquals(List.of("1000"), client.ask("read holding 0 1"));
            }
            awaitStopped(inline);
            assertEquals(List.of("1000"), client.ask("read holding 0 1"));
            assertTrue(client.ask("write holding 118 0").getFirst().startsWith("lost"), "what is denied stays denied");
            inline.kill();
        } finally {
            Command.demand(List.of("umount", data.toString()));
        }
    }

    private static void fill(Path file) {
        try (var out = Files.newOutputStream(file)) {
            byte[] block = new byte[4096];
            for (int i = 0; i < 1024; i++) {
                out.write(block);
            }
        } catch (IOException e) {
            // The disk is full, as it should be.
        }
    }

    private static void awaitStopped(SluiceInline inline) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (inline.status().getJournal().getState() != JournalStatus.State.STOPPED) {
            assertTrue(System.nanoTime() < end, () -> "no alarm: " + inline.said());
            Rig.pause(100);
        }
    }

    /** Everything in the journal's folder, as text. */
    private String journal() {
        try (Stream<Path> files = Files.walk(plant.folder().resolve("data/journal"))) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
            return all.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
