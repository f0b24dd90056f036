package io.sluice.testdata;

import static io.sluice.testdata.PacketBuilder.ACK;
import static io.sluice.testdata.PacketBuilder.PSH;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PacketBuilderTest {
    private static final byte[] READ = HexFormat.of().parseHex("000100000006010300000002");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void tagsAndAddressesAndOptionsAreReadAsWritten() throws IOException {
        byte[] padding = HexFormat.of().parseHex("0000010400000000"); // PadN of 4: RFC 8200 §4.2
        TcpOptions options = new TcpOptions().maximumSegmentSize(1460).sackPermitted().windowScale(7).timestamps(5, 6);
        Path file = Tshark.capture(folder, request(1).vlan(10).build(), request(2).qinq(200, 31).build(),
                request(3).tag(PacketBuilder.ETHERTYPE_VLAN, 0xE00A).build(), request6(4).build(),
                request6(5).extension(60, padding).build(), request(6).options(options).build());
        assertEquals(
                List.of("10|0||10.3.1.10|||||||3", "31|0|200|10.3.1.10|||||||3", "10|7||10.3.1.10|||||||3",
                        "||||fd00:3::20||||||3", "||||fd00:3::20|6|||||3", "|||10.3.1.10|||1460|7|5|6|3"),
                Tshark.fields(file, "modbus && tcp.checksum.status == 1", "vlan.id", "vlan.priority", "ieee8021ad.id",
                        "ip.dst", "ipv6.dst", "ipv6.dstopts.nxt", "tcp.options.mss_val", "tcp.options.wscale.shift",
                        "tcp.options.timestamp.tsval", "tcp.options.timestamp.tsecr", "modbus.func_code"));
    }

    @Test
    void fragmentsOfBothVersionsAreReassembledAndOverlapsAreSeen() throws IOException {
        List<byte[]> four = request(1).identification(77).fragments(8);
        List<byte[]> six = request6(2).identification(78).fragments(16);
        assertEquals(4, four.size()); // 20 bytes of TCP and 12 of Modbus
        assertEquals(2, six.size());
        List<byte[]> frames = new ArrayList<>(four);
        frames.addAll(six);
        PacketBuilder overlapping = request(3).identification(9);
        frames.add(overlapping.fragment(0, 24, true));
        frames.add(overlapping.fragment(16, 32, false));
        assertEquals(List.of("4|||3", "|2||3", "2||1|3"),
                Tshark.fields(Tshark.capture(folder, frames.toArray(byte[][]::new)),
                        "modbus && tcp.checksum.status == 1", "ip.fragment.count", "ipv6.fragment.count",
                        "ip.fragment.overlap", "modbus.func_code"));
    }

    @Test
    void otherTransportsAreReadAsWritten() throws IOException {
        Path file = Tshark.capture(folder,
                PacketBuilder.ethernet().ipv4("10.3.1.105", "10.3.1.10").udp(40_000, 502).payload(READ).build(),
                PacketBuilder.ethernet().ipv6("fd00:3::5", "fd00:3::20").udp(40_000, 502).payload(READ).build(),
                PacketBuilder.ethernet().ipv4("10.3.1.105", "10.3.1.10").icmp(8, 0, 0x0001_0002).payload(READ).build(),
                PacketBuilder.ethernet().ipv6("fd00:3::5", "fd00:3::20").icmp(128, 0, 1).payload(READ).build(),
                PacketBuilder.ethernet().arp(2, "02:00:00:00:00:02", "10.3.1.10", "02:00:00:00:00:01", "10.3.1.105")
                        .minimum(60).build());
        assertEquals(List.of("1|3||||||", "1|3||||||", "||8||||1|", "|||128||||1",
                "||||2|10.3.1.10||"),
                Tshark.fields(file, "frame", "udp.checksum.status", "modbus.func_code", "icmp.type",
                        "icmpv6.type", "arp.opcode", "arp.src.proto_ipv4", "icmp.checksum.status",
                        "icmpv6.checksum.status"));
    }

    @Test
    void whatIsAskedToBeWrongIsWrongAndNothingElse() throws IOException {
        Path file = Tshark.capture(folder, request(1).wrongIpChecksum().build(),
                request(2).wrongTransportChecksum().build(), request(3).build(),
                PacketBuilder.ethernet().ipv4("10.3.1.105", "10.3.1.10").udp(1, 2).noUdpChecksum().payload(READ)
                        .build());
        assertEquals(List.of("0|1|", "1|0|", "1|1|", "1||0x0000"),
                Tshark.fields(file, "frame", "ip.checksum.status", "tcp.checksum.status", "udp.checksum"));
    }

    @Test
    void nativeMemoryHoldsTheSameBytes() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(200);
            PacketBuilder packet = request(1).vlan(10).trailer(new byte[]{1, 2, 3, 4, 5, 6});
            int size = packet.copyTo(memory, 7);
            assertEquals(packet.size(), size);
            assertArrayEquals(packet.build(), memory.asSlice(7, size).toArray(ValueLayout.JAVA_BYTE));
        }
    }

    /** A number that tells the flows apart, as a second frame of one flow would be a retransmission. */
    private static PacketBuilder request(int flow) {
        return segment(PacketBuilder.ethernet().ipv4("10.3.1.105", "10.3.1.10"), flow);
    }

    private static PacketBuilder request6(int flow) {
        return segment(PacketBuilder.ethernet().ipv6("fd00:3::5", "fd00:3::20"), flow);
    }

    private static PacketBuilder segment(PacketBuilder packet, int flow) {
        return packet.tcp(50_000 + flow, 502).sequence(1).acknowledgment(1).flags(PSH | ACK).payload(READ);
    }
}
