package io.sluice.integration.evasion;

import io.sluice.testdata.PacketBuilder;
import java.util.Arrays;

/**
 * Who talks to whom.
 *
 * @param vlan the tag of every frame, 0 for none
 */
record Ends(String mac, String address, String serverMac, String server, int serverPort, int vlan) {
    /** What an error quotes: the IP header and eight bytes. */
    private static final int ETHERNET = 14, QUOTED = 28;

    PacketBuilder packet(int ownPort) {
        PacketBuilder packet = PacketBuilder.ethernet(mac, serverMac);
        if (vlan != 0) {
            packet.vlan(vlan);
        }
        return packet.ip(address, server).tcp(ownPort, serverPort).minimum(60);
    }

    /** Port unreachable, about a segment of the server's with a number: over IPv4, RFC 792. */
    PacketBuilder unreachable(int ownPort, int sequence) {
        byte[] frame = PacketBuilder.ethernet().ipv4(server, address).tcp(serverPort, ownPort).sequence(sequence)
                .build();
        return PacketBuilder.ethernet(mac, serverMac).ipv4(address, server).icmp(3, 3, 0).payload(Arrays.copyOfRange(
                frame, ETHERNET, ETHERNET + QUOTED));
    }
}
