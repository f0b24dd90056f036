package io.sluice.engine;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A view over one frame, from the link header to the transport payload. Reused for every frame of a worker.
 *
 * <p>Guarantee: after {@link #parse} returned null the accessors for the layers that {@link #kind} names read inside
 * the captured bytes. What {@code parse} returns otherwise is what was wrong first; fields of lower layers are then
 * still right as far as {@link #kind} says.
 */
public final class Packet extends Headers {
    /** How far a frame was understood. */
    public enum Kind {
        /** Not even a link header. */
        NOTHING,
        /** Not IP: {@link #etherType} tells what. */
        LINK,
        /** An IP packet without a transport that is looked into, or a fragment. */
        IP,
        TCP,
        UDP,
        /** ICMP or ICMPv6. */
        ICMP
    }

    static final int ETHERTYPE_IPV4 = 0x0800;
    static final int ETHERTYPE_ARP = 0x0806;
    static final int ETHERTYPE_IPV6 = 0x86DD;
    static final int PROTOCOL_ICMP = 1;
    static final int PROTOCOL_TCP = 6;
    static final int PROTOCOL_UDP = 17;
    static final int PROTOCOL_ICMPV6 = 58;

    static final long MAPPED = 0x0000_FFFF_0000_0000L;
    /** Fragment and destination options: more in one packet is not traffic but a test of us. */
    private static final int MAX_EXTENSION_HEADERS = 3;

    private int extensionHeaders;
    /** The packet has extension headers that are read over but not accepted. */
    private boolean extended;

    /**
     * Parses a frame.
     *
     * @param memory native memory
     * @param frameAt offset of the frame's first byte
     * @param captured bytes that are there
     * @param wireLength bytes that were on the wire
     * @param linkType a LINKTYPE number of the tcpdump registry
     * @return null, or what is wrong
     */
    public @Nullable Anomaly parse(MemorySegment memory, long frameAt, int captured, int wireLength, int linkType) {
        kind = Kind.NOTHING;
        bytes = memory;
        at = frameAt;
        end = frameAt + captured;
        frame = memory;
        this.frameAt = frameAt;
        frameLength = captured;
        assembled = false;
        ethernet = linkType == LinkTypes.ETHERNET;
        wire = wireLength;
        vlan = -1;
        etherType = -1;
        fragment = false;
        extensionHeaders = 0;
        extended = false;
        sourcePort = 0;
        destinationPort = 0;
        payloadLength = 0;
        payloadCaptured = 0;
        return switch (linkType) {
            case LinkTypes.ETHERNET -> ethernet();
            case LinkTypes.LINUX_SLL -> captured < 16 ? shortFrame() : afterLink(at + 16, u16(at + 14));
            case LinkTypes.LINUX_SLL2 -> captured < 20 ? shortFrame() : afterLink(at + 20, u16(at));
            case LinkTypes.RAW, LinkTypes.RAW_OPENBSD, LinkTypes.RAW_BSD, LinkTypes.IPV4, LinkTypes.IPV6 -> rawIp(at);
            case LinkTypes.NULL, LinkTypes.LOOP -> captured < 4 ? shortFrame() : rawIp(at + 4);
            default -> Anomaly.LINK_TYPE;
        };
    }

    private @Nullable Anomaly ethernet() {
        if (end - at < 14) {
            return shortFrame();
        }
        return afterLink(at + 14, u16(at + 12));
    }

    /** BSD loopback writes its address family in the byte order of the machine that captured; the IP version tells more. */
    private @Nullable Anomaly rawIp(long ip) {
        if (end - ip < 1) {
            return shortFrame();
        }
        int version = u8(ip) >> 4;
        return afterLink(ip, version == 4 ? ETHERTYPE_IPV4 : version == 6 ? ETHERTYPE_IPV6 : 0);
    }

    private @Nullable Anomaly afterLink(long next, int type) {
        int tags = 0;
        while (type == 0x8100 || type == 0x88A8 || type == 0x9100 || type == 0x9200) {
            if (++tags > 2) {
                return Anomaly.VLAN_DEPTH;
            }
            if (end - next < 4) {
                return shortFrame();
            }
            int id = u16(next) & 0xFFF;
            // IEEE 802.1Q §6.9.3: 0 tells a priority and no VLAN.
            vlan = id == 0 ? vlan : vlan < 0 ? id : vlan << 12 | id;
            type = u16(next + 2);
            next += 4;
        }
        etherType = type;
        networkAt = next;
        kind = Kind.LINK;
        return switch (type) {
            case ETHERTYPE_IPV4 -> ipv4(next);
            case ETHERTYPE_IPV6 -> ipv6(next);
            case 0x8863, 0x8864, 0x8847, 0x8848 -> Anomaly.TUNNEL;
            default -> null;
        };
    }

    /** RFC 791. The total length counts, never the frame's: what follows it is padding. */
    private @Nullable Anomaly ipv4(long ip) {
        if (end - ip < 20) {
            return shortFrame();
        }
        int first = u32(ip);
        int header = ((first >>> 24) & 15) << 2;
        int total = first & 0xFFFF;
        if (first >>> 28 != 4 || header < 20 || total < header) {
            return Anomaly.IP_HEADER;
        }
        if (end - ip < header) {
            return shortFrame();
        }
        if (total > wire - (ip - at)) {
            return Anomaly.IP_HEADER;
        }
        ipv6 = false;
        sourceHigh = 0;
        destinationHigh = 0;
        sourceLow = MAPPED | Integer.toUnsignedLong(u32(ip + 12));
        destinationLow = MAPPED | Integer.toUnsignedLong(u32(ip + 16));
        protocol = u8(ip + 9);
        transportAt = ip + header;
        transportLength = total - header;
        kind = Kind.IP;
        Anomaly checksum = Checksums.sum(bytes, ip, header, 0) == 0xFFFF ? null : Anomaly.IP_CHECKSUM;
        int second = u32(ip + 4);
        if ((second & 0x8000) != 0) {
            return Anomaly.IP_HEADER; // the reserved flag, RFC 791 §3.1
        }
        if ((second & 0x3FFF) != 0) {
            fragment = true;
            moreFragments = (second & 0x2000) != 0;
            fragmentOffset = (second & 0x1FFF) << 3;
            fragmentId = second >>> 16;
            return checksum != null ? checksum : header > 20 ? options(ip, header) : null;
        }
        Anomaly transport = transport();
        if (transport != null || checksum != null) {
            return transport != null ? transport : checksum;
        }
        return header > 20 ? options(ip, header) : null;
    }

    /** RFC 7126: source routes are never accepted; nothing in a plant needs any other option either. */
    private Anomaly options(long ip, int header) {
        long option = ip + 20;
        while (option < ip + header) {
            int type = u8(option);
            if (type == 131 || type == 137) {
                return Anomaly.IP_SOURCE_ROUTE;
            }
            if (type == 0) {
                break;
            }
            int length = type == 1 ? 1 : option + 1 < ip + header ? u8(option + 1) : 0;
            if (length < (type == 1 ? 1 : 2) || option + length > ip + header) {
                return Anomaly.IP_HEADER;
            }
            option += length;
        }
        return Anomaly.IP_OPTIONS;
    }

    /** RFC 8200. */
    private @Nullable Anomaly ipv6(long ip) {
        if (end - ip < 40) {
            return shortFrame();
        }
        int length = u16(ip + 4);
        if (u8(ip) >> 4 != 6 || length + 40 > wire - (ip - at)) {
            return Anomaly.IP_HEADER;
        }
        ipv6 = true;
        sourceHigh = bytes.get(U64, ip + 8);
        sourceLow = bytes.get(U64, ip + 16);
        destinationHigh = bytes.get(U64, ip + 24);
        destinationLow = bytes.get(U64, ip + 32);
        protocol = u8(ip + 6);
        transportAt = ip + 40;
        transportLength = length;
        kind = Kind.IP;
        Anomaly problem = extensions();
        return problem == null && (isMapped(sourceHigh, sourceLow) || isMapped(destinationHigh, destinationLow))
                ? Anomaly.MAPPED_ADDRESS
                : problem;
    }

    /** RFC 4942 §2.2: on the wire such an address can only be meant to pass for the IPv4 one that it contains. */
    private static boolean isMapped(long high, long low) {
        return high == 0 && low >>> 32 == MAPPED >>> 32;
    }

    private @Nullable Anomaly extensions() {
        while (protocol == 0 || protocol == 43 || protocol == 44 || protocol == 60 || protocol == 51) {
            if (++extensionHeaders > MAX_EXTENSION_HEADERS) {
                return Anomaly.IP_EXTENSION;
            }
            if (transportLength < 8) {
                return Anomaly.IP_EXTENSION;
            }
            if (end - transportAt < 8) {
                return shortFrame();
            }
            if (protocol == 44) {
                return fragmentHeader();
            }
            int units = u8(transportAt + 1);
            int size = protocol == 51 ? (units + 2) << 2 : (units + 1) << 3;
            // RFC 5095: routing header type 0 is a source route by another name; so is any with segments left.
            if (protocol == 43 && (u8(transportAt + 2) == 0 || u8(transportAt + 3) != 0)) {
                return Anomaly.IP_SOURCE_ROUTE;
            }
            // RFC 8200 §4.1: hop-by-hop options only directly after the IPv6 header.
            if ((protocol == 0 && extensionHeaders > 1) || size > transportLength) {
                return Anomaly.IP_EXTENSION;
            }
            // RFC 9288 §3.5: only multicast listeners need a router's attention; what AH signs cannot be cut.
            extended |= protocol == 43 || protocol == 51 || (protocol == 0 && u8(transportAt) != PROTOCOL_ICMPV6);
            protocol = u8(transportAt);
            transportAt += size;
            transportLength -= size;
        }
        Anomaly problem = transport();
        return problem == null && extended ? Anomaly.IP_EXTENSION : problem;
    }

    private @Nullable Anomaly fragmentHeader() {
        int word = u16(transportAt + 2);
        fragmentOffset = word & 0xFFF8;
        moreFragments = (word & 1) != 0;
        fragmentId = bytes.get(U32, transportAt + 4);
        protocol = u8(transportAt);
        transportAt += 8;
        transportLength -= 8;
        // RFC 6946: an atomic fragment is a whole packet and is processed alone.
        if (fragmentOffset == 0 && !moreFragments) {
            return extensions();
        }
        fragment = true;
        return extended ? Anomaly.IP_EXTENSION : null;
    }

    /** Goes on with a datagram that was put together elsewhere; addresses stay those of its fragments. */
    @Nullable
    Anomaly reassembled(MemorySegment memory, long datagramAt, int length) {
        bytes = memory;
        at = datagramAt;
        end = datagramAt + length;
        transportAt = datagramAt;
        transportLength = length;
        fragment = false;
        assembled = true;
        return ipv6 ? extensions() : transport();
    }

    private @Nullable Anomaly transport() {
        return switch (protocol) {
            case PROTOCOL_TCP -> tcp();
            case PROTOCOL_UDP -> udp();
            case PROTOCOL_ICMP, PROTOCOL_ICMPV6 -> icmp();
            case 4, 41, 47 -> Anomaly.TUNNEL;
            default -> end - transportAt < transportLength ? Anomaly.FRAME_TRUNCATED : null;
        };
    }

    private @Nullable Anomaly tcp() {
        if (transportLength < 20) {
            return Anomaly.TCP_HEADER;
        }
        if (end - transportAt < 20) {
            return shortFrame();
        }
        control = u32(transportAt + 12);
        int header = (control >>> 28) << 2;
        if (header < 20 || header > transportLength) {
            return Anomaly.TCP_HEADER;
        }
        if (end - transportAt < header) {
            return shortFrame();
        }
        sequence = u32(transportAt + 4);
        acknowledgement = u32(transportAt + 8);
        kind = Kind.TCP;
        return payload(header);
    }

    private @Nullable Anomaly udp() {
        if (transportLength < 8) {
            return Anomaly.UDP_LENGTH;
        }
        if (end - transportAt < 8) {
            return shortFrame();
        }
        if (u16(transportAt + 4) != transportLength) {
            return Anomaly.UDP_LENGTH;
        }
        kind = Kind.UDP;
        return payload(8);
    }

    private @Nullable Anomaly icmp() {
        if (transportLength < 8) {
            return Anomaly.FRAME_SHORT;
        }
        if (end - transportAt < 8) {
            return shortFrame();
        }
        kind = Kind.ICMP;
        payloadAt = transportAt + 8;
        payloadLength = transportLength - 8;
        payloadCaptured = (int) Math.min(payloadLength, end - payloadAt);
        return payloadCaptured < payloadLength ? Anomaly.FRAME_TRUNCATED : null;
    }

    private @Nullable Anomaly payload(int header) {
        int ports = u32(transportAt);
        sourcePort = ports >>> 16;
        destinationPort = ports & 0xFFFF;
        payloadAt = transportAt + header;
        payloadLength = transportLength - header;
        payloadCaptured = (int) Math.min(payloadLength, end - payloadAt);
        return payloadCaptured < payloadLength ? Anomaly.FRAME_TRUNCATED : null;
    }

    private Anomaly shortFrame() {
        return end - at < wire ? Anomaly.FRAME_TRUNCATED : Anomaly.FRAME_SHORT;
    }
}
