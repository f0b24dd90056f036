package io.sluice.capture.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapNativeException;

/** What a means must do, beyond the {@link PortContract}, whose frames come through memory shared with the kernel. */
abstract class RingPortContract extends PortContract {
    @Test
    void whoWaitsSleepsWhileTheInterfaceIsDown() {
        Poller poller = new Poller(List.of(port));
        Shell.run("ip link set " + cable.ours + " down");
        poller.await(1); // is told of it once
        long begin = System.nanoTime();
        assertFalse(poller.await(200));
        assertTrue(System.nanoTime() - begin >= 150_000_000L, "was woken for nothing");
    }

    @Test
    void whoWaitsIsWokenByAFrame() throws NotOpenException, PcapNativeException {
        Poller poller = new Poller(List.of(port));
        assertFalse(poller.await(50));
        peer.send(Frames.frame(60, 1));
        assertTrue(poller.await(5000));
        assertEquals(1, Frames.receive(port, 1).size());
    }

    @Test
    void nothingIsAllocatedForFrames() throws NotOpenException, PcapNativeException {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] frame = Frames.frame(100, 1);
        try (Arena arena = Arena.ofConfined()) {
            long own = arena.allocate(Port.HEADROOM + 100, 16).address() + Port.HEADROOM;
            long least = Long.MAX_VALUE;
            for (int i = 0; i < 200 && least > 0; i++) { // what is allocated until the code is compiled does not count
                for (int k = 0; k < Port.BATCH; k++) {
                    peer.send(frame);
                }
                long before = threads.getCurrentThreadAllocatedBytes();
                int received = receiveAndSend(own);
                long allocated = threads.getCurrentThreadAllocatedBytes() - before;
                least = received > 0 ? Math.min(least, allocated) : least;
            }
            assertEquals(0, least, "bytes for a batch");
        }
    }

    private int receiveAndSend(long own) {
        int count = port.receive();
        for (int i = 0; i < count; i++) {
            sender.send(port.at(i), port.length(i));
        }
        sender.send(own, 100);
        sender.flush();
        for (int i = 0; i < count; i++) {
            port.release(port.handle(i));
        }
        return count;
    }
}
