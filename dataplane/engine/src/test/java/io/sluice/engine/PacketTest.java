package io.sluice.engine;

import static io.sluice.testdata.PacketBuilder.ACK;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testdata.PacketBuilder;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PacketTest {
    private static final byte[] PAYLOAD = Requests.frame(1, 3, 0, 0, 0, 1);
    private final Packet packet = new Packet();

    /** Parses in a segment that ends with the captured bytes, so that reading further throws. */
    private @Nullable Anomaly parse(byte[] frame, int captured, int linkType) {
        MemorySegment bytes = Arena.ofAuto().allocate(Math.max(1, captured) + 3L, 1).asSlice(3, captured);
        MemorySegment.copy(frame, 0, bytes, JAVA_BYTE, 0, captured);
        return packet.parse(bytes, 0, captured, frame.length, linkType);
    }

    private @Nullable Anomaly parse(PacketBuilder builder) {
        byte[] frame = builder.build();
        return parse(frame, frame.length, LinkTypes.ETHERNET);
    }

    private static PacketBuilder v4() {
        return PacketBuilder.ethernet().ipv4(Desk.CLIENT, Desk.SERVER).tcp(50_000, 502).flags(ACK).sequence(7)
                .acknowledgment(8).payload(PAYLOAD);
    }

    private static PacketBuilder v6() {
        return PacketBuilder.ethernet().ipv6("fd00::105", "fd00::10").tcp(50_000, 502).flags(ACK).payload(PAYLOAD);
    }

    private void isModbusPayload() {
        assertEquals(Packet.Kind.TCP, packet.kind());
        byte[] payload = new byte[packet.payloadLength()];
        MemorySegment.copy(packet.bytes(), JAVA_BYTE, packet.payloadAt(), payload, 0, payload.length);
        assertEquals(HexFormat.of().formatHex(PAYLOAD), HexFormat.of().formatHex(payload));
        assertEquals(1, packet.checksum(false));
    }

    @Test
    void everyLinkTypeLeadsToTheSamePacket() {
        byte[] ethernet = v4().build();
        byte[] ip = Arrays.copyOfRange(ethernet, 14, ethernet.length);
        byte[] ip6 = Arrays.copyOfRange(v6().build(), 14, v6().build().length);
        byte[] cooked = concat(HexFormat.of().parseHex("0000000100060200000000010000" + "0800"), ip);
        byte[] cooked2 = concat(HexFormat.of().parseHex("0800" + "0000000000010001" + "0006" + "0200000000010000"), ip);
        List<byte[]> frames = List.of(ethernet, ip, ip, ip, ip, ip6, concat(new byte[]{2, 0, 0, 0}, ip),
                concat(new byte[]{0, 0, 0, 24}, ip6), cooked, cooked2);
        int[] types = {LinkTypes.ETHERNET, LinkTypes.RAW, LinkTypes.RAW_BSD, LinkTypes.RAW_OPENBSD, LinkTypes.IPV4,
                LinkTypes.IPV6, LinkTypes.NULL, LinkTypes.LOOP, LinkTypes.LINUX_SLL, LinkTypes.LINUX_SLL2};
        for (int i = 0; i < types.length; i++) {
            assertNull(parse(frames.get(i), frames.get(i).length, types[i]), "link type " + types[i]);
            isModbusPayload();
            assertEquals(50_000, packet.sourcePort());
        }
        assertEquals(Anomaly.LINK_TYPE, parse(ethernet, ethernet.length, 105));
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] out = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, out, a.length, b.length);
        return out;
    }

    @Test
    void upToTwoTagsAreReadAndAThirdIsRefused() {
        assertNull(parse(v4()));
        assertEquals(-1, packet.vlan());
        // 802.1Q: priority bits are not part of the identifier
        assertNull(parse(v4().tag(0x8100, 0xE00A)));
        assertEquals(10, packet.vlan());
        isModbusPayload();
        assertNull(parse(v4().qinq(5, 10)));
        assertEquals((5 << 12) | 10, packet.vlan());
        isModbusPayload();
        assertEquals(Anomaly.VLAN_DEPTH, parse(v4().qinq(5, 10).vlan(11)));
    }

    /** RFC 791: what lies behind the total length is padding; PRP trailers and Ethernet's minimum are not data. */
    @Test
    void paddingAndTrailersAreNoPayload() {
        assertNull(parse(PacketBuilder.ethernet().ipv4(Desk.CLIENT, Desk.SERVER).tcp(1, 502).flags(ACK).minimum(60)
                .trailer(new byte[]{1, 2, 3, 4, 5, 6})));
        assertEquals(0, packet.payloadLength());
        assertNull(parse(v4().minimum(100)));
        isModbusPayload();
    }

    @Test
    void liesInTheIpv4HeaderAreNamed() {
        assertEquals(Anomaly.IP_HEADER, parse(v4().declaredIpLength(19)));
        assertEquals(Anomaly.IP_HEADER, parse(v4().declaredIpLength(53)));
        assertEquals(Anomaly.IP_HEADER, parse(v4().declaredIpLength(1500)));
        assertEquals(Anomaly.TCP_HEADER, parse(v4().declaredIpLength(30)));
        assertEquals(Anomaly.IP_CHECKSUM, parse(v4().wrongIpChecksum()));
        byte[] version = v4().build();
        version[14] = 0x55;
        assertEquals(Anomaly.IP_HEADER, parse(version, version.length, LinkTypes.ETHERNET));
        byte[] shortHeader = v4().build();
        shortHeader[14] = 0x44;
        assertEquals(Anomaly.IP_HEADER, parse(shortHeader, shortHeader.length, LinkTypes.ETHERNET));
    }

    /** RFC 7126. The transport is still found behind them, for those who only observe. */
    @Test
    void ipv4OptionsAreNamed() {
        assertEquals(Anomaly.IP_SOURCE_ROUTE, parse(v4().ipOptions(HexFormat.of().parseHex("01830704c0000201"))));
        assertEquals(Anomaly.IP_SOURCE_ROUTE, parse(v4().ipOptions(HexFormat.of().parseHex("890704c000020100"))));
        assertEquals(Anomaly.IP_OPTIONS, parse(v4().ipOptions(HexFormat.of().parseHex("94040000"))));
        isModbusPayload();
        // an option of length 0, and one that runs out of the header
        assertEquals(Anomaly.IP_HEADER, parse(v4().ipOptions(HexFormat.of().parseHex("94000000"))));
        assertEquals(Anomaly.IP_HEADER, parse(v4().ipOptions(HexFormat.of().parseHex("94080000"))));
        assertEquals(Anomaly.IP_HEADER, parse(v4().ipOptions(HexFormat.of().parseHex("01010194"))));
    }

    private static PacketBuilder extension(int number, String hex) {
        return v6().extension(number, HexFormat.of().parseHex(hex));
    }

    @Test
    void ipv6ExtensionsAreWalkedOrNamed() {
        assertNull(parse(v6()));
        isModbusPayload();
        // read over, for a report, but refused: what asks routers for attention, what sources route, what is signed
        assertEquals(Anomaly.IP_EXTENSION, parse(extension(0, "0000010400000000")));
        isModbusPayload();
        assertEquals(Anomaly.IP_EXTENSION, parse(extension(51, "0000000000000000")));
        isModbusPayload();
        assertNull(parse(extension(60, "0001010c0000000000000000" + "00000000")));
        isModbusPayload();
        // RFC 5095 and, of other types, one that still has a segment to visit
        assertEquals(Anomaly.IP_SOURCE_ROUTE, parse(extension(43, "0000000000000000")));
        assertEquals(Anomaly.IP_SOURCE_ROUTE, parse(extension(43, "0000020100000000")));
        assertEquals(Anomaly.IP_EXTENSION, parse(extension(43, "0000020000000000")));
        isModbusPayload();
        assertEquals(Anomaly.IP_EXTENSION, parse(extension(60, "00ff010400000000")));
        // hop-by-hop behind another header: RFC 8200 §4.1
        byte[] late = extension(60, "00000104000000000600010400000000").build();
        late[54] = 0;
        assertEquals(Anomaly.IP_EXTENSION, parse(late, late.length, LinkTypes.ETHERNET));
        assertEquals(Anomaly.IP_HEADER, parse(v6().declaredIpLength(1500)));
        // no next header, RFC 8200 §4.7: nothing is looked into
        assertNull(parse(PacketBuilder.ethernet().ipv6("fd00::105", "fd00::10").protocol(59).payload(PAYLOAD)));
        assertEquals(Packet.Kind.IP, packet.kind());
    }

    @Test
    void aLongChainOfExtensionsEnds() {
        StringBuilder chain = new StringBuilder("0000010400000000");
        for (int i = 0; i < 5; i++) {
            chain.append("3c00010400000000");
        }
        byte[] frame = extension(60, chain.toString()).build();
        for (int i = 0; i < 5; i++) {
            frame[54 + 8 * i] = 60;
        }
        assertEquals(Anomaly.IP_EXTENSION, parse(frame, frame.length, LinkTypes.ETHERNET));
    }

    /** RFC 791 §3.1, RFC 4942 §2.2. */
    @Test
    void aReservedFlagAndAMappedAddressAreNamed() {
        byte[] reserved = v4().build();
        reserved[20] |= (byte) 0x80;
        assertEquals(Anomaly.IP_HEADER, parse(reserved, reserved.length, LinkTypes.ETHERNET));
        byte[] mapped = v6().build();
        byte[] address = HexFormat.of().parseHex("00000000000000000000ffff0a030169");
        for (int at : new int[]{22, 38}) {
            byte[] frame = mapped.clone();
            System.arraycopy(address, 0, frame, at, 16);
            assertEquals(Anomaly.MAPPED_ADDRESS, parse(frame, frame.length, LinkTypes.ETHERNET));
        }
    }

    /** RFC 6946: offset 0 and no more fragments is a whole packet. */
    @Test
    void anAtomicFragmentIsAWholePacket() {
        byte[] atomic = v6().identification(9).fragment(0, 32, false);
        assertNull(parse(atomic, atomic.length, LinkTypes.ETHERNET));
        isModbusPayload();
        byte[] first = v6().identification(9).fragment(0, 24, true);
        assertNull(parse(first, first.length, LinkTypes.ETHERNET));
        assertTrue(packet.fragment());
    }

    @Test
    void tunnelsAreNamed() {
        for (int protocol : new int[]{4, 41, 47}) {
            assertEquals(Anomaly.TUNNEL,
                    parse(PacketBuilder.ethernet().ipv4(Desk.CLIENT, Desk.SERVER).protocol(protocol).payload(PAYLOAD)));
        }
        for (int type : new int[]{0x8863, 0x8864, 0x8847}) {
            assertEquals(Anomaly.TUNNEL, parse(PacketBuilder.ethernet().etherType(type).payload(PAYLOAD)));
        }
    }

    @Test
    void headersOfTransportsMustFit() {
        assertEquals(Anomaly.TCP_HEADER, parse(v4().declaredDataOffset(4)));
        assertEquals(Anomaly.TCP_HEADER, parse(v4().declaredDataOffset(15)));
        PacketBuilder udp = PacketBuilder.ethernet().ipv4(Desk.CLIENT, Desk.SERVER).udp(1, 502).payload(PAYLOAD);
        assertNull(parse(udp));
        assertEquals(1, packet.checksum(false));
        assertEquals(Anomaly.UDP_LENGTH, parse(udp.declaredUdpLength(7)));
        assertEquals(Anomaly.UDP_LENGTH, parse(udp.declaredUdpLength(100)));
    }

    @Test
    void checksumsAreRightWrongUnfinishedOrAbsent() {
        assertNull(parse(v4().wrongTransportChecksum()));
        assertEquals(-1, packet.checksum(false));
        PacketBuilder udp = PacketBuilder.ethernet().ipv4(Desk.CLIENT, Desk.SERVER).udp(1, 502).payload(PAYLOAD)
                .noUdpChecksum();
        assertNull(parse(udp));
        assertEquals(1, packet.checksum(false));
        // RFC 8200 §8.1: over IPv6 there must be one
        assertNull(parse(PacketBuilder.ethernet().ipv6("fd00::105", "fd00::10").udp(1, 502).payload(PAYLOAD)
                .noUdpChecksum()));
        assertEquals(-1, packet.checksum(false));
        // a card that fills in checksums gets the pseudo header's sum: addresses, protocol, length
        byte[] offload = v4().build();
        int sum = 0x0a03 + 0x0169 + 0x0a03 + 0x010a + 6 + 20 + PAYLOAD.length;
        offload[50] = (byte) (sum >> 8);
        offload[51] = (byte) sum;
        assertNull(parse(offload, offload.length, LinkTypes.ETHERNET));
        assertEquals(0, packet.checksum(false));
        assertEquals(0, packet.checksum(true));
        offload[51]++;
        assertNull(parse(offload, offload.length, LinkTypes.ETHERNET));
        assertEquals(-1, packet.checksum(true)); // what the card would make of it is wrong as well
        assertNull(parse(PacketBuilder.ethernet().ipv4(Desk.CLIENT, Desk.SERVER).icmp(8, 0, 1).payload(PAYLOAD)));
        assertEquals(1, packet.checksum(false));
        assertNull(parse(PacketBuilder.ethernet().ipv6("fd00::105", "fd00::10").icmp(128, 0, 1).payload(PAYLOAD)));
        assertEquals(1, packet.checksum(false));
    }

    /** A frame cut anywhere is an outcome; the segment ends at the cut, so a read outside would throw. */
    @Test
    void framesCutAtEveryByteAreOutcomes() {
        List<PacketBuilder> all = List.of(v4(), v4().qinq(1, 2), v6(), extension(60, "0000010400000000"),
                v4().ipOptions(HexFormat.of().parseHex("94040000")),
                PacketBuilder.ethernet().ipv4(Desk.CLIENT, Desk.SERVER).udp(1, 502).payload(PAYLOAD),
                PacketBuilder.ethernet().ipv4(Desk.CLIENT, Desk.SERVER).icmp(3, 1, 0).payload(new byte[40]),
                PacketBuilder.ethernet().ipv6("fd00::105", "fd00::10").icmp(1, 1, 0).payload(new byte[60]));
        for (PacketBuilder builder : all) {
            byte[] frame = builder.build();
            for (int cut = 0; cut < frame.length; cut++) {
                assertEquals(Anomaly.FRAME_TRUNCATED, parse(frame, cut, LinkTypes.ETHERNET), "cut at " + cut);
                touch();
                // The same bytes as a frame that claims to be no longer: short instead.
                parse(Arrays.copyOf(frame, cut), cut, LinkTypes.ETHERNET);
                touch();
            }
        }
    }

    /** Everything that the kind promises is read. */
    private void touch() {
        if (packet.kind() == Packet.Kind.TCP) {
            packet.sequence();
            packet.acknowledgement();
            packet.flags();
            packet.window();
            packet.u8(packet.transportAt() + packet.tcpHeaderLength() - 1);
        }
        if (packet.payloadCaptured() > 0) {
            packet.u8(packet.payloadAt() + packet.payloadCaptured() - 1);
        }
        if (packet.kind().compareTo(Packet.Kind.TCP) >= 0 && packet.payloadCaptured() == packet.payloadLength()) {
            packet.checksum(false);
        }
    }

    @Test
    void arbitraryBytesUnderAnyLinkTypeAreOutcomes() {
        int[] types = {0, 1, 12, 14, 101, 108, 113, 228, 229, 276, 77};
        for (int seed = 0; seed < 60_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] frame = random.nextBoolean() ? v4().build() : extension(60, "0000010400000000").build();
            for (int flips = random.nextInt(6); flips >= 0; flips--) {
                frame[random.nextInt(frame.length)] = (byte) random.nextInt(256);
            }
            parse(frame, random.nextInt(frame.length + 1), types[random.nextInt(3) == 0 ? random.nextInt(11) : 1]);
            touch();
        }
    }
}
