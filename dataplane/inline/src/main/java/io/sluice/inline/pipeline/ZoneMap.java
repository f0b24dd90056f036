package io.sluice.inline.pipeline;

import io.sluice.rules.CompiledPolicy;
import java.util.List;

/** Which zone a port and VLAN are, by one policy. */
final class ZoneMap {
    private static final int VLANS = 4096;

    private final int[][] zones;

    ZoneMap(CompiledPolicy policy, List<LivePort> ports) {
        zones = new int[ports.size()][];
        for (LivePort port : ports) {
            zones[port.number()] = zones(policy, port.name());
        }
    }

    /** By VLAN; a single entry where the VLAN makes no difference, which is most ports. */
    private static int[] zones(CompiledPolicy policy, String port) {
        return new int[]{policy.zoneOfPort(port)};
    }

    /** @param vlan identifier of the outer tag, or {@link Ethernet#UNTAGGED} */
    int zone(int port, int vlan) {
        int[] byVlan = zones[port];
        return byVlan.length == 1 ? byVlan[0] : byVlan[vlan & VLANS - 1];
    }
}
