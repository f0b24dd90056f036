package io.sluice.rules.policy;

import java.util.List;

/**
 * A set of ports, VLANs and networks of one trust level (IEC 62443-1-1).
 *
 * @param ports port names of the appliance's settings
 * @param vlans 802.1Q identifiers; empty: any
 * @param networks which unnamed addresses are believable here; empty: any
 * @param broker only broker sessions live here
 */
public record Zone(String name, List<String> ports, List<Integer> vlans, List<Network> networks, boolean broker,
        Position position) {
    public Zone {
        ports = List.copyOf(ports);
        vlans = List.copyOf(vlans);
        networks = List.copyOf(networks);
    }
}
