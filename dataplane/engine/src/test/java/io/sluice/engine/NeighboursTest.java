package io.sluice.engine;

import static io.sluice.engine.Plant.HMI_MAC;
import static io.sluice.engine.Plant.OTHER_MAC;
import static io.sluice.engine.Plant.PLC_MAC;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.testdata.PacketBuilder;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Policy 13: neighbours find each other between zones that have a conduit, and nobody takes an asset's place. */
class NeighboursTest {
    private static final String HMI = "10.3.1.105";
    private static final String PLC = "10.3.1.10";
    private static final String BROADCAST = "ff:ff:ff:ff:ff:ff";
    private static final String NOBODY = "00:00:00:00:00:00";
    private final Plant plant = new Plant();

    @AfterEach
    void close() {
        plant.close();
    }

    private static PacketBuilder ask(String frame, String mac, String sender, String target) {
        return PacketBuilder.ethernet(frame, BROADCAST).arp(1, mac, sender, NOBODY, target);
    }

    private static PacketBuilder answer(String frame, String mac, String sender) {
        return PacketBuilder.ethernet(frame, HMI_MAC).arp(2, mac, sender, HMI_MAC, HMI);
    }

    @Test
    void arpPassesBothWaysWhereAConduitIs() {
        assertEquals("passes", plant.toCell(ask(HMI_MAC, HMI_MAC, HMI, PLC)));
        assertEquals("passes", plant.toOps(answer(PLC_MAC, PLC_MAC, PLC)));
        assertEquals("passes", plant.toOps(answer(OTHER_MAC, OTHER_MAC, "10.3.1.77")));
        // RFC 5227: a probe has no address yet
        assertEquals("passes", plant.toOps(ask(OTHER_MAC, OTHER_MAC, "0.0.0.0", "10.3.1.78")));
        assertEquals("dropped", plant.send(plant.ops, plant.yard, ask(HMI_MAC, HMI_MAC, HMI, "10.9.0.1")));
        assertEquals("dropped", plant.send(plant.yard, plant.cell, ask(OTHER_MAC, OTHER_MAC, "10.9.0.1", PLC)));
    }

    @Test
    void arpThatContradictsAnAssetIsRefused() {
        // another station's Ethernet address for the controller's, asked for and unasked for
        assertEquals("dropped arp-binding", plant.toOps(answer(OTHER_MAC, OTHER_MAC, PLC)));
        assertEquals("dropped arp-binding", plant.toOps(ask(OTHER_MAC, OTHER_MAC, PLC, PLC)));
        // the controller's own in the message, and another in the frame
        assertEquals("dropped arp-binding", plant.toOps(answer(OTHER_MAC, PLC_MAC, PLC)));
        assertEquals("dropped spoofed", plant.toCell(answer(OTHER_MAC, OTHER_MAC, PLC)));
        assertEquals("dropped spoofed", plant.toOps(answer(OTHER_MAC, OTHER_MAC, "10.9.9.9")));
    }

    @Test
    void arpOfAnotherFormIsRefused() {
        byte[] good = answer(PLC_MAC, PLC_MAC, PLC).build();
        for (int at : new int[]{14, 16, 18, 19, 20}) {
            byte[] bad = good.clone();
            bad[at] ^= 0x40;
            assertRefused(bad);
        }
        assertRefused(Arrays.copyOf(good, 14 + 27));
        byte[] reverse = good.clone();
        reverse[21] = 4;
        assertRefused(reverse);
    }

    private void assertRefused(byte[] frame) {
        plant.desk.engine.zones(plant.cell, plant.ops);
        assertEquals(Anomaly.ARP_BINDING, plant.desk.accept(frame).anomaly());
    }

    private static PacketBuilder advertise(String frame, String source, String target, String mac) {
        PacketBuilder packet = PacketBuilder.ethernet(frame, HMI_MAC).ipv6(source, "fd00::105");
        return Plant.discovery(packet, 136, target, mac.isEmpty() ? 0 : 2, mac.isEmpty() ? NOBODY : mac);
    }

    @Test
    void neighbourDiscoveryIsCheckedLikeArp() {
        PacketBuilder all = PacketBuilder.ethernet(HMI_MAC, "33:33:ff:00:00:10").ipv6("fd00::105", "ff02::1:ff00:10");
        assertEquals("passes", plant.toCell(Plant.discovery(all, 135, "fd00::10", 1, HMI_MAC)));
        assertEquals("passes", plant.toOps(advertise(PLC_MAC, "fd00::10", "fd00::10", PLC_MAC)));
        assertEquals("passes", plant.toOps(advertise(PLC_MAC, "fe80::99", "fd00::10", "")));
        assertEquals("dropped", plant.send(plant.ops, plant.yard, Plant.discovery(all, 135, "fd00::10", 1, HMI_MAC)));
        assertEquals("dropped arp-binding", plant.toOps(advertise(OTHER_MAC, "fe80::99", "fd00::10", OTHER_MAC)));
        assertEquals("dropped arp-binding", plant.toOps(advertise(OTHER_MAC, "fe80::99", "fd00::10", "")));
        assertEquals("dropped arp-binding", plant.toOps(advertise(OTHER_MAC, "fe80::99", "fd00::77", PLC_MAC)));
        assertEquals("dropped spoofed", plant.toOps(advertise(OTHER_MAC, "fe80::99", "fd00::105", OTHER_MAC)));
        // RFC 4861 §7.1: not from beyond a router
        assertEquals("dropped arp-binding",
                plant.toOps(advertise(PLC_MAC, "fd00::10", "fd00::10", PLC_MAC).hops(254)));
    }

    @Test
    void brokenOptionsAreRefused() {
        PacketBuilder packet = PacketBuilder.ethernet(PLC_MAC, HMI_MAC).ipv6("fd00::10", "fd00::105");
        byte[] zero = Requests.concat(new byte[16], new byte[8]);
        assertEquals("dropped arp-binding", plant.toOps(packet.hops(255).icmp(136, 0, 0).payload(zero)));
        byte[] tooLong = Requests.concat(new byte[16], new byte[]{2, 9, 0, 0, 0, 0, 0, 0});
        assertEquals("dropped arp-binding", plant.toOps(packet.hops(255).icmp(136, 0, 0).payload(tooLong)));
        assertEquals("dropped arp-binding", plant.toOps(packet.hops(255).icmp(136, 0, 0).payload(new byte[12])));
    }

    /** RFC 6104, 6105: only a router that the policy names by the address it advertises from. */
    @Test
    void onlyNamedRoutersAnnounceThemselves() {
        PacketBuilder named = PacketBuilder.ethernet(OTHER_MAC, "33:33:00:00:00:01").ipv6("fe80::1", "ff02::1");
        assertEquals("passes", plant.toCell(named.hops(255).icmp(134, 0, 0).payload(new byte[8])));
        PacketBuilder rogue = PacketBuilder.ethernet(OTHER_MAC, "33:33:00:00:00:01").ipv6("fe80::2", "ff02::1");
        assertEquals("dropped router-unnamed", plant.toCell(rogue.hops(255).icmp(134, 0, 0).payload(new byte[8])));
        PacketBuilder redirect = PacketBuilder.ethernet(OTHER_MAC, HMI_MAC).ipv6("fe80::1", "fd00::10");
        assertEquals("dropped", plant.toCell(redirect.hops(255).icmp(137, 0, 0).payload(new byte[32])));
    }

    @Test
    void inMonitorItIsOnlyReported() {
        try (Plant watched = new Plant("monitor")) {
            assertEquals("passes arp-binding", watched.toOps(answer(OTHER_MAC, OTHER_MAC, PLC)));
        }
    }
}
