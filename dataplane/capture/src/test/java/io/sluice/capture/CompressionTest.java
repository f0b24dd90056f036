package io.sluice.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import io.sluice.capture.CaptureTrouble.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** gzip (RFC 1952) and zstd (RFC 8878) around captures. */
class CompressionTest {
    private static final byte[] PCAP = CaptureBytes.somePcap(new SplittableRandom(1), ByteOrder.BIG_ENDIAN,
            CaptureBytes.NANOSECONDS, 300);
    private static final byte[] PCAPNG = CaptureBytes.somePcapng(new SplittableRandom(2), 300);

    @TempDir
    Path folder;

    @Test
    void compressedCapturesReadLikePlainOnes() throws IOException, CaptureException {
        for (byte[] plain : List.of(PCAP, PCAPNG)) {
            for (byte[] packed : List.of(gzip(plain), Zstd.compress(plain))) {
                Packet.Reading expected = Packet.all(plain);
                assertEquals(expected, Packet.all(packed));
                assertEquals(expected, Packet.dribbled(packed, CaptureLimits.DEFAULT));
                assertEquals(expected, Packet.all(Files.write(folder.resolve("packed.pcap"), packed)));
            }
        }
    }

    @Test
    void severalMembersAndFramesAreOneCapture() throws IOException, CaptureException {
        // RFC 1952 §2.2, RFC 8878 §3.1; a skippable frame (§3.1.2) may come first
        byte[] head = Arrays.copyOf(PCAP, 777);
        byte[] tail = Arrays.copyOfRange(PCAP, 777, PCAP.length);
        byte[] members = join(gzip(head), gzip(new byte[0]), gzip(tail));
        byte[] frames = join(new byte[]{0x50, 0x2A, 0x4D, 0x18, 2, 0, 0, 0, 9, 9}, Zstd.compress(head),
                Zstd.compress(tail));
        for (byte[] packed : List.of(members, frames)) {
            assertEquals(Packet.all(PCAP), Packet.all(packed));
            assertEquals(Packet.all(PCAP), Packet.dribbled(packed, CaptureLimits.DEFAULT));
        }
    }

    @Test
    void packetsBeforeDamageInsideGzipAreUsed() throws IOException, CaptureException {
        byte[] packed = gzip(PCAP);
        Arrays.fill(packed, packed.length / 2, packed.length, (byte) 0xFF);
        Packet.Reading reading = Packet.all(packed);
        assertTrue(reading.packets().size() > 50, reading.packets().size() + " packets");
        assertEquals(Packet.all(PCAP).packets().subList(0, 50), reading.packets().subList(0, 50));
        // What is noticed first: that it cannot be decompressed, or that what comes out is nonsense
        assertFalse(reading.troubles().isEmpty());
    }

    @Test
    void whatFollowsTheLastGzipMemberIsNotLostSilently() throws IOException, CaptureException {
        byte[] second = gzip(Arrays.copyOfRange(PCAP, 777, PCAP.length));
        second[0] ^= 1; // no longer a member
        byte[] packed = join(gzip(Arrays.copyOf(PCAP, 777)), second);
        for (Packet.Reading reading : List.of(Packet.all(packed), Packet.dribbled(packed, CaptureLimits.DEFAULT))) {
            assertEquals(Packet.all(Arrays.copyOf(PCAP, 777)).packets(), reading.packets());
            assertEquals(List.of(Kind.UNREADABLE), reading.kinds());
            assertTrue(reading.troubles().getFirst().sentence().contains("not gzip"));
        }
    }

    @Test
    void progressIsThatOfTheCompressedFile() throws IOException, CaptureException {
        Path file = Files.write(folder.resolve("progress.pcap.gz"), gzip(PCAP));
        try (CaptureReader reader = CaptureReader.open(file)) {
            Packet.all(reader);
            assertEquals(Files.size(file), reader.size());
            assertEquals(reader.size(), reader.position());
        }
    }

    @Test
    void aCutGzipFileGivesThePacketsBeforeTheCut() throws IOException, CaptureException {
        byte[] packed = gzip(PCAP);
        assertTrue(cut(packed, packed.length / 2) > 50);
        for (int cut = packed.length / 10; cut < packed.length; cut += 61) {
            cut(packed, cut);
        }
    }

    @Test
    void aCutZstdFileGivesThePacketsOfItsWholeBlocks() throws IOException, CaptureException {
        // RFC 8878 §3.1.1.2: nothing comes out before a block of at most 128 KiB is whole
        byte[] packed = join(Zstd.compress(Arrays.copyOf(PCAP, 5_000)),
                Zstd.compress(Arrays.copyOfRange(PCAP, 5_000, PCAP.length)));
        assertTrue(cut(packed, packed.length - 7) > 10);
        CaptureException refused = assertThrows(CaptureException.class, () -> cut(packed, 40));
        assertEquals(CaptureException.Reason.UNREADABLE, refused.reason());
    }

    private static int cut(byte[] packed, int at) throws CaptureException {
        Packet.Reading reading = Packet.all(Arrays.copyOf(packed, at));
        assertEquals(Packet.all(PCAP).packets().subList(0, reading.packets().size()), reading.packets());
        assertEquals(List.of(Kind.UNREADABLE), reading.kinds());
        assertTrue(reading.troubles().getFirst().sentence().contains("end too early"));
        return reading.packets().size();
    }

    @Test
    void damagedCompressionIsReportedAndNeverThrows() throws IOException {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 500; i++) {
            byte[] packed = random.nextBoolean() ? gzip(PCAP) : Zstd.compress(PCAP, 3);
            for (int n = random.nextInt(3); n >= 0; n--) {
                packed[4 + random.nextInt(packed.length - 4)] = (byte) random.nextInt();
            }
            try {
                Packet.all(packed);
            } catch (CaptureException e) {
                assertTrue(e.getMessage().startsWith("test: "), "seed " + seed + ": " + e.getMessage());
            }
        }
    }

    @Test
    void whatIsCompressedMustBeACapture() throws IOException {
        byte[] packed = gzip("no capture".getBytes(StandardCharsets.US_ASCII));
        CaptureException refused = assertThrows(CaptureException.class, () -> Packet.all(packed));
        assertEquals(CaptureException.Reason.NOT_A_CAPTURE, refused.reason());
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
