package io.sluice.engine;

import static io.sluice.testdata.PacketBuilder.ACK;
import static io.sluice.testdata.PacketBuilder.SYN;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testdata.PacketBuilder;
import io.sluice.testdata.TcpOptions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which options of a SYN reach the other end of an inspected connection. */
class SynOptionsTest {
    private static final TcpOptions USUAL = new TcpOptions().maximumSegmentSize(1460).sackPermitted()
            .timestamps(7, 0).windowScale(7);

    private static String arrives(PacketBuilder packet) {
        try (Desk desk = new Desk(Profile.INLINE)) {
            return options(desk, packet);
        }
    }

    private static String options(Desk desk, PacketBuilder packet) {
        assertTrue(desk.accept(packet).asItIs());
        Emitted sent = desk.emitted().getFirst();
        assertEquals(1, sent.packet().checksum(false));
        byte[] bytes = sent.bytes();
        return HexFormat.of().formatHex(bytes, 54, bytes.length);
    }

    private static String arrives(TcpOptions options) {
        return arrives(new Wire(5, 9).syn().options(options));
    }

    @Test
    void whatIsFollowedStays() {
        byte[] syn = new Wire(5, 9).syn().options(USUAL).build();
        assertEquals(HexFormat.of().formatHex(Arrays.copyOfRange(syn, 54, syn.length)), arrives(USUAL));
    }

    /** Multipath, Fast Open and its experimental form, MD5, authentication, and what nobody knows. */
    @Test
    void othersBecomeNoOperations() {
        for (int kind : new int[]{5, 6, 19, 29, 30, 34, 254, 253, 69, 14}) {
            TcpOptions options = new TcpOptions().maximumSegmentSize(1460).option(kind, new byte[]{1, 2, 3, 4, 5, 6});
            assertEquals("020405b40101010101010101", arrives(options), "kind " + kind);
        }
        assertEquals("01010101020405b4", arrives(new TcpOptions().option(34, new byte[2]).maximumSegmentSize(1460)));
        // at an odd place, which turns the checksum's words
        assertEquals("01010101010103030700000000".substring(0, 24),
                arrives(new TcpOptions().noOperation().option(30, new byte[]{9, 8, 7}).windowScale(7)));
    }

    /** A second one, or one of another length: receivers disagree on what it means. */
    @Test
    void anOptionIsBelievedOnceAndInItsOwnLength() {
        assertEquals("0303070101010000", arrives(new TcpOptions().windowScale(7).windowScale(1)));
        assertEquals("0101010101000000", arrives(new TcpOptions().option(3, new byte[]{7, 7, 7})));
    }

    @Test
    void theAnswerToASynIsTreatedLikeIt() {
        try (Desk desk = new Desk(Profile.INLINE)) {
            Wire wire = new Wire(5, 9);
            TcpOptions multipath = new TcpOptions().option(30, new byte[10]);
            assertEquals("01".repeat(12), options(desk, wire.syn().options(multipath)));
            assertEquals("01".repeat(12), options(desk, wire.synAck().options(multipath)));
            assertEquals(List.of(Anomaly.TCP_OPTION, Anomaly.TCP_OPTION), desk.anomalies);
            // repeated, repeated
            assertEquals("01".repeat(12), options(desk, wire.syn().options(multipath)));
        }
    }

    /** Where nothing is looked into or nothing is obeyed, a connection is its ends' own affair. */
    @Test
    void uninspectedAndMonitoredConnectionsKeepTheirOptions() {
        TcpOptions multipath = new TcpOptions().option(30, new byte[10]);
        PacketBuilder plain = PacketBuilder.ethernet().ipv4(Desk.CLIENT, Desk.SERVER).tcp(9, 443).flags(SYN);
        assertEquals("1e0c" + "00".repeat(10), arrives(plain.options(multipath)));
        try (Desk desk = new Desk(Desk.policy("monitor", "reply"), Profile.INLINE, EngineLimits.DEFAULT)) {
            assertEquals("1e0c" + "00".repeat(10), options(desk, new Wire(5, 9).syn().options(multipath)));
        }
    }

    /** The field holds the pseudo header's sum, which the options are not part of. */
    @Test
    void aChecksumThatACardFillsInStays() {
        try (Desk desk = new Desk(Profile.INLINE)) {
            byte[] frame = new Wire(5, 9).syn().options(new TcpOptions().option(30, new byte[10])).build();
            int pseudo = Checksums.fold(0x0A03_0169L + 0x0A03_010AL + 6 + frame.length - 34);
            frame[50] = (byte) (pseudo >> 8);
            frame[51] = (byte) pseudo;
            desk.engine.checksumToCome();
            assertTrue(desk.accept(frame).asItIs());
            byte[] sent = desk.emitted().getFirst().bytes();
            assertArrayEquals(Arrays.copyOf(frame, 54), Arrays.copyOf(sent, 54));
            assertEquals(1, sent[54]);
        }
    }

    @Test
    void brokenOptionsAreStillRefused() {
        try (Desk desk = new Desk(Profile.INLINE)) {
            Wire wire = new Wire(5, 9);
            Answer answer = desk.accept(wire.syn().flags(SYN).options(new byte[]{8, 1, 0, 0}));
            assertEquals(Anomaly.TCP_HEADER, answer.anomaly());
            answer = desk.accept(wire.syn().flags(SYN | ACK).options(new byte[]{30, 9, 0, 0}));
            assertEquals(Answer.Action.DROP, answer.action());
        }
    }
}
