package io.sluice.capture.port;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapNativeException;

/** AF_PACKET on a virtual cable. */
class PacketPortIT extends RingPortContract {
    @Override
    Backend backend() {
        return Backend.AF_PACKET;
    }

    @Test
    void whatTheRingHasNoRoomForIsCountedAndTheRestStaysInOrder() throws NotOpenException, PcapNativeException {
        int frames = 3 * RING_FRAMES;
        for (int i = 0; i < frames; i++) {
            peer.send(Frames.frame(60, i));
        }
        List<byte[]> received = Frames.receive(port, RING_FRAMES);
        assertEquals(RING_FRAMES, received.size());
        for (int i = 0; i < RING_FRAMES; i++) {
            assertArrayEquals(Frames.frame(60, i), received.get(i));
        }
        assertEquals(new PortCounters(RING_FRAMES, frames - RING_FRAMES, 0, 0), port.counters());
        assertEquals(frames - RING_FRAMES, port.counters().ringFull(), "asked twice");
    }

    @Test
    void aHeldFrameIsNeitherOverwrittenNorTakenTwice() throws NotOpenException, PcapNativeException {
        peer.send(Frames.frame(60, 0));
        long end = System.nanoTime() + 30_000_000_000L;
        while (port.receive() == 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        long held = port.handle(0);
        long at = port.at(0);
        for (int i = 1; i < RING_FRAMES; i++) {
            peer.send(Frames.frame(60, i));
        }
        assertEquals(RING_FRAMES - 1, Frames.receive(port, RING_FRAMES - 1).size());
        peer.send(Frames.frame(60, RING_FRAMES)); // has gone round: there is no room
        assertEquals(0, port.receive());
        assertEquals(1, port.counters().ringFull());
        assertArrayEquals(Frames.frame(60, 0),
                Memory.ALL.asSlice(at, 60).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE));

        port.release(held);
        peer.send(Frames.frame(60, 7));
        assertEquals(Frames.hex(List.of(Frames.frame(60, 7))), Frames.hex(Frames.receive(port, 1)));
    }

    @Test
    void framesAreReleasedByAnotherThreadInAnotherOrder() throws Exception {
        for (int round = 0; round < 50; round++) {
            int burst = 50;
            for (int i = 0; i < burst; i++) {
                peer.send(Frames.frame(60, i));
            }
            for (int taken = 0; taken < burst;) {
                int count = port.receive();
                long[] handles = new long[count];
                for (int i = 0; i < count; i++) {
                    handles[count - 1 - i] = port.handle(i);
                    assertArrayEquals(Frames.frame(60, taken + i), Frames.copy(port, i));
                }
                Thread other = new Thread(() -> List.of(handles).forEach(all -> {
                    for (long handle : all) {
                        port.release(handle);
                    }
                }));
                other.start();
                other.join();
                taken += count;
            }
        }
        assertEquals(0, port.counters().ringFull());
    }

    @Test
    void aFrameLongerThanTheRingTakesIsDroppedAndCounted() throws NotOpenException, PcapNativeException {
        Shell.run("ip link set " + cable.ours + " mtu 9000");
        Shell.run("ip link set " + cable.theirs + " mtu 9000");
        peer.send(Frames.frame(4000, 1));
        peer.send(Frames.frame(100, 2));
        assertEquals(Frames.hex(List.of(Frames.frame(100, 2))), Frames.hex(Frames.receive(port, 1)));
        assertEquals(new PortCounters(1, 0, 1, 0), port.counters());
    }

    @Test
    void aRingIsMadeForLongFramesWhereTheInterfaceTakesThem() throws Exception {
        port.close();
        Shell.run("ip link set " + cable.ours + " mtu 9000");
        Shell.run("ip link set " + cable.theirs + " mtu 9000");
        port = Ports.open(request()).port();
        peer.send(Frames.frame(9014, 1));
        assertEquals(Frames.hex(List.of(Frames.frame(9014, 1))), Frames.hex(Frames.receive(port, 1)));
    }

    @Test
    void aFrameLongerThanTheWireTakesIsLostAndTheRestIsSent() throws NotOpenException {
        Frames.send(sender, Frames.frame(3000, 1));
        Frames.send(sender, Frames.frame(60, 2));
        assertEquals(Frames.hex(List.of(Frames.frame(60, 2))), Frames.hex(peer.receive(1)));
        assertEquals(1, sender.lost());
        assertEquals(1, sender.sent());
    }

    @Test
    void aMissingInterfaceIsToldWithThoseThatExist() {
        String said = assertThrows(PortException.class,
                () -> Ports.open(new PortRequest("eth77", Optional.empty(), false, RING_FRAMES, false)))
                .toString();
        assertTrue(said.contains("there is no network interface `eth77`; there are: "), said);
        assertTrue(said.contains(cable.ours), said);
    }

    @Test
    void whyTellsWhatWasTaken() throws PortException {
        port.close();
        Opened opened = Ports.open(new PortRequest(cable.ours, Optional.empty(), false, RING_FRAMES, false));
        port = opened.port();
        assertEquals(Backend.AF_PACKET, port.backend());
        assertEquals(
                "af_packet, driver `veth`, with virtio headers, offloads switched off; no af_xdp (bind(AF_XDP) without "
                        + "copying: operation not supported)",
                opened.why());
    }
}
