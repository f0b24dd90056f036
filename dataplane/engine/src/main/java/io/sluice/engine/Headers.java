package io.sluice.engine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.ByteOrder.BIG_ENDIAN;

import io.sluice.engine.Packet.Kind;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** What a {@link Packet} found, and where: the fields of a frame's headers. {@code Packet} says which of them hold. */
abstract sealed class Headers permits Packet {
    static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(BIG_ENDIAN);
    static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(BIG_ENDIAN);
    static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(BIG_ENDIAN);

    Kind kind = Kind.NOTHING;
    MemorySegment bytes = MemorySegment.NULL;
    long at;
    long end;
    /** The received frame; after fragments were put together, the one that completed the datagram. */
    MemorySegment frame = MemorySegment.NULL;
    long frameAt;
    int frameLength;
    boolean ethernet;
    /** The datagram was put together from fragments, and lies elsewhere. */
    boolean assembled;
    /** Where the link header ends, in {@link #frame}. */
    long networkAt;
    int wire;
    int vlan;
    int etherType;
    boolean ipv6;
    long sourceHigh;
    long sourceLow;
    long destinationHigh;
    long destinationLow;
    int protocol;
    boolean fragment;
    boolean moreFragments;
    int fragmentOffset;
    int fragmentId;
    long transportAt;
    int transportLength;
    int sourcePort;
    int destinationPort;
    int sequence;
    int acknowledgement;
    /** The fourth word of a TCP header: data offset, flags, window. */
    int control;
    long payloadAt;
    int payloadLength;
    int payloadCaptured;

    /** Ethernet address of the sender, in the lower 48 bits. */
    long linkSource() {
        return frame.get(U64, frameAt + 6) >>> 16;
    }

    /** Ethernet address of the receiver, in the lower 48 bits. */
    long linkDestination() {
        return frame.get(U64, frameAt) >>> 16;
    }

    /** IEEE 802 §8.2.2: the frame is for more than one station. */
    boolean linkGroup() {
        return (frame.get(JAVA_BYTE, frameAt) & 1) != 0;
    }

    /** Addressed to more than one station: by the frame, or RFC 1112 §4, RFC 919 §7, RFC 4291 §2.7. */
    boolean group() {
        boolean byAddress = ipv6
                ? destinationHigh >>> 56 == 0xFF
                : (destinationLow & 0xF000_0000L) == 0xE000_0000L || (int) destinationLow == -1;
        return byAddress || (ethernet && linkGroup());
    }

    public Kind kind() {
        return kind;
    }

    public MemorySegment bytes() {
        return bytes;
    }

    /** Offset of the frame's first byte (of the datagram's, once fragments were put together). */
    public long at() {
        return at;
    }

    /** -1 untagged; the identifier; or outer &lt;&lt; 12 | inner. */
    public int vlan() {
        return vlan;
    }

    public int etherType() {
        return etherType;
    }

    public boolean ipv6() {
        return ipv6;
    }

    /** Upper half of the source address; IPv4 is IPv4-mapped. */
    public long sourceHigh() {
        return sourceHigh;
    }

    public long sourceLow() {
        return sourceLow;
    }

    public long destinationHigh() {
        return destinationHigh;
    }

    public long destinationLow() {
        return destinationLow;
    }

    /** IP protocol number. */
    public int protocol() {
        return protocol;
    }

    public boolean fragment() {
        return fragment;
    }

    boolean moreFragments() {
        return moreFragments;
    }

    int fragmentOffset() {
        return fragmentOffset;
    }

    int fragmentId() {
        return fragmentId;
    }

    long transportAt() {
        return transportAt;
    }

    int transportLength() {
        return transportLength;
    }

    /** Bytes of the transport header and payload that were captured. */
    int transportCaptured() {
        return (int) Math.min(transportLength, end - transportAt);
    }

    public int sourcePort() {
        return sourcePort;
    }

    public int destinationPort() {
        return destinationPort;
    }

    public long payloadAt() {
        return payloadAt;
    }

    /** Payload bytes on the wire. */
    public int payloadLength() {
        return payloadLength;
    }

    /** Payload bytes that are there. */
    public int payloadCaptured() {
        return payloadCaptured;
    }

    int sequence() {
        return sequence;
    }

    int acknowledgement() {
        return acknowledgement;
    }

    /** FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32, ECE 64, CWR 128. */
    int flags() {
        return (control >>> 16) & 0xFF;
    }

    /** The three reserved bits beside the data offset; the fourth, AE, is in use (RFC 9768). */
    int reservedFlags() {
        return (control >>> 24) & 0x0E;
    }

    int window() {
        return control & 0xFFFF;
    }

    int tcpHeaderLength() {
        return (int) (payloadAt - transportAt);
    }

    int icmpType() {
        return u8(transportAt);
    }

    int u8(long offset) {
        return Byte.toUnsignedInt(bytes.get(JAVA_BYTE, offset));
    }

    int u16(long offset) {
        return Short.toUnsignedInt(bytes.get(U16, offset));
    }

    int u32(long offset) {
        return bytes.get(U32, offset);
    }

    /**
     * Whether the transport checksum holds: 1 yes or none is used, 0 not yet filled in by the sending card (it holds
     * the pseudo header's sum only), -1 no. Needs the whole payload.
     *
     * @param toCome the host says that it is not yet filled in: then the payload need not be summed up
     */
    int checksum(boolean toCome) {
        long sum = Checksums.pseudo(sourceHigh, sourceLow, destinationHigh, destinationLow, ipv6)
                + (protocol == Packet.PROTOCOL_ICMP ? 0 : protocol + transportLength);
        if (protocol == Packet.PROTOCOL_ICMP) {
            sum = 0;
        }
        int field = protocol == Packet.PROTOCOL_TCP ? 16 : protocol == Packet.PROTOCOL_UDP ? 6 : 2;
        int stated = u16(transportAt + field);
        if (protocol == Packet.PROTOCOL_UDP && stated == 0) {
            return ipv6 ? -1 : 1;
        }
        if (toCome && stated == Checksums.fold(sum) && protocol != Packet.PROTOCOL_ICMP) {
            return 0;
        }
        if (Checksums.sum(bytes, transportAt, transportLength, sum) == 0xFFFF) {
            return 1;
        }
        return protocol != Packet.PROTOCOL_ICMP && stated == Checksums.fold(sum) ? 0 : -1;
    }
}
