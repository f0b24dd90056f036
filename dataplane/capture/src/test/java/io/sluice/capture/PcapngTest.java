package io.sluice.capture;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.capture.CaptureTrouble.Kind;
import java.io.ByteArrayInputStream;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** draft-ietf-opsawg-pcapng. */
class PcapngTest {
    private static final byte[] A = {0xA}, B = {0xB}, C = {0xC};

    @Test
    void sectionsOfBothOrdersFollowOneAnotherAndInterfacesCountThrough() throws CaptureException {
        CaptureBytes file = new CaptureBytes(BIG_ENDIAN).section();
        file.describe(1, 96, file.name("eth0")).describe(113, 0, file.name("any")).enhanced(1, 2_000_000, 60, A);
        file.order(LITTLE_ENDIAN).section();
        file.describe(101, 0, file.name("tun0"), file.option(0)).enhanced(0, 3_000_000, 1, B);
        Packet.Reading reading = Packet.all(file.bytes());
        assertEquals(List.of(new Packet(1, 1, "any", 113, 2_000_000_000L, 60, "0a"),
                new Packet(2, 2, "tun0", 101, 3_000_000_000L, 1, "0b")), reading.packets());
        assertEquals(List.of(), reading.troubles());
    }

    @Test
    void allPacketBlocksAreReadAndAllOthersPassedOver() throws CaptureException {
        for (ByteOrder order : List.of(BIG_ENDIAN, LITTLE_ENDIAN)) {
            CaptureBytes file = CaptureBytes.pcapng(order);
            file.obsolete(0, 1_000_000, 1, A);
            for (int type : new int[]{4, 5, 10, 0xBAD, 0x40000BAD, 0x8000_0001, 0}) { // names, statistics, secrets, custom, local
                file.block(type, file.body().bytes(new byte[40]));
            }
            file.simple(1, B).enhanced(0, 2_000_000, 1, C);
            Packet.Reading reading = Packet.all(file.bytes());
            assertEquals(List.of("0a", "0b", "0c"), reading.bytes());
            assertEquals(List.of(1L, 2L, 3L), reading.packets().stream().map(Packet::number).toList());
            // §4.4: no time in a simple packet block; the packet's before it is the best guess
            assertEquals(List.of(1_000_000_000L, 1_000_000_000L, 2_000_000_000L),
                    reading.packets().stream().map(Packet::epochNanos).toList());
            assertEquals(List.of(Kind.TIMESTAMP), reading.kinds());
        }
    }

    @Test
    void simplePacketsHoldTheLeastOfOriginalSnapLengthAndRoom() throws CaptureException {
        CaptureBytes file = new CaptureBytes(LITTLE_ENDIAN).section().describe(1, 6);
        file.simple(3, new byte[]{1, 2, 3}).simple(100, new byte[]{1, 2, 3, 4, 5, 6, 7, 8});
        file.section().describe(1, 0).simple(100, new byte[]{1, 2, 3, 4});
        Packet.Reading reading = Packet.all(file.bytes());
        assertEquals(List.of("010203", "010203040506", "01020304"), reading.bytes());
        assertEquals(List.of(3, 100, 100), reading.packets().stream().map(Packet::wire).toList());
    }

    @Test
    void timestampsFollowTheInterfacesResolutionAndOffset() throws CaptureException {
        CaptureBytes file = new CaptureBytes(BIG_ENDIAN).section();
        file.describe(1, 0, file.resolution(9)).describe(1, 0, file.resolution(0x80 | 20))
                .describe(1, 0, file.resolution(3), file.offset(-10))
                .describe(1, 0, file.resolution(0), file.offset(7));
        file.enhanced(0, 1_700_000_000_123_456_789L, 1, A).enhanced(1, (5L << 20) + (1 << 19), 1, A)
                .enhanced(2, 12_345, 1, A).enhanced(3, 3, 1, A);
        assertEquals(List.of(1_700_000_000_123_456_789L, 5_500_000_000L, 2_345_000_000L, 10_000_000_000L),
                Packet.all(file.bytes()).packets().stream().map(Packet::epochNanos).toList());
    }

    @Test
    void aTimeOutsideWhatNanosecondsHoldIsReported() throws CaptureException {
        byte[] file = CaptureBytes.pcapng(LITTLE_ENDIAN).enhanced(0, -1, 1, A).enhanced(0, 1_000_000, 1, B).bytes();
        Packet.Reading reading = Packet.all(file);
        assertEquals(List.of(Long.MAX_VALUE, 1_000_000_000L),
                reading.packets().stream().map(Packet::epochNanos).toList());
        assertEquals(List.of(Kind.TIMESTAMP), reading.kinds());
    }

    @Test
    void aPacketOfAnUndescribedInterfaceIsLeftOutAndKeepsItsNumber() throws CaptureException {
        for (int lie : new int[]{1, -1, Integer.MIN_VALUE}) {
            byte[] file = CaptureBytes.pcapng(LITTLE_ENDIAN).enhanced(lie, 0, 1, A).enhanced(0, 0, 1, B).bytes();
            Packet.Reading reading = Packet.all(file);
            assertEquals(List.of("0b"), reading.bytes());
            assertEquals(2, reading.packets().getFirst().number());
            assertEquals(List.of(Kind.UNKNOWN_INTERFACE), reading.kinds());
        }
        // Interfaces of an earlier section do not count (§4.1)
        byte[] file = CaptureBytes.pcapng(LITTLE_ENDIAN).section().enhanced(0, 0, 1, A).simple(1, B).bytes();
        assertEquals(List.of(Kind.UNKNOWN_INTERFACE, Kind.UNKNOWN_INTERFACE), Packet.all(file).kinds());
    }

    @Test
    void aPacketThatClaimsMoreThanItsBlockHoldsIsLeftOut() throws CaptureException {
        for (int lie : new int[]{5, Integer.MAX_VALUE, -1}) {
            byte[] file = CaptureBytes.pcapng(BIG_ENDIAN).enhanced(0, 0, lie, lie, new byte[]{1, 2, 3, 4})
                    .enhanced(0, 0, 1, B).bytes();
            Packet.Reading reading = Packet.all(file);
            assertEquals(List.of("0b"), reading.bytes());
            assertEquals(List.of(Kind.DAMAGED), reading.kinds());
        }
    }

    @Test
    void aPacketBlockTooSmallForItsHeaderIsLeftOut() throws CaptureException {
        CaptureBytes file = CaptureBytes.pcapng(BIG_ENDIAN);
        for (int type : new int[]{2, 3, 6}) {
            file.block(type, file.body());
        }
        Packet.Reading reading = Packet.all(file.enhanced(0, 0, 1, B).bytes());
        assertEquals(List.of("0b"), reading.bytes());
        assertEquals(4, reading.packets().getFirst().number());
        assertEquals(List.of(Kind.DAMAGED, Kind.DAMAGED, Kind.DAMAGED), reading.kinds());
    }

    @Test
    void blockLengthsThatLieEndTheReadingButKeepThePacketsBefore() throws CaptureException {
        for (int lie : new int[]{0, 4, 8, 11, 13, 33, -1}) {
            CaptureBytes file = CaptureBytes.pcapng(LITTLE_ENDIAN).enhanced(0, 0, 1, A);
            file.block(6, lie, new byte[64], lie).enhanced(0, 0, 1, B);
            Packet.Reading reading = Packet.all(file.bytes());
            assertEquals(List.of("0a"), reading.bytes(), "length " + lie);
            assertEquals(List.of(Kind.DAMAGED), reading.kinds());
        }
        CaptureBytes huge = CaptureBytes.pcapng(LITTLE_ENDIAN).enhanced(0, 0, 1, A);
        huge.block(99, 0xFFFF_FFFC, new byte[64], 0xFFFF_FFFC);
        assertEquals(List.of(Kind.TRUNCATED), Packet.all(huge.bytes()).kinds());
    }

    @Test
    void twoLengthsThatDifferAreReportedAndTheFirstCounts() throws CaptureException {
        CaptureBytes file = CaptureBytes.pcapng(LITTLE_ENDIAN);
        byte[] body = file.body().u32(0).u32(0).u32(0).u32(1).u32(1).bytes(A).pad().bytes();
        Packet.Reading reading = Packet.all(file.block(6, 36, body, 40).enhanced(0, 0, 1, B).bytes());
        assertEquals(List.of("0a", "0b"), reading.bytes());
        assertEquals(List.of(Kind.DAMAGED), reading.kinds());
    }

    @Test
    void packetsBeyondTheLimitsAreLeftOutAndTheRestIsUsed() throws CaptureException {
        byte[] file = CaptureBytes.pcapng(LITTLE_ENDIAN).enhanced(0, 0, 262_145, new byte[262_145])
                .enhanced(0, 0, 1 << 20, new byte[1 << 20]).enhanced(0, 0, 262_144, new byte[262_144])
                .enhanced(0, 0, 1, B).bytes();
        Packet.Reading reading = Packet.all(file);
        assertEquals(List.of(3L, 4L), reading.packets().stream().map(Packet::number).toList());
        assertEquals(List.of(Kind.OVERSIZED, Kind.OVERSIZED), reading.kinds());
    }

    @Test
    void aSectionThatCannotBeReadEndsTheReading() throws CaptureException {
        byte[] version = CaptureBytes.pcapng(LITTLE_ENDIAN).enhanced(0, 0, 1, A).section(2, 0x1A2B3C4D).bytes();
        byte[] magic = CaptureBytes.pcapng(LITTLE_ENDIAN).enhanced(0, 0, 1, A).section(1, 0x12345678).bytes();
        for (byte[] file : List.of(version, magic)) {
            Packet.Reading reading = Packet.all(file);
            assertEquals(List.of("0a"), reading.bytes());
            assertEquals(List.of(Kind.DAMAGED), reading.kinds());
        }
    }

    @Test
    void namesCannotStealTheTerminal() throws CaptureException {
        CaptureBytes file = new CaptureBytes(LITTLE_ENDIAN).section();
        file.describe(1, 0, file.name("e\u001b[2J\n\u202eth\0\0")).enhanced(0, 0, 1, A);
        assertEquals("e?[2J??th", Packet.all(file.bytes()).packets().getFirst().interfaceName());
    }

    @Test
    void damagedOptionsCostOnlyWhatFollowsThem() throws CaptureException {
        CaptureBytes file = new CaptureBytes(LITTLE_ENDIAN).section();
        file.describe(1, 0, file.name("eth0"), file.body().u16(9).u16(60_000)).enhanced(0, 1_000_000, 1, A);
        Packet.Reading reading = Packet.all(file.bytes());
        assertEquals(List.of(new Packet(1, 0, "eth0", 1, 1_000_000_000L, 1, "0a")), reading.packets());
        assertEquals(List.of(Kind.DAMAGED), reading.kinds());
    }

    @Test
    void aFloodOfInterfacesIsBounded() throws CaptureException {
        CaptureBytes file = new CaptureBytes(LITTLE_ENDIAN).section();
        for (int i = 0; i < 5_000; i++) {
            file.describe(1, 0);
        }
        file.enhanced(4_999, 0, 1, A).enhanced(4_095, 0, 1, B);
        try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(file.bytes()), "test")) {
            assertEquals(List.of("0b"), Packet.all(reader).bytes());
            assertEquals(4_096, reader.interfaces().size());
            assertEquals(5_000 - 4_096 + 1, reader.troubleCount());
        }
    }

    @Test
    void packetOptionsAreNotTakenForData() throws CaptureException {
        CaptureBytes file = CaptureBytes.pcapng(LITTLE_ENDIAN);
        file.block(6, file.body().u32(0).u32(0).u32(0).u32(1).u32(1).bytes(A).pad()
                .bytes(file.option(1, new byte[333]).bytes()).u32(0)).enhanced(0, 0, 1, B);
        Packet.Reading reading = Packet.all(file.bytes());
        assertEquals(List.of("0a", "0b"), reading.bytes());
        assertTrue(reading.troubles().isEmpty());
    }
}
