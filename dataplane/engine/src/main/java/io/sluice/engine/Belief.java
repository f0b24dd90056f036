package io.sluice.engine;

import io.sluice.rules.CompiledPolicy;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whether a frame can come from where it came from: policy 11. Only where ports tell the zones. Frames follow upon each
 * other from the same senders, so the last of them are remembered.
 */
final class Belief {
    private static final int REMEMBERED = 256;
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    private final Gate gate;
    private final int[] zones = new int[REMEMBERED];
    private final long[] macs = new long[REMEMBERED];
    private final long[] highs = new long[REMEMBERED];
    private final long[] lows = new long[REMEMBERED];

    Belief(Gate gate) {
        this.gate = gate;
    }

    /** Another policy may think otherwise. */
    void forget() {
        Arrays.fill(zones, CompiledPolicy.NOWHERE);
    }

    /** Reports what cannot be; true if the frame goes no further. */
    boolean refuses(Packet p) {
        if (!p.ethernet || p.kind() == Packet.Kind.NOTHING) {
            return false;
        }
        boolean onlyOne = p.kind() == Packet.Kind.TCP || (p.kind() == Packet.Kind.ICMP && !discovery(p));
        if (onlyOne && p.group() && gate.refuses(Anomaly.GROUP_ADDRESS, null)) {
            return true;
        }
        boolean addressed = p.kind() != Packet.Kind.LINK;
        boolean toItself = addressed && p.sourceLow() == p.destinationLow() && p.sourceHigh() == p.destinationHigh();
        if (toItself && gate.refuses(Anomaly.SPOOFED, null)) {
            return true;
        }
        long high = addressed ? p.sourceHigh() : 0;
        long low = addressed ? p.sourceLow() : 0;
        long mac = p.linkSource();
        int slot = (int) (((((mac * 31 + high) * 31 + low) * 31 + gate.sourceZone) * MIX) >>> 56);
        if (zones[slot] == gate.sourceZone && lows[slot] == low && macs[slot] == mac && highs[slot] == high) {
            return false;
        }
        Anomaly problem = problem(mac, addressed, high, low);
        if (problem != null) {
            return gate.refuses(problem, null);
        }
        zones[slot] = gate.sourceZone;
        macs[slot] = mac;
        highs[slot] = high;
        lows[slot] = low;
        return false;
    }

    private @Nullable Anomaly problem(long mac, boolean addressed, long high, long low) {
        if ((mac >>> 40 & 1) != 0) {
            return Anomaly.GROUP_ADDRESS;
        }
        int home = gate.policy.zoneOfMac(mac);
        boolean elsewhere = home != CompiledPolicy.NOWHERE && home != gate.sourceZone;
        return elsewhere || (addressed && !gate.policy.believable(gate.sourceZone, high, low)) ? Anomaly.SPOOFED : null;
    }

    private static boolean discovery(Packet p) {
        return p.protocol() == Packet.PROTOCOL_ICMPV6 && p.icmpType() >= 130;
    }
}
