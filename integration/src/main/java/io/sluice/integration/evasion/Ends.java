package io.sluice.integration.evasion;

import io.sluice.testdata.PacketBuilder;

/**
 * Who talks to whom.
 *
 * @param vlan the tag of every frame, 0 for none
 */
record Ends(String mac, String address, String serverMac, String server, int serverPort, int vlan) {
    PacketBuilder packet(int ownPort) {
        PacketBuilder packet = PacketBuilder.ethernet(mac, serverMac);
        if (vlan != 0) {
            packet.vlan(vlan);
        }
        return packet.ip(address, server).tcp(ownPort, serverPort).minimum(60);
    }
}
