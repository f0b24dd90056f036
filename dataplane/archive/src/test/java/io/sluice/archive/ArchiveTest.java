package io.sluice.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.replay.Replay.Judge;
import io.sluice.testdata.ModbusTraffic;
import io.sluice.testdata.PcapWriter;
import io.sluice.testdata.TcpConversation;
import io.sluice.testdata.TcpConversation.Frame;
import io.sluice.testdata.TcpConversation.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sensors, their order, and what a run does not do again. */
class ArchiveTest {
    private static final byte[] WRITE_100_IS_1 = HexFormat.of().parseHex("000100000006010600640001");

    @TempDir
    Path folder;

    // The request itself is cut by the rotation: its first byte ends one file, and the next begins with the rest.
    @Test
    void aConnectionThatRunsOnInTheNextFileIsOneFlow() throws Exception {
        List<Frame> frames = new TcpConversation("10.3.1.105", 50_000, "10.3.1.10", 502).handshake()
                .send(Side.CLIENT, WRITE_100_IS_1, 1).acknowledge(Side.SERVER)
                .send(Side.SERVER, WRITE_100_IS_1).finish(Side.CLIENT).frames();
        // The later file has the lower rotation number: rings begin anew.
        write("in/eth1_00009.pcap", frames.subList(0, 4));
        write("in/eth1_00001.pcap", frames.subList(4, frames.size()));
        ArchiveFolder.run(folder.resolve("in"), folder.resolve("out"), ArchiveFolder.recorded("modbus/line-3"));
        List<Map<String, Object>> rows = ArchiveFolder.rows(folder.resolve("out"), "eth1");
        assertEquals(List.of("request allow s2", "answer allow s2"), rows.stream()
                .map(r -> r.get("kind") + " " + r.get("verdict") + " " + r.get("rule")).toList());
        assertEquals(List.of("eth1_00001.pcap 1", "eth1_00001.pcap 3"),
                rows.stream().map(r -> r.get("file") + " " + r.get("frame")).toList());
        assertEquals(List.of(0L, 0L), rows.stream().map(r -> r.get("flow")).toList());
    }

    // Told apart by file, the second half began midway and its first bytes are no request.
    @Test
    void filesThatAreSensorsOfTheirOwnShareNoConnection() throws Exception {
        List<Frame> frames = new TcpConversation("10.3.1.105", 50_000, "10.3.1.10", 502).handshake()
                .send(Side.CLIENT, WRITE_100_IS_1, 1).frames();
        write("in/eth1_00001.pcap", frames.subList(0, 4));
        write("in/eth1_00002.pcap", frames.subList(4, frames.size()));
        ArchiveSettings settings = ArchiveFolder.settings(folder.resolve("in"), folder.resolve("out"),
                ArchiveFolder.recorded("modbus/line-3"), RowForm.JSON, 1);
        ArchiveSummary summary = ArchiveFolder.run(new ArchiveSettings(settings.folder(), settings.out(),
                settings.judge(), settings.profile(), Grouping.FILE, settings.form(), 1, 1 << 20, "test"));
        assertEquals(List.of("eth1_00001.pcap", "eth1_00002.pcap"),
                summary.sensors().stream().map(ArchiveSummary.SensorSummary::name).toList());
        assertEquals(List.of(), ArchiveFolder.rows(folder.resolve("out"), "").stream()
                .filter(r -> "allow".equals(r.get("verdict"))).toList());
    }

    // Two mirror ports see the same addresses and ports at the same time: as one recording they would be nonsense.
    @Test
    void sensorsThatRecordAtTheSameTimeDoNotMix() throws Exception {
        Judge judge = ArchiveFolder.judge(new ModbusTraffic(1, 1).policy());
        for (String sensor : List.of("eth1", "eth2")) {
            ModbusTraffic traffic = new ModbusTraffic(6000, 10, sensor.hashCode());
            ArchiveFolder.rotated(traffic, folder.resolve("both"), sensor, 1000);
            ArchiveFolder.rotated(traffic, folder.resolve(sensor), sensor, 1000);
            ArchiveFolder.run(folder.resolve(sensor), folder.resolve("out-" + sensor), judge);
        }
        ArchiveFolder.run(folder.resolve("both"), folder.resolve("out"), judge);
        List<Map<String, Object>> one = ArchiveFolder.rows(folder.resolve("out-eth1"), "eth1");
        List<Map<String, Object>> other = ArchiveFolder.rows(folder.resolve("out-eth2"), "eth2");
        assertTrue(one.size() > 1000 && other.size() > 1000, one.size() + ", " + other.size());
        assertEquals(one, ArchiveFolder.rows(folder.resolve("out"), "eth1"));
        assertEquals(other, ArchiveFolder.rows(folder.resolve("out"), "eth2"));
    }

    @Test
    void oneWorkerAndSeveralWriteTheSame() throws Exception {
        Judge judge = ArchiveFolder.judge(new ModbusTraffic(1, 1).policy());
        for (int sensor = 1; sensor <= 5; sensor++) {
            ArchiveFolder.rotated(new ModbusTraffic(3000, 10, sensor), folder.resolve("in/cell-" + sensor), "eth1",
                    500 * sensor);
        }
        ArchiveSummary one = ArchiveFolder.run(
                ArchiveFolder.settings(folder.resolve("in"), folder.resolve("one"), judge, RowForm.JSON, 1));
        ArchiveSummary four = ArchiveFolder.run(
                ArchiveFolder.settings(folder.resolve("in"), folder.resolve("four"), judge, RowForm.JSON, 4));
        assertEquals(one, four);
        assertEquals(5, one.sensors().size());
        Map<String, String> files = ArchiveFolder.files(folder.resolve("one"), "json");
        assertEquals(one.rows(), files.values().stream().flatMap(String::lines).count());
        assertEquals(files, ArchiveFolder.files(folder.resolve("four"), "json"));
    }

    @Test
    void aDamagedFileIsToldAndTheOthersAreJudged() throws Exception {
        ArchiveFolder.copy("modbus/line-3", folder.resolve("in/a/eth1_00001.pcap"));
        ArchiveFolder.copy("modbus/line-3", folder.resolve("in/b/eth1_00001.pcap"));
        Judge judge = ArchiveFolder.recorded("modbus/line-3");
        ArchiveSummary sound = ArchiveFolder.run(folder.resolve("in"), folder.resolve("sound"), judge);
        assertEquals(List.of(), sound.troubled());
        Files.writeString(folder.resolve("in/a/eth1_00002.pcap"), "not a capture at all");
        byte[] whole = Files.readAllBytes(folder.resolve("in/b/eth1_00001.pcap"));
        Files.write(Files.createDirectories(folder.resolve("in/c")).resolve("eth1.pcap"),
                java.util.Arrays.copyOf(whole, whole.length / 2));
        Files.createFile(folder.resolve("in/b/eth1_00007.pcap.gz"));
        ArchiveSummary summary = ArchiveFolder.run(folder.resolve("in"), folder.resolve("out"), judge);
        assertEquals(List.of("a/eth1_00002.pcap", "b/eth1_00007.pcap.gz", "c/eth1.pcap"),
                summary.troubled().stream().map(FileOutcome::name).toList());
        assertTrue(summary.troubled().getFirst().troubles().getFirst().startsWith("is neither pcap nor pcapng"),
                summary.troubled().toString());
        for (String sensor : List.of("a/eth1", "b/eth1")) {
            assertEquals(ArchiveFolder.rows(folder.resolve("sound"), sensor),
                    ArchiveFolder.rows(folder.resolve("out"), sensor));
        }
        assertTrue(ArchiveFolder.rows(folder.resolve("out"), "c/eth1").size() > 100);
    }

    // What is read again leaves its rows untouched; what follows a changed capture is judged anew.
    @Test
    void onlyWhatChangedAndWhatFollowsIsJudgedAgain() throws Exception {
        Judge judge = ArchiveFolder.judge(new ModbusTraffic(1, 1).policy());
        Path in = folder.resolve("in");
        Path out = folder.resolve("out");
        ArchiveFolder.rotated(new ModbusTraffic(60_000, 10, 1), in, "eth1", 12_000);
        assertEquals(0, ArchiveFolder.run(in, out, judge).finishedBefore());
        Map<String, String> first = ArchiveFolder.files(out, "json");
        assertEquals(5, first.size(), "each capture is above a mebibyte, so a part of its own");
        Path part = out.resolve("json/eth1-00002.jsonl");
        FileTime old = FileTime.fromMillis(1_000_000_000_000L);
        Files.setLastModifiedTime(part, old);
        assertEquals(5, ArchiveFolder.run(in, out, judge).finishedBefore());
        Files.setLastModifiedTime(in.resolve("eth1_00004.pcap"), old);
        assertEquals(3, ArchiveFolder.run(in, out, judge).finishedBefore());
        assertEquals(first, ArchiveFolder.files(out, "json"), "the same packets, whatever the file's date");
        assertEquals(old, Files.getLastModifiedTime(part));
        Files.delete(part);
        assertEquals(4, ArchiveFolder.run(in, out, judge).finishedBefore());
        assertEquals(first, ArchiveFolder.files(out, "json"));
        Files.delete(in.resolve("eth1_00005.pcap"));
        ArchiveFolder.run(in, out, judge);
        assertEquals(4, ArchiveFolder.files(out, "json").size(), "rows of captures that are gone are gone");
        assertEquals(4, ArchiveFolder.files(out, "state").size());
    }

    @Test
    void resultsOfOneRunAreNotMixedWithAnother() throws Exception {
        ArchiveFolder.copy("modbus/line-3", folder.resolve("in/eth1.pcap"));
        Path out = folder.resolve("out");
        ArchiveFolder.run(folder.resolve("in"), out, ArchiveFolder.recorded("modbus/line-3"));
        assertRefused(out, ArchiveFolder.recorded("modbus/pipelined"), "holds the results of another run (`policy: ");
        Files.createDirectories(folder.resolve("mine"));
        Files.writeString(folder.resolve("mine/letter.txt"), "mine");
        assertRefused(folder.resolve("mine"), ArchiveFolder.recorded("modbus/line-3"), "holds other files");
        try (OutputFolder busy = OutputFolder.open(folder.resolve("busy"), "x\n")) {
            assertNotEquals(null, busy.scratch());
            assertRefused(folder.resolve("busy"), ArchiveFolder.recorded("modbus/line-3"), "another run is writing");
        }
    }

    private void assertRefused(Path out, Judge judge, String why) {
        String sentence = assertThrows(ArchiveException.class,
                () -> ArchiveFolder.run(folder.resolve("in"), out, judge)).getMessage();
        assertTrue(sentence.contains(why), sentence);
    }

    @Test
    void capturesThatOverlapAreSuspectedToBeOfTwoSensors() throws Exception {
        Judge judge = ArchiveFolder.recorded("modbus/line-3");
        ArchiveFolder.copy("modbus/line-3", folder.resolve("in/tap_00001.pcap"));
        ArchiveFolder.copy("modbus/line-3", folder.resolve("in/tap_00002.pcap"));
        List<FileOutcome> troubled = new ArrayList<>(
                ArchiveFolder.run(folder.resolve("in"), folder.resolve("out"), judge).troubled());
        assertEquals(List.of("tap_00002.pcap"), troubled.stream().map(FileOutcome::name).toList());
        assertTrue(troubled.getFirst().troubles().getFirst().contains("if these are two sensors"),
                troubled.toString());
    }

    private void write(String name, List<Frame> frames) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        try (PcapWriter writer = new PcapWriter(file)) {
            for (Frame frame : frames) {
                writer.frame(frame.nanoseconds(), frame.bytes());
            }
        }
    }
}
