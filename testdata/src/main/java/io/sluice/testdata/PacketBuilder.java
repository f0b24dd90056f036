package io.sluice.testdata;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Builds one Ethernet frame, right by default and wrong where asked. A builder can be used again after changing it.
 *
 * <pre>{@code
 * byte[] frame = PacketBuilder.ethernet().vlan(10).ipv4("10.3.1.105", "10.3.1.10")
 *         .tcp(50000, 502).sequence(1).acknowledgment(1).flags(PSH | ACK).payload(request).build();
 * }</pre>
 */
public final class PacketBuilder {
    /** TCP flags of {@link #flags}: RFC 9293 §3.1. */
    public static final int FIN = 0x01, SYN = 0x02, RST = 0x04, PSH = 0x08, ACK = 0x10, URG = 0x20;

    public static final int ETHERTYPE_IPV4 = 0x0800, ETHERTYPE_ARP = 0x0806, ETHERTYPE_VLAN = 0x8100,
            ETHERTYPE_IPV6 = 0x86DD, ETHERTYPE_QINQ = 0x88A8;

    private static final int ETHERNET = 14, IPV4 = 20, IPV6 = 40, FRAGMENT_EXTENSION = 44, MORE_FRAGMENTS = 0x2000;
    private static final int DONT_FRAGMENT = 0x4000;

    private enum Network {
        NONE, IPV4, IPV6
    }

    private final byte[] ends;
    private final List<Integer> tags = new ArrayList<>();
    private final TransportHeader transport = new TransportHeader();
    private Network network = Network.NONE;
    private int etherType = ETHERTYPE_IPV4;
    private byte[] source = {};
    private byte[] destination = {};
    private byte[] ipOptions = {};
    private int extension = -1;
    private int hops = 64;
    private int identification;
    private int fragmentFlags = DONT_FRAGMENT;
    private int ipChecksumError;
    private int declaredIpLength = -1;
    private int minimum;
    private byte[] trailer = {};

    private PacketBuilder(String source, String destination) {
        ends = new byte[12];
        Wire.put(ends, Wire.put(ends, 0, mac(destination)), mac(source));
    }

    /** A frame from 02:00:00:00:00:01 to 02:00:00:00:00:02. */
    public static PacketBuilder ethernet() {
        return ethernet("02:00:00:00:00:01", "02:00:00:00:00:02");
    }

    public static PacketBuilder ethernet(String sourceMac, String destinationMac) {
        return new PacketBuilder(sourceMac, destinationMac);
    }

    /** Adds an 802.1Q tag after those already there. */
    public PacketBuilder vlan(int identifier) {
        return tag(ETHERTYPE_VLAN, identifier);
    }

    /** Adds an 802.1ad service tag and an 802.1Q customer tag. */
    public PacketBuilder qinq(int service, int customer) {
        return tag(ETHERTYPE_QINQ, service).vlan(customer);
    }

    /** Adds any tag: the protocol identifier, and the 16 bits of priority, drop eligibility and VLAN identifier. */
    public PacketBuilder tag(int protocol, int control) {
        tags.add(protocol << 16 | control);
        return this;
    }

    /** A frame without IP: what {@link #payload} says, under an EtherType. */
    public PacketBuilder etherType(int type) {
        network = Network.NONE;
        etherType = type;
        return this;
    }

    /** ARP over Ethernet for IPv4 (RFC 826): operation 1 asks, 2 answers. */
    public PacketBuilder arp(int operation, String senderMac, String sender, String targetMac, String target) {
        byte[] body = new byte[28];
        int at = Wire.put32(body, 0, 0x0001_0800);
        at = Wire.put16(body, Wire.put16(body, at, 0x0604), operation);
        at = Wire.put(body, Wire.put(body, at, mac(senderMac)), address(sender));
        Wire.put(body, Wire.put(body, at, mac(targetMac)), address(target));
        return etherType(ETHERTYPE_ARP).payload(body);
    }

    public PacketBuilder ipv4(String sourceAddress, String destinationAddress) {
        return ip(Network.IPV4, ETHERTYPE_IPV4, sourceAddress, destinationAddress);
    }

    public PacketBuilder ipv6(String sourceAddress, String destinationAddress) {
        return ip(Network.IPV6, ETHERTYPE_IPV6, sourceAddress, destinationAddress);
    }

    /** IPv4 or IPv6, as the addresses are written. */
    public PacketBuilder ip(String sourceAddress, String destinationAddress) {
        return sourceAddress.indexOf(':') < 0
                ? ipv4(sourceAddress, destinationAddress)
                : ipv6(sourceAddress, destinationAddress);
    }

    private PacketBuilder ip(Network version, int type, String from, String to) {
        network = version;
        etherType = type;
        source = address(from);
        destination = address(to);
        return this;
    }

    /** Time to live or hop limit. */
    public PacketBuilder hops(int value) {
        hops = value;
        return this;
    }

    /** Identification of an IPv4 packet or of the fragments of an IPv6 packet. */
    public PacketBuilder identification(int value) {
        identification = value;
        return this;
    }

    /** Clears "don't fragment"; {@link #fragments} does so by itself. */
    public PacketBuilder mayFragment() {
        fragmentFlags = 0;
        return this;
    }

    /** IPv4 options, a multiple of four bytes; or one IPv6 extension header, a multiple of eight whose first byte is set here. */
    public PacketBuilder ipOptions(byte[] bytes) {
        ipOptions = bytes.clone();
        return this;
    }

    /** One IPv6 extension header: its number (0 hop-by-hop, 43 routing, 60 destination), and its bytes. */
    public PacketBuilder extension(int number, byte[] bytes) {
        extension = number;
        return ipOptions(bytes);
    }

    /** A total length (IPv4) or payload length (IPv6) other than the true one. */
    public PacketBuilder declaredIpLength(int length) {
        declaredIpLength = length;
        return this;
    }

    public PacketBuilder wrongIpChecksum() {
        ipChecksumError = 1;
        return this;
    }

    public PacketBuilder tcp(int sourcePort, int destinationPort) {
        transport.kind(TransportHeader.TCP, sourcePort, destinationPort);
        return this;
    }

    public PacketBuilder udp(int sourcePort, int destinationPort) {
        transport.kind(TransportHeader.UDP, sourcePort, destinationPort);
        return this;
    }

    /** ICMP or ICMPv6, after {@link #ipv4} or {@link #ipv6} has said which; the four bytes after the checksum are {@code rest}. */
    public PacketBuilder icmp(int type, int code, int rest) {
        transport.kind(network == Network.IPV6 ? TransportHeader.ICMPV6 : TransportHeader.ICMP, type, code);
        transport.sequence = rest;
        return this;
    }

    /** Any other IP protocol: the payload follows the IP header. */
    public PacketBuilder protocol(int number) {
        transport.kind(number, 0, 0);
        return this;
    }

    public PacketBuilder sequence(int number) {
        transport.sequence = number;
        return this;
    }

    public PacketBuilder acknowledgment(int number) {
        transport.acknowledgment = number;
        return this;
    }

    public PacketBuilder flags(int flags) {
        transport.flags = flags;
        return this;
    }

    public PacketBuilder window(int window) {
        transport.window = window;
        return this;
    }

    public PacketBuilder urgent(int pointer) {
        transport.urgent = pointer;
        return this;
    }

    public PacketBuilder options(TcpOptions options) {
        return options(options.bytes());
    }

    /** TCP options as they are, a multiple of four bytes; not copied, so that a caller may change them between frames. */
    public PacketBuilder options(byte[] options) {
        transport.options = options;
        return this;
    }

    /** A TCP data offset, in words of four bytes, other than the true one. */
    public PacketBuilder declaredDataOffset(int words) {
        transport.declaredDataOffset = words;
        return this;
    }

    /** A UDP length other than the true one. */
    public PacketBuilder declaredUdpLength(int length) {
        transport.declaredUdpLength = length;
        return this;
    }

    /** A checksum of TCP, UDP or ICMP that is off by one. */
    public PacketBuilder wrongTransportChecksum() {
        transport.checksumError = 1;
        return this;
    }

    /** The UDP checksum 0, which says that there is none: RFC 768. */
    public PacketBuilder noUdpChecksum() {
        transport.withoutChecksum = true;
        return this;
    }

    public PacketBuilder payload(byte[] bytes) {
        return payload(bytes, bytes.length);
    }

    /** The first bytes of an array, which is not copied. */
    public PacketBuilder payload(byte[] bytes, int length) {
        transport.payload = bytes;
        transport.payloadLength = length;
        return this;
    }

    /** Pads the frame with zeros to a size, as Ethernet does up to 60 bytes. */
    public PacketBuilder minimum(int size) {
        minimum = size;
        return this;
    }

    /** Bytes after the packet, such as a PRP trailer. */
    public PacketBuilder trailer(byte[] bytes) {
        trailer = bytes.clone();
        return this;
    }

    /** Size of the frame that {@link #write} writes. */
    public int size() {
        return Math.max(minimum, ETHERNET + 4 * tags.size() + networkSize() + innerSize()) + trailer.length;
    }

    public byte[] build() {
        byte[] frame = new byte[size()];
        write(frame, 0);
        return frame;
    }

    /** Writes the frame into native memory and returns its size. */
    public int copyTo(MemorySegment memory, long offset) {
        byte[] frame = build();
        MemorySegment.copy(frame, 0, memory, ValueLayout.JAVA_BYTE, offset, frame.length);
        return frame.length;
    }

    /** Writes the frame into an array and returns its size. */
    public int write(byte[] out, int start) {
        int at = link(out, start);
        int inner = innerSize();
        int end = switch (network) {
            case NONE -> transport.payload(out, at);
            case IPV4 -> transport.write(out, ipv4(out, at, inner, fragmentFlags), source, destination);
            case IPV6 -> transport.write(out, ipv6(out, at, inner, -1), source, destination);
        };
        return finish(out, start, end);
    }

    /** The packet in fragments, each but the last with a number of bytes that must be a multiple of eight. */
    public List<byte[]> fragments(int bytesEach) {
        List<byte[]> fragments = new ArrayList<>();
        int inner = innerSize();
        for (int from = 0; from < inner; from += bytesEach) {
            int to = Math.min(inner, from + bytesEach);
            fragments.add(fragment(from, to, to < inner));
        }
        return fragments;
    }

    /** One fragment: bytes from (a multiple of eight) to (excluded) of what follows the IP header. RFC 791 §3.2, RFC 8200 §4.5. */
    public byte[] fragment(int from, int to, boolean more) {
        byte[] inner = new byte[innerSize()];
        transport.write(inner, 0, source, destination);
        byte[] frame = new byte[Math.max(minimum + trailer.length, size() - inner.length + to - from + 8)];
        int at = link(frame, 0);
        at = network == Network.IPV6
                ? ipv6(frame, at, to - from, from | (more ? 1 : 0))
                : ipv4(frame, at, to - from, from / 8 | (more ? MORE_FRAGMENTS : 0));
        System.arraycopy(inner, from, frame, at, to - from);
        return Arrays.copyOf(frame, finish(frame, 0, at + to - from));
    }

    private int innerSize() {
        return network == Network.NONE ? transport.payloadLength : transport.size();
    }

    private int networkSize() {
        return switch (network) {
            case NONE -> 0;
            case IPV4 -> IPV4 + ipOptions.length;
            case IPV6 -> IPV6 + ipOptions.length;
        };
    }

    private int link(byte[] out, int start) {
        int at = Wire.put(out, start, ends);
        for (int i = 0; i < tags.size(); i++) {
            at = Wire.put32(out, at, tags.get(i));
        }
        return Wire.put16(out, at, etherType);
    }

    private int ipv4(byte[] out, int at, int inner, int fragment) {
        int header = IPV4 + ipOptions.length;
        Wire.put16(out, at, (0x40 | header / 4) << 8);
        Wire.put16(out, at + 2, declaredIpLength < 0 ? header + inner : declaredIpLength);
        Wire.put16(out, at + 4, identification);
        Wire.put16(out, at + 6, fragment);
        Wire.put16(out, at + 8, hops << 8 | transport.protocol());
        Wire.put16(out, at + 10, 0);
        Wire.put(out, Wire.put(out, at + 12, source), destination);
        Wire.put(out, at + IPV4, ipOptions);
        Wire.put16(out, at + 10, Wire.checksum(Wire.sum(out, at, header, 0)) ^ ipChecksumError);
        return at + header;
    }

    private int ipv6(byte[] out, int at, int inner, int fragment) {
        boolean whole = fragment < 0;
        int upper = whole ? transport.protocol() : FRAGMENT_EXTENSION;
        int length = ipOptions.length + (whole ? 0 : 8) + inner;
        Wire.put32(out, at, 0x6000_0000);
        Wire.put16(out, at + 4, declaredIpLength < 0 ? length : declaredIpLength);
        Wire.put16(out, at + 6, (extension < 0 ? upper : extension) << 8 | hops);
        int next = Wire.put(out, Wire.put(out, at + 8, source), destination);
        if (extension >= 0) {
            Wire.put(out, next, ipOptions);
            Wire.put8(out, next, upper);
            next += ipOptions.length;
        }
        if (!whole) {
            Wire.put16(out, next, transport.protocol() << 8);
            Wire.put16(out, next + 2, fragment);
            next = Wire.put32(out, next + 4, identification);
        }
        return next;
    }

    private int finish(byte[] out, int start, int end) {
        int at = end;
        while (at - start < minimum) {
            at = Wire.put8(out, at, 0);
        }
        return Wire.put(out, at, trailer) - start;
    }

    private static byte[] mac(String text) {
        return HexFormat.ofDelimiter(":").parseHex(text);
    }

    private static byte[] address(String text) {
        return InetAddress.ofLiteral(text).getAddress();
    }
}
