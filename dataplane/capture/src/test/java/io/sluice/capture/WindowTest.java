package io.sluice.capture;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.sluice.capture.CaptureTrouble.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The buffer that slides over a file. */
class WindowTest {
    private static final long MEBIBYTE = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void packetsAreTheSameWhateverTheWindowsSize() throws CaptureException, IOException {
        for (byte[] content : List.of(CaptureBytes.somePcapng(new SplittableRandom(3), 200),
                CaptureBytes.somePcap(new SplittableRandom(4), LITTLE_ENDIAN, CaptureBytes.NANOSECONDS, 200))) {
            Path file = Files.write(folder.resolve("window"), content);
            Packet.Reading expected = Packet.all(content);
            for (long window : new long[]{1, 7, 64, 100, 4_096, 4_097}) {
                assertEquals(expected, Packet.all(file, new CaptureLimits(262_144, 1 << 20, 4_096, 100, window)));
            }
        }
    }

    @Test
    void residentMemoryStaysBoundedWhateverTheFilesSize() throws CaptureException, IOException {
        Path file = folder.resolve("large.pcap");
        byte[] packets = CaptureBytes.somePcap(new SplittableRandom(5), LITTLE_ENDIAN, CaptureBytes.MICROSECONDS,
                8_000);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(packets);
            for (long size = 0; size < 160 * MEBIBYTE; size += packets.length - 24) {
                out.write(packets, 24, packets.length - 24);
            }
        }
        long before = resident();
        long most = 0;
        try (CaptureReader reader = CaptureReader.open(file)) {
            long touched = 0;
            while (reader.next()) {
                touched += reader.captured();
                if (reader.number() % 50_000 == 0) {
                    most = Math.max(most, resident() - before);
                }
            }
            assertTrue(touched > 50 * MEBIBYTE);
            assertEquals(reader.size(), reader.position());
        }
        // Room for the heap and the classes of other tests
        assertTrue(most < 96 * MEBIBYTE, most + " bytes more were resident");
    }

    private static long resident() throws IOException {
        Path status = Path.of("/proc/self/status");
        assumeTrue(Files.exists(status), "resident memory can only be read where there is /proc");
        return Files.readAllLines(status).stream().filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024).findFirst().orElseThrow();
    }

    @Test
    void nothingIsAllocatedPerPacket() throws CaptureException, IOException {
        byte[] pcap = CaptureBytes.somePcap(new SplittableRandom(6), LITTLE_ENDIAN, CaptureBytes.MICROSECONDS, 20_000);
        CaptureBytes blocks = CaptureBytes.pcapng(LITTLE_ENDIAN);
        for (int i = 0; i < 20_000; i++) {
            blocks.enhanced(0, i, 60, new byte[i % 60]);
        }
        for (byte[] content : List.of(pcap, blocks.bytes())) {
            Path file = Files.write(folder.resolve("allocation"), content);
            try (CaptureReader plain = CaptureReader.open(file);
                    CaptureReader stream = CaptureReader.open(new ByteArrayInputStream(content), "test")) {
                assertNothingAllocated(plain, 20_000);
                assertNothingAllocated(stream, 20_000);
            }
        }
    }

    private static void assertNothingAllocated(CaptureReader reader, int packets) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        reader.next(); // fills the buffer
        long before = threads.getCurrentThreadAllocatedBytes();
        long sum = 0;
        int count = 1;
        while (reader.next()) {
            sum += reader.captured() + reader.epochNanos() + reader.at() + reader.linkType()
                    + reader.interfaceName().length();
            count++;
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertEquals(packets, count, () -> "packets; sum " + reader.number());
        assertTrue(sum != 0);
        // One kilobyte in all covers what the interpreter boxes once; 20 000 packets at even one byte would show
        assertTrue(allocated < 10_000, allocated + " bytes for " + packets + " packets");
    }

    @Test
    void aFileThatGrowsWhileItIsReadIsReadToItsNewEnd() throws CaptureException, IOException {
        CaptureBytes start = CaptureBytes.pcap(LITTLE_ENDIAN, CaptureBytes.MICROSECONDS, 0, 1).packet(1, 0, 1,
                (byte) 1);
        Path file = Files.write(folder.resolve("growing"), start.bytes());
        try (CaptureReader reader = CaptureReader.open(file)) {
            assertTrue(reader.next());
            Files.write(file, new CaptureBytes(LITTLE_ENDIAN).packet(2, 0, 1, (byte) 2).bytes(),
                    StandardOpenOption.APPEND);
            assertTrue(reader.next());
            assertEquals(2_000_000_000L, reader.epochNanos());
            assertEquals(List.of(), Packet.all(reader).packets());
        }
    }

    @Test
    void aFileThatShrinksWhileItIsReadIsReported() throws CaptureException, IOException {
        byte[] content = CaptureBytes.somePcap(new SplittableRandom(7), LITTLE_ENDIAN, CaptureBytes.MICROSECONDS,
                3_000);
        Path file = Files.write(folder.resolve("shrinking"), content);
        CaptureLimits small = new CaptureLimits(262_144, 1 << 20, 4_096, 100, 4_096);
        try (CaptureReader reader = CaptureReader.open(file, small);
                FileChannel other = FileChannel.open(file,
                        StandardOpenOption.WRITE)) {
            assertTrue(reader.next());
            other.truncate(8_192);
            int packets = 1;
            while (reader.next()) {
                packets++;
            }
            assertTrue(packets > 1 && packets < 3_000, packets + " packets");
            assertEquals(List.of(Kind.UNREADABLE),
                    reader.troubles().stream().map(CaptureTrouble::kind).distinct().toList());
        }
    }
}
