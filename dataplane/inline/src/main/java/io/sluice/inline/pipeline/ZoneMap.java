package io.sluice.inline.pipeline;

import io.sluice.rules.CompiledPolicy;
import java.util.Arrays;
import java.util.List;

/** Which zone a port and VLAN are, by one policy. */
final class ZoneMap {
    private static final int VLANS = 4096;

    private final int[][] zones;

    ZoneMap(CompiledPolicy policy, List<LivePort> ports) {
        zones = new int[ports.size()][];
        for (LivePort port : ports) {
            zones[port.number()] = port.role() == LivePort.Role.JUMP
                    ? new int[]{brokerZone(policy)}
                    : zones(policy, port.name());
        }
    }

    /** By VLAN; a single entry where the VLAN makes no difference, which is most ports. */
    private static int[] zones(CompiledPolicy policy, String port) {
        int[] byVlan = new int[VLANS];
        for (int vlan = 0; vlan < VLANS; vlan++) {
            byVlan[vlan] = policy.zoneOfPort(port, vlan == Ethernet.UNTAGGED ? -1 : vlan);
        }
        boolean same = Arrays.stream(byVlan).allMatch(zone -> zone == byVlan[0]);
        return same ? new int[]{byVlan[0]} : byVlan;
    }

    private static int brokerZone(CompiledPolicy policy) {
        for (int place = 1; place < policy.places(); place++) {
            if (policy.isBroker(place) && policy.zone(place) == place) {
                return place;
            }
        }
        return CompiledPolicy.NOWHERE;
    }

    /** @param vlan identifier of the outer tag, or {@link Ethernet#UNTAGGED} */
    int zone(int port, int vlan) {
        int[] byVlan = zones[port];
        return byVlan.length == 1 ? byVlan[0] : byVlan[vlan & VLANS - 1];
    }
}
