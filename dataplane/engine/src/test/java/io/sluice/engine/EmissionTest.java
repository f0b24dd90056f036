package io.sluice.engine;

import static io.sluice.testdata.PacketBuilder.ACK;
import static io.sluice.testdata.PacketBuilder.FIN;
import static io.sluice.testdata.PacketBuilder.PSH;
import static io.sluice.testdata.PacketBuilder.RST;
import static io.sluice.testdata.PacketBuilder.SYN;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testdata.PacketBuilder;
import io.sluice.testdata.TcpOptions;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a host is given to send: every frame is read back and must have right lengths and checksums, see {@link Emitted}. */
class EmissionTest {
    private static final byte[] READ = Requests.frame(1, 3, 0, 0, 0, 1);
    private static final byte[] COIL = Requests.frame(2, 5, 0, 1, 0xFF, 0);
    private static final byte[] ANSWER = Requests.frame(1, 3, 2, 0, 9);
    private static final long CLIENT_MAC = 0x0200_0000_0001L;
    private static final long SERVER_MAC = 0x0200_0000_0002L;

    private final Desk desk = new Desk(Desk.policy("enforce", "reset"), Profile.INLINE, EngineLimits.DEFAULT);
    private final Wire wire = new Wire(-14, 77);

    @AfterEach
    void close() {
        desk.close();
    }

    private static byte[] concat(byte[]... parts) {
        return Requests.concat(parts);
    }

    private static void isReset(Emitted frame, boolean back, int sequence, int acknowledgement) {
        assertEquals(back, frame.back());
        assertEquals(RST | ACK, frame.packet().flags());
        assertEquals(sequence, frame.packet().sequence());
        assertEquals(acknowledgement, frame.packet().acknowledgement());
        assertEquals(0, frame.packet().payloadLength());
    }

    @Test
    void whatPassesIsTheReceivedFrame() {
        byte[] syn = wire.syn().build();
        assertTrue(desk.accept(syn).asItIs());
        List<Emitted> sent = desk.emitted();
        assertEquals(1, sent.size());
        assertFalse(sent.getFirst().back());
        assertArrayEquals(syn, sent.getFirst().bytes());
        wire.handshake(desk);
        assertEquals(List.of(), desk.send(wire.client(12, READ)), "held");
        assertEquals(List.of(), desk.send(wire.client(0, READ).wrongTransportChecksum()), "dropped");
    }

    /** Of [read, refused] the read goes on, then both ends are reset with the numbers that they expect. */
    @Test
    void theTailThatIsRefusedIsCutAndBothEndsAreReset() {
        wire.handshake(desk);
        PacketBuilder segment = wire.client(0, concat(READ, COIL, READ)).flags(PSH | ACK | FIN).hops(57);
        List<Emitted> sent = desk.send(segment);
        assertEquals(3, sent.size());
        Emitted cut = sent.getFirst();
        assertFalse(cut.back());
        assertArrayEquals(READ, cut.payload());
        assertEquals(ACK, cut.packet().flags());
        assertEquals(wire.clientStart + 1, cut.packet().sequence());
        assertEquals(57, cut.packet().u8(14 + 8));
        // the server has the read; the client has nothing but the handshake
        isReset(sent.get(1), false, wire.clientStart + 1 + 12, wire.serverStart + 1);
        isReset(sent.get(2), true, wire.serverStart + 1, wire.clientStart + 1);
        assertEquals(CLIENT_MAC, sent.get(1).source());
        assertEquals(SERVER_MAC, sent.get(1).destination());
        assertEquals(502, sent.get(1).packet().destinationPort());
        assertEquals(SERVER_MAC, sent.get(2).source());
        assertEquals(CLIENT_MAC, sent.get(2).destination());
        assertEquals(502, sent.get(2).packet().sourcePort());
    }

    /** RFC 5961 §3.2: bytes that went on count, acknowledged or not; bytes that were held do not. */
    @Test
    void theNumberOfAResetIsWhatWentOn() {
        wire.handshake(desk);
        desk.send(wire.client(0, READ));
        desk.send(wire.server(0, ANSWER));
        desk.send(wire.client(24, COIL)); // held
        wire.serverAcknowledges = 12;
        List<Emitted> sent = desk.send(wire.server(11, ANSWER)); // asked for by nobody
        assertEquals(3, sent.size());
        assertEquals(0, sent.getFirst().packet().payloadLength());
        isReset(sent.get(1), false, wire.serverStart + 1 + 11, wire.clientStart + 1 + 12);
        isReset(sent.get(2), true, wire.clientStart + 1 + 12, wire.serverStart + 1);
    }

    /** An end that did not believe the RST challenges it; the answer bears the number that it states itself. */
    @Test
    void whatComesAfterAResetIsAnsweredWithOne() {
        wire.handshake(desk);
        desk.send(wire.client(0, COIL));
        List<Emitted> sent = desk.send(wire.server(0));
        assertEquals(1, sent.size());
        assertTrue(sent.getFirst().back());
        assertEquals(RST, sent.getFirst().packet().flags());
        assertEquals(wire.clientStart + 1, sent.getFirst().packet().sequence());
        assertEquals(List.of(), desk.send(wire.server(0).flags(RST)), "never a RST for a RST");
    }

    @Test
    void afterADropThereIsSilence() {
        try (Desk silent = new Desk(Desk.policy("enforce", "drop"), Profile.INLINE, EngineLimits.DEFAULT)) {
            wire.handshake(silent);
            List<Emitted> sent = silent.send(wire.client(0, concat(READ, COIL)));
            assertEquals(1, sent.size());
            assertArrayEquals(READ, sent.getFirst().payload());
            assertEquals(List.of(), silent.send(wire.client(24, READ)));
        }
    }

    /** What was held goes on from the judged bytes, under the headers of the segment that closed the gap. */
    @Test
    void releasedBytesFollowInSegmentsThatTheReceiverTakes() {
        TcpOptions mss = new TcpOptions().maximumSegmentSize(100);
        desk.accept(wire.syn().options(mss));
        desk.accept(wire.synAck().options(mss));
        desk.accept(wire.client(0));
        byte[] much = {};
        for (int i = 0; i < 20; i++) {
            much = concat(much, READ);
        }
        assertEquals(List.of(), desk.send(wire.client(12, much).flags(ACK | FIN)));
        List<Emitted> sent = desk.send(wire.client(0, READ).window(4321));
        assertArrayEquals(READ, sent.getFirst().payload());
        byte[] got = {};
        for (Emitted frame : sent.subList(1, sent.size())) {
            assertEquals(wire.clientStart + 13 + got.length, frame.packet().sequence());
            assertTrue(frame.packet().payloadLength() <= 100);
            assertEquals(4321, frame.packet().window());
            got = concat(got, frame.payload());
        }
        assertArrayEquals(much, got);
        assertEquals(4, sent.size());
        assertEquals(ACK, sent.get(2).packet().flags());
        assertEquals(ACK | PSH | FIN, sent.getLast().packet().flags());
    }

    @Test
    void ofHeldBytesTheRefusedTailIsNotReleased() {
        wire.handshake(desk);
        desk.send(wire.client(12, concat(READ, COIL, READ)));
        List<Emitted> sent = desk.send(wire.client(0, READ));
        assertEquals(4, sent.size());
        assertArrayEquals(READ, sent.get(0).payload());
        assertArrayEquals(READ, sent.get(1).payload());
        isReset(sent.get(2), false, wire.clientStart + 1 + 24, wire.serverStart + 1);
    }

    /** The receiver has it and its copy is gone: the head is cut, the number moves, FIN and options stay. */
    @Test
    void acknowledgedBytesAreCutFromTheHead() {
        wire.handshake(desk);
        desk.send(wire.client(0, READ));
        wire.serverAcknowledges = 12;
        desk.send(wire.server(0));
        desk.send(wire.client(12, READ));
        List<Emitted> sent = desk.send(wire.client(0, concat(COIL, READ)).flags(PSH | ACK | FIN)
                .options(new TcpOptions().timestamps(7, 9)));
        assertEquals(1, sent.size());
        Packet p = sent.getFirst().packet();
        assertArrayEquals(READ, sent.getFirst().payload());
        assertEquals(wire.clientStart + 13, p.sequence());
        assertEquals(PSH | ACK | FIN, p.flags());
        assertEquals(32, p.tcpHeaderLength());
        assertEquals(7, p.u32(p.transportAt() + 24));
    }

    /** RFC 1122 §4.2.3.6: a keep-alive must still bring an acknowledgement, so its number stays before what is expected. */
    @Test
    void aKeepAliveLosesItsByteButNotItsNumber() {
        wire.handshake(desk);
        desk.send(wire.client(0, READ));
        wire.serverAcknowledges = 12;
        desk.send(wire.server(0));
        desk.send(wire.client(12, READ));
        List<Emitted> sent = desk.send(wire.client(11, new byte[]{99}));
        assertEquals(1, sent.size());
        assertEquals(0, sent.getFirst().packet().payloadLength());
        assertEquals(wire.clientStart + 12, sent.getFirst().packet().sequence());
        assertEquals(ACK, sent.getFirst().packet().flags());
    }

    /** IEC 62439-3: the trailer is last and states its frame's size; padding lies before it. */
    @Test
    void aRedundancyTrailerStaysBehindACutSegment() {
        wire.handshake(desk);
        byte[] payload = concat(READ, COIL, READ);
        int size = 20 + 20 + payload.length + 6;
        byte[] trailer = {0x12, 0x34, (byte) (0xA0 | size >> 8), (byte) size, (byte) 0x88, (byte) 0xFB};
        Emitted cut = desk.send(wire.client(0, payload).trailer(trailer)).getFirst();
        byte[] bytes = cut.bytes();
        assertEquals(14 + 20 + 20 + 12 + 6, bytes.length);
        assertArrayEquals(READ, cut.payload());
        assertEquals("1234a03a88fb", HexFormat.of().formatHex(bytes, bytes.length - 6, bytes.length));
        // without one, what is behind the packet is padding
        try (Desk other = new Desk(Desk.policy("enforce", "reset"), Profile.INLINE, EngineLimits.DEFAULT)) {
            wire.handshake(other);
            cut = other.send(wire.client(0, COIL).trailer(new byte[]{1, 2, 3, 4, 5, 6})).getFirst();
            assertEquals(60, cut.bytes().length);
            assertEquals(0, cut.bytes()[59]);
        }
    }

    @Test
    void tagsAndIpv6AreMirrored() {
        PacketBuilder syn = PacketBuilder.ethernet().qinq(7, 0x6009).ipv6("fd00::105", "fd00::10").tcp(50_000, 502)
                .flags(SYN).sequence(1);
        PacketBuilder synAck = PacketBuilder.ethernet("02:00:00:00:00:09", "02:00:00:00:00:01").qinq(7, 0x6009)
                .ipv6("fd00::10", "fd00::105").tcp(502, 50_000).flags(SYN | ACK).sequence(100).acknowledgment(2);
        desk.send(syn);
        desk.send(synAck);
        desk.send(syn.flags(ACK).sequence(2).acknowledgment(101));
        List<Emitted> sent = desk.send(syn.flags(ACK | PSH).payload(concat(READ, COIL)));
        assertEquals(3, sent.size());
        assertArrayEquals(READ, sent.getFirst().payload());
        isReset(sent.get(1), false, 14, 101);
        isReset(sent.get(2), true, 101, 2);
        for (Emitted frame : sent) {
            assertEquals(7 << 12 | 9, frame.packet().vlan());
            assertEquals(0x88A8, frame.packet().u16(12));
            assertEquals(0x6009, frame.packet().u16(18));
            assertTrue(frame.packet().ipv6());
        }
        // as the server's own frames would come
        assertEquals(0x0200_0000_0009L, sent.get(2).source());
    }

    /** RFC 9293 §3.10.7.1 for the sender; the far side most likely expects the segment's own number. */
    @Test
    void aSegmentOfAnUnknownConnectionIsResetBothWays() {
        List<Emitted> sent = desk.send(wire.client(30, READ));
        assertEquals(2, sent.size());
        isReset(sent.getFirst(), false, wire.clientStart + 31, wire.serverStart + 1);
        assertTrue(sent.getLast().back());
        assertEquals(RST, sent.getLast().packet().flags());
        assertEquals(wire.serverStart + 1, sent.getLast().packet().sequence());
    }

    /** RFC 9293 §3.10.7.3: in SYN-SENT only what acknowledges the SYN is believed; the server has heard nothing. */
    @Test
    void aConnectionRefusedAtItsSynIsToldToTheClientAlone() {
        PacketBuilder syn = PacketBuilder.ethernet().ipv4(Desk.CLIENT, Desk.SERVER).tcp(9, 80).flags(SYN).sequence(41);
        List<Emitted> sent = desk.send(syn);
        assertEquals(1, sent.size());
        isReset(sent.getFirst(), true, 0, 42);
        assertEquals(80, sent.getFirst().packet().sourcePort());
        try (Desk silent = new Desk(Desk.policy("enforce", "drop"), Profile.INLINE, EngineLimits.DEFAULT)) {
            assertEquals(List.of(), silent.send(syn));
        }
    }

    /** A flow that ends while no frame is at hand: revoked, or idle for too long. */
    @Test
    void aFlowCanBeResetWithoutAFrame() {
        wire.handshake(desk);
        desk.send(wire.client(0, READ));
        Flow flow = desk.accept(wire.server(0, ANSWER)).flow();
        List<Emitted> sent = Emitted.of(desk.engine.resets(Objects.requireNonNull(flow)),
                MemorySegment.NULL);
        assertEquals(2, sent.size());
        isReset(sent.getFirst(), true, wire.serverStart + 1 + 11, wire.clientStart + 1);
        isReset(sent.getLast(), false, wire.clientStart + 1 + 12, wire.serverStart + 1);
    }

    /** What is left of a segment that the kernel made longer than a frame is cut to frames. */
    @Test
    void aSuperFrameIsCutToSegments() {
        TcpOptions mss = new TcpOptions().maximumSegmentSize(1460);
        desk.accept(wire.syn().options(mss));
        desk.accept(wire.synAck().options(mss));
        desk.accept(wire.client(0));
        byte[] much = {};
        for (int i = 0; i < 400; i++) {
            much = concat(much, READ);
        }
        List<Emitted> sent = desk.send(wire.client(0, concat(much, COIL)));
        assertEquals(4 + 2, sent.size());
        byte[] got = {};
        for (Emitted frame : sent.subList(0, 4)) {
            assertTrue(frame.bytes().length <= 1514);
            got = concat(got, frame.payload());
        }
        assertArrayEquals(much, got);
        assertArrayEquals(Arrays.copyOf(much, 1460), sent.getFirst().payload());
    }
}
