package io.sluice.engine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/** Writes link, IP and transport headers of frames that the engine makes, and fills in their checksums. */
final class FrameHeaders {
    private static final int ETHERNET = 14;
    private static final int IPV4 = 20;
    private static final int IPV6 = 40;
    /** RFC 1700's recommended default. */
    private static final int HOPS = 64;
    private static final int DONT_FRAGMENT = 0x4000;

    private FrameHeaders() {}

    /** An address that stands for an IPv4 one, as {@link Packet} makes them. */
    static boolean isIpv4(long high, long low) {
        return high == 0 && low >>> 32 == Packet.MAPPED >>> 32;
    }

    /** Bytes of link and IP header for a flow's frames. */
    static int length(Flow flow) {
        return ETHERNET + (flow.tags == 0 ? 0 : flow.tags >>> 32 == 0 ? 4 : 8)
                + (isIpv4(flow.clientHigh, flow.clientLow) ? IPV4 : IPV6);
    }

    /**
     * Writes link and IP header of a frame to one end of a flow, as if from the other.
     *
     * @param content bytes that follow them
     * @return where the IP header begins
     */
    static long write(MemorySegment m, long at, Flow flow, boolean toClient, int content) {
        boolean v4 = isIpv4(flow.clientHigh, flow.clientLow);
        Half towards = flow.half(!toClient);
        Half other = flow.half(toClient);
        boolean known = towards.linkDestination != 0;
        mac(m, at, known ? towards.linkDestination : other.linkSource);
        mac(m, at + 6, known ? towards.linkSource : other.linkDestination);
        long next = at + 12;
        if (flow.tags >>> 32 != 0) {
            m.set(Headers.U32, next, (int) (flow.tags >>> 32));
            next += 4;
        }
        if (flow.tags != 0) {
            m.set(Headers.U32, next, (int) flow.tags);
            next += 4;
        }
        m.set(Headers.U16, next, (short) (v4 ? Packet.ETHERTYPE_IPV4 : Packet.ETHERTYPE_IPV6));
        long ip = next + 2;
        if (v4) {
            ipv4(m, ip, flow, toClient, content);
        } else {
            ipv6(m, ip, flow, toClient, content);
        }
        return ip;
    }

    private static void mac(MemorySegment m, long at, long address) {
        m.set(Headers.U16, at, (short) (address >>> 32));
        m.set(Headers.U32, at + 2, (int) address);
    }

    private static void ipv4(MemorySegment m, long ip, Flow flow, boolean toClient, int content) {
        m.set(Headers.U32, ip, 0x4500_0000 | (IPV4 + content));
        m.set(Headers.U32, ip + 4, DONT_FRAGMENT);
        m.set(Headers.U32, ip + 8, HOPS << 24 | flow.protocol << 16);
        m.set(Headers.U32, ip + 12, (int) (toClient ? flow.serverLow : flow.clientLow));
        m.set(Headers.U32, ip + 16, (int) (toClient ? flow.clientLow : flow.serverLow));
        ipChecksum(m, ip, IPV4);
    }

    private static void ipv6(MemorySegment m, long ip, Flow flow, boolean toClient, int content) {
        m.set(Headers.U32, ip, 0x6000_0000);
        m.set(Headers.U32, ip + 4, content << 16 | flow.protocol << 8 | HOPS);
        m.set(Headers.U64, ip + 8, toClient ? flow.serverHigh : flow.clientHigh);
        m.set(Headers.U64, ip + 16, toClient ? flow.serverLow : flow.clientLow);
        m.set(Headers.U64, ip + 24, toClient ? flow.clientHigh : flow.serverHigh);
        m.set(Headers.U64, ip + 32, toClient ? flow.clientLow : flow.serverLow);
    }

    /** RFC 791: fills in the checksum of a header of so many bytes. */
    static void ipChecksum(MemorySegment m, long ip, int header) {
        m.set(Headers.U16, ip + 10, (short) 0);
        m.set(Headers.U16, ip + 10, (short) ~Checksums.sum(m, ip, header, 0));
    }

    /**
     * Fills in the checksum of TCP or UDP.
     *
     * @param ip where the IP header begins, whose addresses are part of it
     * @param transport where the transport header begins
     * @param length bytes of transport header and payload
     */
    static void transportChecksum(MemorySegment m, long ip, long transport, int length, int protocol) {
        long addresses = 0;
        boolean v4 = m.get(JAVA_BYTE, ip) >>> 4 == 4;
        for (long a = ip + (v4 ? 12 : 8); a < ip + (v4 ? 20 : 40); a += 4) {
            addresses += Integer.toUnsignedLong(m.get(Headers.U32, a));
        }
        long field = transport + (protocol == Packet.PROTOCOL_TCP ? 16 : 6);
        m.set(Headers.U16, field, (short) 0);
        int sum = ~Checksums.sum(m, transport, length, addresses + protocol + length) & 0xFFFF;
        // RFC 768: 0 would say that there is none.
        m.set(Headers.U16, field, (short) (sum == 0 && protocol == Packet.PROTOCOL_UDP ? 0xFFFF : sum));
    }

    /** Remembers how the frames of one direction are addressed, for a frame of our own that follows them. */
    static void remember(Flow flow, Half half, Packet p) {
        if (!p.ethernet || p.frameLength < ETHERNET) {
            return;
        }
        half.linkDestination = p.frame.get(Headers.U64, p.frameAt) >>> 16;
        half.linkSource = p.frame.get(Headers.U64, p.frameAt + 6) >>> 16;
        int tagBytes = (int) (p.networkAt - p.frameAt) - ETHERNET;
        flow.tags = tagBytes == 0
                ? 0
                : tagBytes == 4
                        ? Integer.toUnsignedLong(p.frame.get(Headers.U32, p.frameAt + 12))
                        : p.frame.get(Headers.U64, p.frameAt + 12);
    }
}
