package io.sluice.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading is the inverse of writing, for our reader, libpcap and Wireshark alike. */
class PcapngWriterProperties {
    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadBackTheSame() throws Exception {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 30; round++) {
            Path file = folder.resolve("round-trip.pcapng");
            List<Packet> written = write(file, random, 1 + random.nextInt(3), 1 + random.nextInt(150));
            Packet.Reading reading = Packet.all(file);
            assertEquals(written, reading.packets(), "seed " + seed);
            assertEquals(List.of(), reading.troubles(), "seed " + seed);
            assertEquals(written.stream().map(Libpcap.Seen::of).toList(), Libpcap.read(file), "seed " + seed);
        }
    }

    private static List<Packet> write(Path file, SplittableRandom random, int interfaces, int packets)
            throws IOException {
        List<Packet> written = new ArrayList<>();
        try (Arena arena = Arena.ofConfined(); PcapngWriter writer = PcapngWriter.create(file)) {
            for (int i = 0; i < interfaces; i++) {
                assertEquals(i, writer.addInterface(1, 0, i == 0 ? "" : "port " + i));
            }
            MemorySegment bytes = arena.allocate(70_000);
            for (int i = 1; i <= packets; i++) {
                byte[] data = CaptureBytes.random(random, random.nextInt(random.nextInt(20) == 0 ? 65_536 : 100));
                int at = random.nextInt(8);
                MemorySegment.copy(MemorySegment.ofArray(data), 0, bytes, at, data.length);
                int port = random.nextInt(interfaces);
                long time = random.nextLong(4_000_000_000_000_000_000L);
                int wire = data.length + random.nextInt(50);
                writer.write(port, time, bytes, at, data.length, wire, "x".repeat(random.nextInt(9)));
                written.add(new Packet(i, port, port == 0 ? "" : "port " + port, 1, time, wire,
                        HexFormat.of().formatHex(data)));
            }
        }
        return written;
    }

    @Test
    void aCaptureCopiedThroughTheWriterKeepsItsPackets() throws Exception {
        byte[] content = CaptureBytes.somePcapng(new SplittableRandom(8), 200);
        Path source = Files.write(folder.resolve("source.pcapng"), content);
        Path copy = folder.resolve("copy.pcapng");
        try (CaptureReader reader = CaptureReader.open(source); PcapngWriter writer = PcapngWriter.create(copy)) {
            int described = 0;
            while (reader.next()) {
                for (; described < reader.interfaces().size(); described++) {
                    CaptureInterface known = reader.interfaces().get(described);
                    writer.addInterface(known.linkType(), (int) known.snapLength(), known.name());
                }
                writer.write(reader.interfaceIndex(), reader, "");
            }
        }
        assertEquals(Packet.all(source).packets(), Packet.all(copy).packets());
    }

    @Test
    void wiresharkReadsNamesTimesLengthsAndComments() throws Exception {
        Path file = folder.resolve("wireshark.pcapng");
        String longest = "ä".repeat(40_000); // cut to 32766 characters of two bytes, never through one
        try (Arena arena = Arena.ofConfined(); PcapngWriter writer = PcapngWriter.create(file)) {
            int plant = writer.addInterface(1, 65_535, "plant");
            int cell = writer.addInterface(1, 65_535, "cell");
            MemorySegment bytes = arena.allocate(64);
            writer.write(plant, 1_700_000_000_123_456_789L, bytes, 0, 60, 61, "denied by s9: safety trip limit");
            writer.write(cell, 1_700_000_001_000_000_000L, bytes, 1, 63, 63, longest);
            writer.write(cell, -5, bytes, 1, 62, 62, "");
        }
        List<String> lines = tshark(file);
        assertEquals("1|plant|1700000000.123456789|60|61|denied by s9: safety trip limit", lines.get(0));
        assertEquals("2|cell|1700000001.000000000|63|63|" + "ä".repeat(32_766), lines.get(1));
        assertEquals("3|cell|0.000000000|62|62|", lines.get(2));
        assertEquals(3, lines.size());
    }

    private static List<String> tshark(Path file) throws IOException, InterruptedException {
        ProcessBuilder command = new ProcessBuilder("tshark", "-r", file.toString(), "-T", "fields", "-E",
                "separator=|",
                "-e", "frame.number", "-e", "frame.interface_name", "-e", "frame.time_epoch", "-e", "frame.cap_len",
                "-e", "frame.len", "-e", "frame.comment");
        command.redirectError(ProcessBuilder.Redirect.DISCARD).environment().put("LC_ALL", "C.UTF-8");
        Process process;
        try {
            process = command.start();
        } catch (IOException e) {
            assumeTrue(false, "tshark is missing: apt-get install tshark");
            throw e;
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        return output.lines().toList();
    }

    @Test
    void whatCannotBeWrittenIsRefusedAtOnce() throws IOException {
        try (Arena arena = Arena.ofConfined();
                PcapngWriter writer = PcapngWriter.create(folder.resolve("refused.pcapng"))) {
            MemorySegment bytes = arena.allocate(300_000);
            assertThrows(IndexOutOfBoundsException.class, () -> writer.write(0, 0, bytes, 0, 1, 1, ""));
            int port = writer.addInterface(1, 0, "");
            assertThrows(IllegalArgumentException.class, () -> writer.write(port, 0, bytes, 0, 2, 1, ""));
            assertThrows(IllegalArgumentException.class, () -> writer.write(port, 0, bytes, 0, 262_145, 262_145, ""));
            assertThrows(IndexOutOfBoundsException.class, () -> writer.write(port, 0, bytes, 299_999, 2, 2, ""));
            assertThrows(IllegalArgumentException.class, () -> writer.addInterface(70_000, 0, ""));
        }
        // A refused packet leaves nothing behind
        Packet.Reading reading;
        try {
            reading = Packet.all(folder.resolve("refused.pcapng"));
        } catch (CaptureException e) {
            throw new AssertionError(e);
        }
        assertTrue(reading.packets().isEmpty() && reading.troubles().isEmpty(), reading.toString());
    }
}
