package io.sluice.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testdata.Captures;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Count, bytes, lengths and times of packets are those that libpcap reads from the same file. */
class LibpcapDifferentialTest {
    @TempDir
    Path folder;

    @Test
    void generatedPcapsReadAlike() throws Exception {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 40; i++) {
            ByteOrder order = i % 2 == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            int magic = i % 4 < 2 ? CaptureBytes.MICROSECONDS : CaptureBytes.NANOSECONDS;
            assertAlike("seed " + seed, Files.write(folder.resolve("generated.pcap"),
                    CaptureBytes.somePcap(random, order, magic, random.nextInt(200))));
        }
    }

    @Test
    void generatedPcapngsReadAlike() throws Exception {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 40; i++) {
            assertAlike("seed " + seed, Files.write(folder.resolve("generated.pcapng"), uniform(random)));
        }
    }

    /** libpcap wants one byte order, and all interfaces of one link type and snap length; times only where it has them. */
    private static byte[] uniform(SplittableRandom random) {
        CaptureBytes file = new CaptureBytes(random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        int interfaces = 1 + random.nextInt(3);
        file.section();
        for (int i = 0; i < interfaces; i++) {
            file.describe(1, 2_000, file.name("eth" + i),
                    file.resolution(new int[]{6, 9, 3, 0}[random.nextInt(4)]), file.option(0));
        }
        for (int i = random.nextInt(100); i > 0; i--) {
            byte[] data = CaptureBytes.random(random, random.nextInt(60));
            switch (random.nextInt(6)) {
                case 0 -> file.obsolete(random.nextInt(interfaces), random.nextLong(1L << 31), data.length, data);
                case 1 -> file.block(5, file.body().bytes(data).pad());
                default -> file.enhanced(random.nextInt(interfaces), random.nextLong(1L << 31), data.length + i, data);
            }
        }
        return file.bytes();
    }

    @Test
    void everyCaptureOfTheCollectionReadsAlike() throws Exception {
        List<Path> files = Captures.all("");
        assertFalse(files.isEmpty());
        for (Path file : files) {
            assertAlike("", file);
            assertTrue(Packet.all(file).packets().size() > 1, file.toString());
        }
    }

    private static void assertAlike(String seed, Path file) throws Exception {
        List<Libpcap.Seen> expected = Libpcap.read(file);
        Packet.Reading reading = Packet.all(file);
        assertEquals(expected, reading.packets().stream().map(Libpcap.Seen::of).toList(), file + " " + seed);
        assertEquals(List.of(), reading.troubles(), file + " " + seed);
    }
}
