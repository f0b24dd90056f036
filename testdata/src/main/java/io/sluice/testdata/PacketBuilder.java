package io.sluice.testdata;

import io.sluice.testdata.NetworkHeader.Version;
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

    private static final int ETHERNET = 14, FRAGMENT_EXTENSION_SIZE = 8;

    private final byte[] ends;
    private final List<Integer> tags = new ArrayList<>();
    private final TransportHeader transport = new TransportHeader();
    private final NetworkHeader network = new NetworkHeader();
    private int etherType = ETHERTYPE_IPV4;
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
        network.version = Version.NONE;
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
        return ip(Version.IPV4, ETHERTYPE_IPV4, sourceAddress, destinationAddress);
    }

    public PacketBuilder ipv6(String sourceAddress, String destinationAddress) {
        return ip(Version.IPV6, ETHERTYPE_IPV6, sourceAddress, destinationAddress);
    }

    /** IPv4 or IPv6, as the addresses are written. */
    public PacketBuilder ip(String sourceAddress, String destinationAddress) {
        return sourceAddress.indexOf(':') < 0
                ? ipv4(sourceAddress, destinationAddress)
                : ipv6(sourceAddress, destinationAddress);
    }

    private PacketBuilder ip(Version version, int type, String from, String to) {
        network.version = version;
        etherType = type;
        network.source = address(from);
        network.destination = address(to);
        return this;
    }

    /** Time to live or hop limit. */
    public PacketBuilder hops(int value) {
        network.hops = value;
        return this;
    }

    /** Identification of an IPv4 packet or of the fragments of an IPv6 packet. */
    public PacketBuilder identification(int value) {
        network.identification = value;
        return this;
    }

    /** Clears "don't fragment"; {@link #fragments} does so by itself. */
    public PacketBuilder mayFragment() {
        network.mayFragment = true;
        return this;
    }

    /** IPv4 options, a multiple of four bytes. */
    public PacketBuilder ipOptions(byte[] bytes) {
        network.options = bytes.clone();
        return this;
    }

    /**
     * One IPv6 extension header: its number (0 hop-by-hop, 43 routing, 60 destination), and its bytes, a multiple of
     * eight, of which the first is set here.
     */
    public PacketBuilder extension(int number, byte[] bytes) {
        network.extension = number;
        return ipOptions(bytes);
    }

    /** A total length (IPv4) or payload length (IPv6) other than the true one. */
    public PacketBuilder declaredIpLength(int length) {
        network.declaredLength = length;
        return this;
    }

    public PacketBuilder wrongIpChecksum() {
        network.checksumError = 1;
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
        transport.kind(network.version == Version.IPV6 ? TransportHeader.ICMPV6 : TransportHeader.ICMP, type, code);
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
        return Math.max(minimum, ETHERNET + 4 * tags.size() + network.size() + innerSize()) + trailer.length;
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
        int at = network.write(out, link(out, start), innerSize(), transport.protocol());
        int end = network.version == Version.NONE
                ? transport.payload(out, at)
                : transport.write(out, at, network.source, network.destination);
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

    /** One fragment: bytes from (a multiple of eight) to (excluded) of what follows the IP header. */
    public byte[] fragment(int from, int to, boolean more) {
        byte[] inner = new byte[innerSize()];
        transport.write(inner, 0, network.source, network.destination);
        int part = to - from;
        int most = size() - inner.length + part + FRAGMENT_EXTENSION_SIZE;
        byte[] frame = new byte[Math.max(minimum + trailer.length, most)];
        int at = network.writeFragment(frame, link(frame, 0), part, transport.protocol(), from, more);
        System.arraycopy(inner, from, frame, at, part);
        return Arrays.copyOf(frame, finish(frame, 0, at + part));
    }

    private int innerSize() {
        return network.version == Version.NONE ? transport.payloadLength : transport.size();
    }

    private int link(byte[] out, int start) {
        int at = Wire.put(out, start, ends);
        for (int i = 0; i < tags.size(); i++) {
            at = Wire.put32(out, at, tags.get(i));
        }
        return Wire.put16(out, at, etherType);
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
