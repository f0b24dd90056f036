package io.sluice.inline.pipeline;

import io.sluice.inline.pipeline.PortTallies.Counter;
import io.sluice.rules.CompiledPolicy;
import java.util.List;

/**
 * A transparent learning bridge (IEEE 802.1Q §8): finds the port that a frame leaves by. Whether it may leave is not its
 * business. One for each receiving thread.
 */
final class Bridge {
    /** Out at all other ports: a group address, or a station that has not spoken yet. */
    static final int EVERYWHERE = -1;
    /** Goes nowhere; counted at the port it came in at. */
    static final int NOWHERE = -2;

    /** From a station that lives at another zone's port: goes nowhere, and is told of. */
    static final int MOVED = -4;

    /** Came in at a mirror port: looked at, never forwarded. */
    static final int MIRRORED = -3;

    /** A station that turns up at another zone's port is believed once it has been silent for so long at its own. */
    private static final long SILENCE_NANOS = 10_000_000_000L;
    private static final int STATIONS = 8192;

    private final List<LivePort> ports;
    private final PortTallies tallies;
    private final StationTable stations = new StationTable(STATIONS);
    private CompiledPolicy policy;
    private ZoneMap zones;

    Bridge(List<LivePort> ports, CompiledPolicy policy, ZoneMap zones, PortTallies tallies) {
        this.ports = ports;
        this.tallies = tallies;
        this.policy = policy;
        this.zones = zones;
    }

    void policy(CompiledPolicy fresh, ZoneMap freshZones) {
        policy = fresh;
        zones = freshZones;
    }

    /** A port has lost its link. */
    void linkLost(int port) {
        stations.forget(port);
    }

    /**
     * Learns from a frame and finds where it goes.
     *
     * @param at offset in {@link io.sluice.capture.port.Memory#ALL}
     * @param nanos monotonic
     * @return number of a port, {@link #EVERYWHERE}, {@link #NOWHERE} or {@link #MOVED}
     */
    int route(LivePort in, long at, int length, long nanos) {
        if (length < Ethernet.HEADER) {
            return EVERYWHERE; // the engine says what is wrong with it
        }
        int vlan = Ethernet.vlan(at, length);
        long sender = StationTable.station(Ethernet.source(at), vlan);
        int before = stations.port(sender, nanos);
        if (before == in.number() || believed(in, before, sender, vlan, at, length, nanos)) {
            stations.learn(sender, in.number(), nanos);
        } else if (before != StationTable.UNKNOWN) {
            tallies.add(in.number(), Counter.STATION_MOVED, 1);
            return MOVED;
        }
        if (Ethernet.isGroup(at)) {
            return EVERYWHERE;
        }
        int out = stations.port(StationTable.station(Ethernet.destination(at), vlan), nanos);
        if (out == in.number()) {
            tallies.add(in.number(), Counter.LOCAL, 1);
            return NOWHERE;
        }
        return out == StationTable.UNKNOWN ? EVERYWHERE : out;
    }

    /**
     * Whether a station that was not heard at this port before lives here now. One with an asset's address does where the
     * asset is at home, and nowhere else, so that nobody lures an asset's traffic away. Others may move within a zone, and
     * to another zone after some silence.
     */
    private boolean believed(LivePort in, int before, long sender, int vlan, long at, int length, long nanos) {
        int zone = zones.zone(in.number(), vlan);
        int owner = policy.zoneOfMac(Ethernet.source(at));
        if (owner != CompiledPolicy.NOWHERE && owner != zone) {
            return false;
        }
        int asset = Ends.sender(policy, at, length);
        if (asset != CompiledPolicy.NOWHERE) {
            return policy.zone(asset) == zone;
        }
        return before == StationTable.UNKNOWN || zones.zone(before, vlan) == zone
                || stations.silent(sender, nanos) > SILENCE_NANOS || !ports.get(before).forwards();
    }
}
