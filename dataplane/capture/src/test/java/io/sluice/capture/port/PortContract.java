package io.sluice.capture.port;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapNativeException;

/** What every means of getting frames in and out must do, tried on one end of a cable with libpcap at the other. */
abstract class PortContract {
    static final int RING_FRAMES = 1024;
    VethPair cable;
    Peer peer;
    Port port;
    Sender sender;

    abstract Backend backend();

    private String cableName() {
        return "pt" + backend().word().replace("_", "").toLowerCase(Locale.ROOT);
    }

    PortRequest request() {
        return new PortRequest(cable.ours, Optional.of(backend()), false, RING_FRAMES, false);
    }

    @BeforeEach
    void connect() throws IOException, PortException, PcapNativeException, NotOpenException {
        cable = new VethPair(cableName());
        port = Ports.open(request()).port();
        sender = port.openSender();
        peer = new Peer(cable.theirs);
    }

    @AfterEach
    void disconnect() {
        if (peer != null) {
            peer.close();
        }
        if (port != null) {
            port.close();
        }
        if (cable != null) {
            cable.close();
        }
    }

    @Test
    void framesOfEverySizePassBothWays() throws NotOpenException, PcapNativeException {
        List<byte[]> frames = new ArrayList<>();
        for (int length = 60; length <= 1514; length += 31) {
            frames.add(Frames.frame(length, length));
        }
        frames.add(Frames.frame(1514, 1));
        passesBothWays(frames);
        assertEquals(frames.size(), sender.sent());
        assertEquals(0, sender.lost());
        assertEquals(new PortCounters(frames.size(), 0, 0, 0), port.counters());
    }

    /** One tag (IEEE 802.1Q), two of the kind that providers add (802.1ad), two equal ones, and a priority with VLAN 0. */
    @Test
    void tagsStayAsTheyAre() throws NotOpenException, PcapNativeException {
        passesBothWays(List.of(Frames.frame(Frames.ADDRESSES + "81006064" + Frames.EXPERIMENTAL, 64, 1),
                Frames.frame(Frames.ADDRESSES + "88a80007" + "8100e00a" + Frames.EXPERIMENTAL, 300, 2),
                Frames.frame(Frames.ADDRESSES + "81000007" + "8100000a" + Frames.EXPERIMENTAL, 1518, 3),
                Frames.frame(Frames.ADDRESSES + "8100c000" + "8892" + "8000", 60, 4)));
    }

    /** LLDP and spanning tree, which a bridge keeps for itself, PROFINET discovery and a broadcast. */
    @Test
    void framesToGroupsPass() throws NotOpenException, PcapNativeException {
        passesBothWays(List.of(Frames.frame("0180c200000e" + "02000000000a" + "88cc", 120, 1),
                Frames.frame("0180c2000000" + "02000000000a" + "0026424203", 60, 2),
                Frames.frame("010ecf000000" + "02000000000a" + "8892fefe", 60, 3),
                Frames.frame("ffffffffffff" + "02000000000a" + "0806", 60, 4)));
    }

    private void passesBothWays(List<byte[]> frames) throws NotOpenException, PcapNativeException {
        for (byte[] frame : frames) {
            peer.send(frame);
        }
        assertEquals(Frames.hex(frames), Frames.hex(Frames.receive(port, frames.size())));
        for (byte[] frame : frames) {
            Frames.send(sender, frame);
        }
        assertEquals(Frames.hex(frames), Frames.hex(peer.receive(frames.size())));
    }

    @Test
    void manyTimesTheRingPassesInOrder() throws NotOpenException, PcapNativeException {
        int burst = RING_FRAMES / 4;
        for (int i = 0; i < 40; i++) {
            List<byte[]> frames = new ArrayList<>();
            for (int k = 0; k < burst; k++) {
                frames.add(Frames.frame(60 + (i + k) % 200, i * burst + k));
                peer.send(frames.getLast());
            }
            List<byte[]> received = Frames.receive(port, burst);
            assertEquals(burst, received.size());
            for (int k = 0; k < burst; k++) {
                assertArrayEquals(frames.get(k), received.get(k));
                Frames.send(sender, frames.get(k));
            }
            assertEquals(Frames.hex(frames), Frames.hex(peer.receive(burst)));
        }
        assertEquals(0, port.counters().ringFull());
        assertEquals(0, sender.lost());
    }

    @Test
    void whatIsSentIsNotReceived() {
        Frames.send(sender, Frames.frame(60, 1));
        assertEquals(0, port.receive());
    }

    @Test
    void framesInAndOutHaveRoomInFrontAndNothingLeftToBeDone() throws NotOpenException, PcapNativeException {
        peer.send(Frames.frame(Frames.ADDRESSES + "81000064" + Frames.EXPERIMENTAL, 64, 1));
        peer.send(Frames.frame(64, 2));
        for (int seen = 0; seen < 2;) {
            int count = port.receive();
            for (int i = 0; i < count; i++, seen++) {
                assertArrayEquals(new byte[VirtioHeader.BYTES], Memory.ALL.asSlice(port.at(i) - VirtioHeader.BYTES,
                        VirtioHeader.BYTES).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE));
                Memory.ALL.asSlice(port.at(i) - Port.HEADROOM, Port.HEADROOM).fill((byte) 0);
                long age = System.currentTimeMillis() - port.stamp(i) / 1_000_000;
                assertTrue(port.stamp(i) == 0 || Math.abs(age) < 10_000, "stamp is " + age + " ms old");
                port.release(port.handle(i));
            }
        }
    }

    @Test
    void anInterfaceGoesDownAndComesBack() throws NotOpenException, PcapNativeException {
        assertEquals(LinkState.UP, port.link());
        Shell.run("ip link set " + cable.ours + " down");
        assertEquals(LinkState.DOWN, port.link());
        assertEquals(0, port.receive());
        Frames.send(sender, Frames.frame(60, 1));
        assertEquals(1, sender.lost());
        Shell.run("ip link set " + cable.ours + " up");
        assertTrue(comesUp(), "the link stays down");
        passesBothWays(List.of(Frames.frame(60, 2), Frames.frame(1000, 3)));
    }

    /** The other end says that it is there a moment later on a busy machine. */
    private boolean comesUp() {
        long end = System.nanoTime() + 5_000_000_000L;
        while (port.link() != LinkState.UP && System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
        return port.link() == LinkState.UP;
    }

    @Test
    void anInterfaceIsDeleted() {
        Shell.run("ip link del " + cable.ours);
        assertEquals(LinkState.GONE, port.link());
        assertEquals(0, port.receive());
        Frames.send(sender, Frames.frame(60, 1));
        assertEquals(1, sender.lost());
        assertEquals(0, port.counters().received());
    }

    @Test
    void theInterfaceIsLeftAsItWasFound() throws PortException {
        Shell.needs("ethtool", "ethtool", "--version");
        port.close();
        String before = Shell.run("ip -d link show " + cable.ours);
        String features = Shell.run("ethtool -k " + cable.ours);
        port = Ports.open(request()).port();
        assertFalse(features.equals(Shell.run("ethtool -k " + cable.ours)), "offloads stay on");
        port.close();
        assertEquals(before, Shell.run("ip -d link show " + cable.ours));
        assertEquals(features, Shell.run("ethtool -k " + cable.ours));
    }

    @Test
    void aPortForReceivingOnlyHasNoSender() throws PortException {
        port.close();
        port = Ports.open(new PortRequest(cable.ours, Optional.of(backend()), false, RING_FRAMES, true)).port();
        assertThrows(PortException.class, port::openSender);
    }
}
