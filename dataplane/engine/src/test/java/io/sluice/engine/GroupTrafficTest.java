package io.sluice.engine;

import static io.sluice.engine.Plant.HMI_MAC;
import static io.sluice.engine.Plant.OTHER_MAC;
import static io.sluice.engine.Plant.PLC_MAC;
import static io.sluice.engine.Plant.toGroup;
import static io.sluice.testdata.PacketBuilder.SYN;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.testdata.PacketBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Frames for more than one station, and frames beside IP. */
class GroupTrafficTest {
    private static final String HMI = "10.3.1.105";
    private static final byte[] READ = Requests.frame(1, 3, 0, 0, 0, 1);
    private final Plant plant = new Plant();

    @AfterEach
    void close() {
        plant.close();
    }

    /** The same datagram is asked for once for each zone; what one of them may have, another need not. */
    @Test
    void eachZoneIsJudgedByItself() {
        PacketBuilder mdns = toGroup(HMI_MAC, HMI, "224.0.0.251").udp(5353, 5353).payload(READ);
        for (int i = 0; i < 3; i++) {
            assertEquals("passes", plant.toCell(mdns));
            assertEquals("dropped", plant.send(plant.ops, plant.yard, mdns));
        }
        PacketBuilder back = toGroup(PLC_MAC, "10.3.1.10", "224.0.0.251").udp(5353, 5353).payload(READ);
        assertEquals("dropped", plant.toOps(back), "a rule leads one way");
        assertEquals(0, plant.desk.engine.flows());
    }

    @Test
    void theSenderMayBeAnAssetTheReceiversAreAZone() {
        assertEquals("passes", plant.toCell(toGroup(HMI_MAC, HMI, "239.1.2.3").udp(9, 9000)));
        assertEquals("dropped", plant.toCell(toGroup(OTHER_MAC, "10.3.1.200", "239.1.2.3").udp(9, 9000)));
    }

    /** DHCP, which asks everyone: no rule, no answer. */
    @Test
    void broadcastsPassOnlyByRule() {
        PacketBuilder dhcp = PacketBuilder.ethernet(OTHER_MAC, "ff:ff:ff:ff:ff:ff").ipv4("0.0.0.0", "255.255.255.255")
                .udp(68, 67).payload(new byte[240]);
        assertEquals("dropped", plant.toCell(dhcp));
        // to all of a subnet, which only the frame tells
        PacketBuilder subnet = PacketBuilder.ethernet(OTHER_MAC, "ff:ff:ff:ff:ff:ff").ipv4("10.9.0.1", "10.3.1.255");
        assertEquals("passes", plant.toCell(subnet.udp(5353, 5353)));
        assertEquals(0, plant.desk.engine.flows());
    }

    /** Nobody could say which answer belongs to which request. */
    @Test
    void inspectedServicesAreNotForGroups() {
        assertEquals("passes", plant.toCell(Plant.from(HMI_MAC, HMI, "10.3.1.10").udp(9, 502).payload(READ)));
        assertEquals("dropped", plant.toCell(toGroup(HMI_MAC, HMI, "239.1.2.3").udp(9, 502).payload(READ)));
    }

    @Test
    void connectionsAndEchoesAreNotForGroups() {
        assertEquals("dropped group-address", plant.toCell(toGroup(HMI_MAC, HMI, "239.1.2.3").tcp(9, 443).flags(SYN)));
        assertEquals("dropped group-address", plant.toCell(toGroup(HMI_MAC, HMI, "239.1.2.3").icmp(8, 0, 1)));
        PacketBuilder hidden = PacketBuilder.ethernet(HMI_MAC, "ff:ff:ff:ff:ff:ff").ipv4(HMI, "10.3.1.10").tcp(9, 443);
        assertEquals("dropped group-address", plant.toCell(hidden.flags(SYN)));
    }

    /** IGMP and MLD: who belongs to which group is a matter of rules, not of what stations ask routers for. */
    @Test
    void groupMembershipReportsDoNotPass() {
        assertEquals("dropped", plant.toCell(toGroup(HMI_MAC, HMI, "224.0.0.22").protocol(2).payload(new byte[16])));
        PacketBuilder report = toGroup(HMI_MAC, "fd00::105", "ff02::16").hops(1).icmp(143, 0, 0);
        assertEquals("dropped", plant.toCell(report.payload(new byte[20])));
    }

    private static PacketBuilder frame(int etherType) {
        return PacketBuilder.ethernet(OTHER_MAC, "01:80:c2:00:00:0e").etherType(etherType).payload(new byte[46]);
    }

    /** Policy 13: from zone to zone, both ways. */
    @Test
    void etherTypesPassByRule() {
        assertEquals("passes", plant.toCell(frame(0x8892)));
        assertEquals("passes", plant.toOps(frame(0x8892)));
        assertEquals("dropped", plant.send(plant.ops, plant.yard, frame(0x8892)));
        assertEquals("passes", plant.toCell(frame(0x8892).vlan(0)), "with a priority");
    }

    /** LLDP, MRP, STP and whatever else has a length in place of a type. */
    @Test
    void whatKeepsALinkTogetherStaysOnIt() {
        assertEquals("dropped", plant.toCell(frame(0x88CC)));
        assertEquals("dropped", plant.toCell(frame(0x88E3)));
        byte[] bpdu = Requests.concat(new byte[]{0x42, 0x42, 3}, new byte[35]);
        assertEquals("dropped", plant.toCell(frame(38).payload(bpdu)));
        // RFC 1042: an EtherType within LLC is not the EtherType that a rule names
        byte[] snap = Requests.concat(new byte[]{(byte) 0xAA, (byte) 0xAA, 3, 0, 0, 0, (byte) 0x88, (byte) 0x92}, READ);
        assertEquals("dropped", plant.toCell(frame(snap.length).payload(snap)));
    }
}
