package io.sluice.load.gen;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.sluice.capture.port.Memory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** A frame of Ethernet, IPv4 without options (RFC 791 §3.1) and TCP (RFC 9293 §3.1), by its offset in {@link Memory#ALL}. */
final class TcpFrame {
    static final int FIN = 1, SYN = 2, RST = 4, PSH = 8, ACK = 16;
    static final int HEADER_BYTES = 54;
    /** TCP's option of the segment size, which a SYN carries. */
    static final int SEGMENT_SIZE_OPTION_BYTES = 4;

    private static final int MAC_BYTES = 6, ETHERTYPE = 12, IP = 14, IP_BYTES = 20, TCP = IP + IP_BYTES, TCP_BYTES = 20;
    private static final int IP_TOTAL = IP + 2, IP_FLAGS = IP + 6, IP_TTL = IP + 8, IP_PROTOCOL = IP + 9,
            IP_CHECKSUM = IP + 10, IP_SOURCE = IP + 12, IP_DESTINATION = IP + 16;
    private static final int SOURCE_PORT = TCP, DESTINATION_PORT = TCP + 2, SEQUENCE = TCP + 4,
            ACKNOWLEDGEMENT = TCP + 8, DATA_OFFSET = TCP + 12, FLAGS = TCP + 13, WINDOW = TCP + 14, CHECKSUM = TCP + 16;
    private static final short IPV4 = 0x0800, DONT_FRAGMENT = 0x4000;
    private static final byte VERSION_AND_LENGTH = 0x45, TTL = 64, PROTOCOL_TCP = 6;
    private static final int SEGMENT_SIZE = 0x0204_05B4; // kind, length, 1460

    private static final ValueLayout.OfShort U16 = JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt U32 = JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final MemorySegment ALL = Memory.ALL;

    private TcpFrame() {}

    /** Whether the accessors below may be called. */
    static boolean isTcp(long at, int length) {
        return length >= HEADER_BYTES && ALL.get(U16, at + ETHERTYPE) == IPV4
                && ALL.get(JAVA_BYTE, at + IP) == VERSION_AND_LENGTH
                && ALL.get(JAVA_BYTE, at + IP_PROTOCOL) == PROTOCOL_TCP;
    }

    static int sourcePort(long at) {
        return Short.toUnsignedInt(ALL.get(U16, at + SOURCE_PORT));
    }

    static int destinationPort(long at) {
        return Short.toUnsignedInt(ALL.get(U16, at + DESTINATION_PORT));
    }

    static int sequence(long at) {
        return ALL.get(U32, at + SEQUENCE);
    }

    static int acknowledgement(long at) {
        return ALL.get(U32, at + ACKNOWLEDGEMENT);
    }

    static int flags(long at) {
        return ALL.get(JAVA_BYTE, at + FLAGS);
    }

    /** A 16-bit field of the payload. */
    static int payload(long at, int offset) {
        return Short.toUnsignedInt(ALL.get(U16, at + HEADER_BYTES + offset));
    }

    static void payload(long at, int offset, int value) {
        ALL.set(U16, at + HEADER_BYTES + offset, (short) value);
    }

    /** Writes all headers of a segment of {@code payloadBytes} but sequence numbers, flags and TCP checksum. */
    static void headers(long at, Ends ends, int payloadBytes) {
        mac(at, ends.destinationMac());
        mac(at + MAC_BYTES, ends.sourceMac());
        ALL.set(U16, at + ETHERTYPE, IPV4);
        ALL.set(JAVA_BYTE, at + IP, VERSION_AND_LENGTH);
        ALL.set(U16, at + IP_FLAGS, DONT_FRAGMENT);
        ALL.set(JAVA_BYTE, at + IP_TTL, TTL);
        ALL.set(JAVA_BYTE, at + IP_PROTOCOL, PROTOCOL_TCP);
        ALL.set(U32, at + IP_SOURCE, ends.sourceAddress());
        ALL.set(U32, at + IP_DESTINATION, ends.destinationAddress());
        ALL.set(U16, at + SOURCE_PORT, (short) ends.sourcePort());
        ALL.set(U16, at + DESTINATION_PORT, (short) ends.destinationPort());
        ALL.set(U16, at + WINDOW, (short) 0xFFFF);
        lengths(at, TCP_BYTES, payloadBytes);
    }

    private static void lengths(long at, int headerBytes, int payloadBytes) {
        ALL.set(U16, at + IP_TOTAL, (short) (IP_BYTES + headerBytes + payloadBytes));
        ALL.set(U16, at + IP_CHECKSUM, (short) 0);
        ALL.set(U16, at + IP_CHECKSUM, InternetChecksum.field(InternetChecksum.sum(at + IP, IP_BYTES)));
        ALL.set(JAVA_BYTE, at + DATA_OFFSET, (byte) ((headerBytes / Integer.BYTES) << 4));
    }

    private static void mac(long at, long mac) {
        ALL.set(U16, at, (short) (mac >>> 32));
        ALL.set(U32, at + 2, (int) mac);
    }

    static void flags(long at, int flags) {
        ALL.set(JAVA_BYTE, at + FLAGS, (byte) flags);
    }

    /** Adds the option of the segment size to headers without payload; returns the frame's length. */
    static int segmentSizeOption(long at) {
        ALL.set(U32, at + HEADER_BYTES, SEGMENT_SIZE);
        lengths(at, TCP_BYTES + SEGMENT_SIZE_OPTION_BYTES, 0);
        return HEADER_BYTES + SEGMENT_SIZE_OPTION_BYTES;
    }

    static void numbers(long at, int sequence, int acknowledgement) {
        ALL.set(U32, at + SEQUENCE, sequence);
        ALL.set(U32, at + ACKNOWLEDGEMENT, acknowledgement);
    }

    static void checksum(long at, int sum) {
        ALL.set(U16, at + CHECKSUM, InternetChecksum.field(sum));
    }

    /** Sum over pseudo header and segment, with the checksum taken as zero. */
    static int sum(long at, int length) {
        int segment = length - TCP;
        return InternetChecksum.sum(at + IP_SOURCE, 2 * Integer.BYTES) + PROTOCOL_TCP + segment
                + InternetChecksum.sum(at + TCP, segment) - Short.toUnsignedInt(ALL.get(U16, at + CHECKSUM));
    }

    /** Whether the checksums of both headers are right. */
    static boolean isSound(long at, int length) {
        return InternetChecksum.field(InternetChecksum.sum(at + IP, IP_BYTES)) == 0
                && ALL.get(U16, at + CHECKSUM) == InternetChecksum.field(sum(at, length));
    }

    /** Where a segment comes from and goes to; Ethernet addresses in the lower 48 bits. */
    record Ends(long sourceMac, long destinationMac, int sourceAddress, int destinationAddress, int sourcePort,
            int destinationPort) {
        Ends reversed() {
            return new Ends(destinationMac, sourceMac, destinationAddress, sourceAddress, destinationPort, sourcePort);
        }
    }
}
