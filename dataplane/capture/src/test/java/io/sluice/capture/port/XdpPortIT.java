package io.sluice.capture.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapNativeException;

/** AF_XDP on a virtual cable, which can only copy. */
class XdpPortIT extends RingPortContract {
    @Override
    Backend backend() {
        return Backend.AF_XDP;
    }

    /** While most chunks are elsewhere, nothing could wake a thread that sleeps: it must not. */
    @Test
    void whoHoldsMostChunksMayNotSleep() throws NotOpenException, PcapNativeException {
        assertTrue(port.maySleep());
        List<Long> held = new ArrayList<>();
        for (int i = 0; i < RING_FRAMES; i++) {
            peer.send(Frames.frame(60, i));
        }
        long end = System.nanoTime() + 30_000_000_000L;
        while (held.size() < RING_FRAMES && System.nanoTime() < end) {
            int count = port.receive();
            for (int i = 0; i < count; i++) {
                held.add(port.handle(i));
            }
        }
        assertEquals(RING_FRAMES, held.size());
        assertFalse(port.maySleep());
        assertTrue(new Poller(List.of(port)).await(5000), "sleeps");
        peer.send(Frames.frame(60, 7));
        assertEquals(0, port.receive());
        assertEquals(1, port.counters().ringFull());

        held.forEach(port::release);
        port.receive();
        assertTrue(port.maySleep());
        peer.send(Frames.frame(60, 8));
        assertEquals(Frames.hex(List.of(Frames.frame(60, 8))), Frames.hex(Frames.receive(port, 1)));
    }

    @Test
    void framesThatWereSentWhileTheInterfaceWasDownAreNotSentLater() throws NotOpenException {
        Shell.run("ip link set " + cable.ours + " down");
        for (int i = 0; i < 2100; i++) { // more than there are chunks and places
            Frames.send(sender, Frames.frame(60, i));
        }
        assertEquals(2100, sender.lost());
        Shell.run("ip link set " + cable.ours + " up");
        Frames.send(sender, Frames.frame(60, 9999));
        assertEquals(Frames.hex(List.of(Frames.frame(60, 9999))), Frames.hex(peer.receive(1)));
        assertEquals(1, sender.sent());
    }

    @Test
    void aSecondSenderSendsToo() throws PortException, NotOpenException {
        Sender second = port.openSender();
        Frames.send(sender, Frames.frame(60, 1));
        Frames.send(second, Frames.frame(60, 2));
        assertEquals(Frames.hex(List.of(Frames.frame(60, 1), Frames.frame(60, 2))), Frames.hex(peer.receive(2)));
    }

    @Test
    void severalQueuesAreMadeOneAndRestored() throws PortException {
        Shell.needs("ethtool", "ethtool", "--version");
        port.close();
        Shell.attempt("ethtool", "-L", cable.theirs, "tx", "2", "rx", "2");
        Shell.run("ethtool -L " + cable.ours + " rx 2 tx 2");
        String before = Shell.run("ethtool -l " + cable.ours);
        port = Ports.open(request()).port();
        assertFalse(before.equals(Shell.run("ethtool -l " + cable.ours)));
        port.close();
        assertEquals(before, Shell.run("ethtool -l " + cable.ours));
    }

    @Test
    void superFramesAreRefused() {
        port.close();
        String said = assertThrows(PortException.class, () -> Ports
                .open(new PortRequest(cable.ours, Optional.of(Backend.AF_XDP), true, RING_FRAMES, false))).toString();
        assertTrue(said.contains("cannot be opened: no af_xdp (it cannot carry super-frames)"), said);
    }
}
