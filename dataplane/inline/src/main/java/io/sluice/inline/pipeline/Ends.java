package io.sluice.inline.pipeline;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.sluice.capture.port.Memory;
import io.sluice.rules.CompiledPolicy;
import java.lang.foreign.ValueLayout;

/**
 * Whose a frame claims to be, and for whom: what the policy says of its addresses. Read before anything of the frame was
 * judged, so nothing is taken for granted but that it has a link header.
 */
final class Ends {
    private static final int IPV4 = 0x0800;
    private static final int ARP = 0x0806;
    private static final int IPV6 = 0x86DD;
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;
    private static final long MAPPED = 0x0000_FFFF_0000_0000L;
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(BIG_ENDIAN);
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(BIG_ENDIAN);

    private Ends() {}

    /**
     * The asset whose address the frame was sent from; {@link CompiledPolicy#NOWHERE} where it is none's.
     *
     * @param at offset in {@link Memory#ALL}
     */
    static int sender(CompiledPolicy policy, long at, int length) {
        return asset(policy, at, length, 12, 14, 8);
    }

    /** The asset to whose address it is sent (ARP: about which it asks); {@link CompiledPolicy#NOWHERE} where it is none's. */
    static int receiver(CompiledPolicy policy, long at, int length) {
        return asset(policy, at, length, 16, 24, 24);
    }

    /** @param inIpv4 offset of the address in the header of IPv4; likewise for ARP and IPv6 */
    private static int asset(CompiledPolicy policy, long at, int length, int inIpv4, int inArp, int inIpv6) {
        long next = at + 12;
        int type = Ethernet.u16(next);
        for (int tags = 0; tags < 2 && Ethernet.isTag(type) && at + length - next >= 6; tags++) {
            next += 4;
            type = Ethernet.u16(next);
        }
        long body = next + 2;
        long left = at + length - body;
        if (type == IPV4 && left >= 20) {
            return asset(policy, 0, ipv4(body + inIpv4));
        }
        if (type == ARP && left >= 28) {
            return asset(policy, 0, ipv4(body + inArp));
        }
        if (type == IPV6 && left >= 40) {
            return asset(policy, Memory.ALL.get(U64, body + inIpv6), Memory.ALL.get(U64, body + inIpv6 + 8));
        }
        return CompiledPolicy.NOWHERE;
    }

    /** A number that both directions between two addresses share; the same for all that is not IP. Not negative. */
    static int pair(long at, int length) {
        long ends = 0;
        if (length >= Ethernet.HEADER) {
            long next = at + 12;
            int type = Ethernet.u16(next);
            for (int tags = 0; tags < 2 && Ethernet.isTag(type) && at + length - next >= 6; tags++) {
                next += 4;
                type = Ethernet.u16(next);
            }
            long body = next + 2;
            long left = at + length - body;
            if (type == IPV4 && left >= 20) {
                ends = (ipv4(body + 12) * MIX) ^ (ipv4(body + 16) * MIX);
            } else if (type == IPV6 && left >= 40) {
                ends = ipv6(body + 8) ^ ipv6(body + 24);
            }
        }
        ends *= MIX;
        return (int) (ends >>> 33);
    }

    private static long ipv6(long at) {
        return (Memory.ALL.get(U64, at) * 31 + Memory.ALL.get(U64, at + 8)) * MIX;
    }

    private static long ipv4(long at) {
        return MAPPED | Integer.toUnsignedLong(Memory.ALL.get(U32, at));
    }

    private static int asset(CompiledPolicy policy, long high, long low) {
        int place = policy.place(high, low);
        return policy.zone(place) == place ? CompiledPolicy.NOWHERE : place;
    }
}
