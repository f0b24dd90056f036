package io.sluice.engine;

import static io.sluice.engine.Plant.HMI_MAC;
import static io.sluice.engine.Plant.OTHER_MAC;
import static io.sluice.engine.Plant.PLC_MAC;
import static io.sluice.testdata.PacketBuilder.ACK;
import static io.sluice.testdata.PacketBuilder.SYN;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.rules.CompiledPolicy;
import io.sluice.testdata.PacketBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Policy 11: who cannot be where a frame came in is not believed. */
class BeliefTest {
    private static final String HMI = "10.3.1.105";
    private static final String PLC = "10.3.1.10";
    private final Plant plant = new Plant();

    @AfterEach
    void close() {
        plant.close();
    }

    private static PacketBuilder ping(String mac, String source, String destination) {
        return Plant.from(mac, source, destination).icmp(8, 0, 7);
    }

    @Test
    void anAssetsAddressAtAnotherZonesPortIsSpoofed() {
        assertEquals("passes", plant.toCell(ping(HMI_MAC, HMI, PLC)));
        assertEquals("dropped spoofed", plant.send(plant.yard, plant.cell, ping(OTHER_MAC, HMI, PLC)));
        assertEquals("dropped spoofed", plant.send(plant.yard, plant.cell, ping(HMI_MAC, "10.9.9.9", PLC)));
        // behind a router the frame bears the router's Ethernet address
        assertEquals("passes", plant.toCell(ping(OTHER_MAC, HMI, PLC)));
        assertEquals("passes", plant.toCell(ping(HMI_MAC, HMI, PLC)), "what was refused before is not remembered");
        assertEquals("dropped spoofed", plant.send(plant.yard, plant.cell, ping(OTHER_MAC, HMI, PLC)));
    }

    @Test
    void unnamedAddressesMustBeInTheZonesNetworks() {
        PacketBuilder web = Plant.from(OTHER_MAC, "10.7.7.7", HMI).udp(1, 2);
        assertEquals("dropped spoofed", plant.toOps(web));
        assertEquals("dropped", plant.toOps(Plant.from(OTHER_MAC, "10.3.1.77", HMI).udp(1, 2)));
        assertEquals("dropped", plant.send(plant.yard, plant.ops, web));
    }

    @Test
    void groupAddressesSendNothing() {
        assertEquals("dropped group-address", plant.toCell(ping("01:00:5e:00:00:01", HMI, PLC)));
        assertEquals("dropped spoofed", plant.toCell(ping(OTHER_MAC, "224.0.0.1", PLC)));
        assertEquals("dropped spoofed", plant.toCell(ping(OTHER_MAC, "255.255.255.255", PLC)));
    }

    /** RFC 1122 §3.2.1.3: a packet to itself has no direction. */
    @Test
    void nobodySendsToItself() {
        assertEquals("dropped spoofed", plant.toCell(ping(HMI_MAC, HMI, HMI)));
        assertEquals("dropped spoofed", plant.send(plant.yard, plant.cell, ping(OTHER_MAC, "127.0.0.1", PLC)));
    }

    @Test
    void fragmentsAreNotBelievedEither() {
        PacketBuilder packet = Plant.from(OTHER_MAC, HMI, PLC).mayFragment().udp(1, 2).payload(new byte[16]);
        plant.desk.engine.zones(plant.yard, plant.cell);
        Answer answer = plant.desk.accept(packet.fragment(0, 8, true));
        assertEquals(Anomaly.SPOOFED, answer.anomaly());
        assertEquals(0, plant.desk.engine.buffered());
    }

    /** Only reported where nothing is obeyed, and nothing to say where no ports are known. */
    @Test
    void inMonitorAndInRecordingsItPasses() {
        try (Plant watched = new Plant("monitor")) {
            assertEquals("passes spoofed", watched.send(watched.yard, watched.cell, ping(OTHER_MAC, HMI, PLC)));
        }
        assertEquals("passes", plant.send(CompiledPolicy.NOWHERE, CompiledPolicy.NOWHERE, ping(OTHER_MAC, HMI, PLC)));
    }

    /** A connection between two zones takes nothing from a third, nor from its own ends on the wrong side. */
    @Test
    void aFlowStaysBetweenItsZones() {
        PacketBuilder syn = Plant.from(OTHER_MAC, "10.77.0.1", PLC).tcp(9, 443).flags(SYN);
        assertEquals("dropped", plant.toCell(syn), "no rule for an unnamed address");
        PacketBuilder web = Plant.from(HMI_MAC, HMI, PLC).tcp(9, 443).flags(SYN).sequence(4);
        assertEquals("passes", plant.toCell(web));
        PacketBuilder answer = Plant.from(PLC_MAC, PLC, HMI).tcp(443, 9).flags(SYN | ACK).sequence(8).acknowledgment(5);
        assertEquals("passes", plant.toOps(answer));
        assertEquals("dropped spoofed", plant.send(plant.cell, plant.yard, answer));
        assertEquals("passes", plant.toCell(web.flags(ACK).sequence(5).acknowledgment(9)));
    }
}
