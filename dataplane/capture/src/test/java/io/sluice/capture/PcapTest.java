package io.sluice.capture;

import static io.sluice.capture.CaptureBytes.MICROSECONDS;
import static io.sluice.capture.CaptureBytes.NANOSECONDS;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.capture.CaptureTrouble.Kind;
import java.io.ByteArrayInputStream;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** draft-ietf-opsawg-pcap: §4 file header, §5 packet record. */
class PcapTest {
    @Test
    void bothByteOrdersAndBothResolutionsGiveTheSamePackets() throws CaptureException {
        for (ByteOrder order : List.of(BIG_ENDIAN, LITTLE_ENDIAN)) {
            byte[] micro = CaptureBytes.pcap(order, MICROSECONDS, 65_535, 113).packet(1_700_000_000, 7, 60, (byte) 1)
                    .packet(1_700_000_001, 999_999, 2, (byte) 2, (byte) 3).bytes();
            assertEquals(List.of(new Packet(1, 0, "", 113, 1_700_000_000_000_007_000L, 60, "01"),
                    new Packet(2, 0, "", 113, 1_700_000_001_999_999_000L, 2, "0203")), Packet.all(micro).packets());
            byte[] nano = CaptureBytes.pcap(order, NANOSECONDS, 65_535, 276).packet(5, 999_999_999, 1, (byte) 1)
                    .bytes();
            assertEquals(List.of(new Packet(1, 0, "", 276, 5_999_999_999L, 1, "01")), Packet.all(nano).packets());
        }
    }

    @Test
    void secondsAreUnsignedAndReachTheYear2106() throws CaptureException {
        byte[] file = CaptureBytes.pcap(LITTLE_ENDIAN, MICROSECONDS, 0, 1).packet(-1, -1, 0).bytes();
        assertEquals(0xFFFF_FFFFL * 1_000_000_000L + 0xFFFF_FFFFL * 1_000L,
                Packet.all(file).packets().getFirst().epochNanos());
    }

    @Test
    void theUpperBitsOfTheLinkTypeAreNotPartOfIt() throws CaptureException {
        // §4: frame check sequence of 4 bytes present (0x2, F bit)
        byte[] file = CaptureBytes.pcap(BIG_ENDIAN, MICROSECONDS, 0, 0x2400_0001).packet(0, 0, 0).bytes();
        assertEquals(1, Packet.all(file).packets().getFirst().linkType());
    }

    @Test
    void aFileWithoutPacketsIsSound() throws CaptureException {
        Packet.Reading reading = Packet.all(CaptureBytes.pcap(LITTLE_ENDIAN, MICROSECONDS, 0, 1).bytes());
        assertEquals(List.of(), reading.packets());
        assertEquals(List.of(), reading.troubles());
    }

    @Test
    void aLengthBeyondTheLimitEndsTheReadingButKeepsThePacketsBefore() throws CaptureException {
        for (int lie : new int[]{262_145, Integer.MAX_VALUE, Integer.MIN_VALUE, -1}) {
            byte[] file = CaptureBytes.pcap(LITTLE_ENDIAN, MICROSECONDS, 0, 1).packet(1, 1, 1, (byte) 1)
                    .record(2, 2, lie, lie).bytes(new byte[100]).bytes();
            Packet.Reading reading = Packet.all(file);
            assertEquals(List.of("01"), reading.bytes());
            assertEquals(List.of(Kind.OVERSIZED), reading.kinds());
            assertEquals(24 + 17, reading.troubles().getFirst().offset());
        }
    }

    @Test
    void thePacketOfExactlyTheLimitIsRead() throws CaptureException {
        byte[] file = CaptureBytes.pcap(LITTLE_ENDIAN, MICROSECONDS, 0, 1).packet(1, 1, 262_144, new byte[262_144])
                .packet(1, 1, 1, (byte) 9).bytes();
        Packet.Reading reading = Packet.all(file);
        assertEquals(2, reading.packets().size());
        assertEquals(List.of(), reading.troubles());
    }

    @Test
    void packetsBeyondTheSnapLengthAreUsedAndReportedOnce() throws CaptureException {
        byte[] file = CaptureBytes.pcap(LITTLE_ENDIAN, MICROSECONDS, 1, 1).packet(1, 1, 2, (byte) 1, (byte) 2)
                .packet(1, 1, 2, (byte) 3, (byte) 4).bytes();
        Packet.Reading reading = Packet.all(file);
        assertEquals(List.of("0102", "0304"), reading.bytes());
        assertEquals(List.of(Kind.DAMAGED), reading.kinds());
    }

    @Test
    void anImpossibleOriginalLengthIsReplacedAndReported() throws CaptureException {
        byte[] file = CaptureBytes.pcap(LITTLE_ENDIAN, MICROSECONDS, 0, 1).packet(1, 1, 0, (byte) 1)
                .packet(1, 1, -1, (byte) 2).bytes();
        Packet.Reading reading = Packet.all(file);
        assertEquals(List.of(1, Integer.MAX_VALUE), reading.packets().stream().map(Packet::wire).toList());
        assertEquals(List.of(Kind.DAMAGED, Kind.DAMAGED), reading.kinds());
    }

    @Test
    void beforeVersion24TheLengthsMayStandTheOtherWayRound() throws CaptureException {
        byte[] file = new CaptureBytes(BIG_ENDIAN).pcapHeader(MICROSECONDS, 2 << 16 | 3, 0, 1)
                .record(1, 1, 60, 2).bytes((byte) 1, (byte) 2).bytes();
        assertEquals(List.of(new Packet(1, 0, "", 1, 1_000_001_000L, 60, "0102")), Packet.all(file).packets());
    }

    @Test
    void anInterfaceWhoseFramesCannotBeJudgedIsReportedAndItsPacketsHandedOut() throws CaptureException {
        byte[] file = CaptureBytes.pcap(LITTLE_ENDIAN, MICROSECONDS, 0, 227).packet(1, 1, 1, (byte) 1).bytes();
        Packet.Reading reading = Packet.all(file);
        assertEquals(List.of("01"), reading.bytes());
        assertEquals(List.of(Kind.LINK_TYPE), reading.kinds());
        assertTrue(reading.troubles().getFirst().sentence().contains("227 (CAN)"));
    }

    @Test
    void troublesAreKeptUpToTheLimitAndCountedBeyond() throws CaptureException {
        CaptureBytes file = CaptureBytes.pcap(LITTLE_ENDIAN, MICROSECONDS, 0, 1);
        for (int i = 0; i < 1_000; i++) {
            file.packet(1, 1, 0, (byte) 1);
        }
        try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(file.bytes()), "test")) {
            Packet.all(reader);
            assertEquals(100, reader.troubles().size());
            assertEquals(1_000, reader.troubleCount());
        }
    }
}
