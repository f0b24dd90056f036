package io.sluice.engine;

/**
 * ARP and IPv6 neighbour discovery. They pass beside the rules (policy 13), between zones that have a conduit, unless they
 * contradict what the policy says of an asset or what their own frame says: who believes them sends traffic where they say.
 * Where no ports are known, as in recordings, nothing is checked.
 */
final class Neighbours {
    private static final int ARP_BYTES = 28;
    /** Ethernet and IPv4, with addresses of 6 and 4 bytes: RFC 826. */
    private static final long ETHERNET_IPV4 = 0x0001_0800_0604L;
    private static final int ROUTER_SOLICITATION = 133;
    private static final int ROUTER_ADVERTISEMENT = 134;
    private static final int NEIGHBOUR_ADVERTISEMENT = 136;
    private static final int SOURCE_LINK_ADDRESS = 1;
    private static final int TARGET_LINK_ADDRESS = 2;

    private final Gate gate;

    Neighbours(Gate gate) {
        this.gate = gate;
    }

    /** Requests and answers: both make whoever hears them believe the sender's addresses. */
    void arp(Packet p) {
        if (!gate.placed()) {
            return;
        }
        long arp = p.networkAt;
        if (p.end - arp < ARP_BYTES || p.bytes().get(Headers.U64, arp) >>> 16 != ETHERNET_IPV4) {
            gate.refuses(Anomaly.ARP_BINDING, null);
            return;
        }
        int operation = p.u16(arp + 6);
        long hardware = p.bytes().get(Headers.U64, arp + 8) >>> 16;
        long address = Packet.MAPPED | Integer.toUnsignedLong(p.u32(arp + 14));
        if (operation < 1 || operation > 2 || hardware != p.linkSource()) {
            gate.refuses(Anomaly.ARP_BINDING, null);
        } else if (!claims(0, address, hardware)) {
            pass();
        }
    }

    /** RFC 4861 §6.1, §7.1; never in fragments, RFC 6980. */
    void discovery(Packet p) {
        if (!gate.placed() || gate.wrongChecksum(p, null)) {
            return;
        }
        int type = p.icmpType();
        boolean wellFormed = !p.assembled && p.u8(p.networkAt + 7) == 255 && p.u8(p.transportAt() + 1) == 0;
        if (!wellFormed || !optionsAgree(p, type)) {
            gate.refuses(Anomaly.ARP_BINDING, null);
            return;
        }
        boolean ofTarget = type == NEIGHBOUR_ADVERTISEMENT;
        long high = ofTarget ? p.bytes().get(Headers.U64, p.payloadAt()) : p.sourceHigh();
        long low = ofTarget ? p.bytes().get(Headers.U64, p.payloadAt() + 8) : p.sourceLow();
        boolean named = gate.policy.placeIn(gate.sourceZone, high, low) != gate.sourceZone;
        if (type == ROUTER_ADVERTISEMENT && !named && gate.refuses(Anomaly.ROUTER_UNNAMED, null)) {
            return;
        }
        if (!claims(high, low, p.linkSource())) {
            pass();
        }
    }

    /** What the options say of the sender's link address is what its frame says. */
    private static boolean optionsAgree(Packet p, int type) {
        int fixed = type == ROUTER_SOLICITATION ? 0 : type == ROUTER_ADVERTISEMENT ? 8 : 16;
        long option = p.payloadAt() + fixed;
        long end = p.payloadAt() + p.payloadCaptured();
        if (option > end) {
            return false;
        }
        while (option < end) {
            int length = end - option < 8 ? 0 : p.u8(option + 1) << 3;
            if (length == 0 || option + length > end) {
                return false;
            }
            int kind = p.u8(option);
            boolean address = kind == SOURCE_LINK_ADDRESS || kind == TARGET_LINK_ADDRESS;
            if (address && (length != 8 || p.bytes().get(Headers.U64, option) << 16 >>> 16 != p.linkSource())) {
                return false;
            }
            option += length;
        }
        return true;
    }

    /** Reports a claim to an address by someone who cannot have it; true if the frame goes no further. */
    private boolean claims(long high, long low, long mac) {
        if (!gate.policy.believable(gate.sourceZone, high, low)) {
            return gate.refuses(Anomaly.SPOOFED, null);
        }
        long bound = gate.policy.macOf(high, low);
        return bound >= 0 && bound != mac && gate.refuses(Anomaly.ARP_BINDING, null);
    }

    private void pass() {
        if (!gate.policy.connected(gate.sourceZone, gate.destinationZone)) {
            gate.deny(null);
        }
    }
}
