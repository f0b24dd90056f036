package io.sluice.engine;

import java.lang.foreign.MemorySegment;

/** The head of a packet inside an ICMP error. */
final class QuotedPacket {
    private QuotedPacket() {}

    /**
     * Reads the head of a packet that an ICMP error quotes, as far as it must be there (RFC 792: 8 bytes of the
     * transport header): addresses, protocol, ports, and of TCP the sequence number. The rest of {@code p} means nothing
     * afterwards.
     */
    static boolean read(Packet p, MemorySegment memory, long ip, int captured, int onVlan) {
        p.bytes = memory;
        p.at = ip;
        p.end = ip + captured;
        p.wire = Integer.MAX_VALUE;
        p.vlan = onVlan;
        p.fragment = false;
        int version = p.u8(ip) >> 4;
        int header = version == 4 ? (p.u8(ip) & 15) << 2 : 40;
        if ((version != 4 && version != 6) || header < 20 || captured < header + 8) {
            return false;
        }
        p.ipv6 = version == 6;
        p.protocol = p.u8(ip + (p.ipv6 ? 6 : 9));
        p.sourceHigh = p.ipv6 ? memory.get(Packet.U64, ip + 8) : 0;
        p.sourceLow = p.ipv6
                ? memory.get(Packet.U64, ip + 16)
                : Packet.MAPPED | Integer.toUnsignedLong(memory.get(Packet.U32, ip + 12));
        p.destinationHigh = p.ipv6 ? memory.get(Packet.U64, ip + 24) : 0;
        p.destinationLow = p.ipv6
                ? memory.get(Packet.U64, ip + 32)
                : Packet.MAPPED | Integer.toUnsignedLong(memory.get(Packet.U32, ip + 16));
        p.sourcePort = p.u16(ip + header);
        p.destinationPort = p.u16(ip + header + 2);
        p.sequence = p.u32(ip + header + 4);
        p.transportAt = ip + header;
        return p.protocol == Packet.PROTOCOL_TCP || p.protocol == Packet.PROTOCOL_UDP;
    }
}
