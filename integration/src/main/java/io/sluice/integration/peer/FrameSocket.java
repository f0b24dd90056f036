package io.sluice.integration.peer;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.BlockingMode;
import org.pcap4j.core.PcapHandle.PcapDirection;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;

/** Whole Ethernet frames in and out of one link, by libpcap. */
public final class FrameSocket implements AutoCloseable {
    private static final int LONGEST = 65_536, WAIT_MILLISECONDS = 1, SHORTEST_NAP = 50_000, LONGEST_NAP = 1_000_000;

    private final PcapHandle handle;
    private int nap = SHORTEST_NAP; // nanoseconds

    public FrameSocket(String link) throws PcapNativeException, NotOpenException {
        handle = new PcapHandle.Builder(link).snaplen(LONGEST).promiscuousMode(PromiscuousMode.PROMISCUOUS)
                .timeoutMillis(WAIT_MILLISECONDS).immediateMode(true).direction(PcapDirection.IN).build();
        // In immediate mode libpcap waits without end for a frame, whatever its time-out.
        handle.setBlockingMode(BlockingMode.NONBLOCKING);
    }

    public void send(byte[] frame) {
        try {
            handle.sendPacket(frame);
        } catch (PcapNativeException | NotOpenException e) {
            throw new IllegalStateException("a frame of " + frame.length + " bytes cannot be sent", e);
        }
    }

    /** The next frame; null where none came for a moment. */
    public byte @Nullable [] receive() {
        try {
            byte[] frame = handle.getNextRawPacket();
            nap = frame == null ? Math.min(2 * nap, LONGEST_NAP) : SHORTEST_NAP;
            if (frame == null) {
                LockSupport.parkNanos(nap);
            }
            return frame;
        } catch (NotOpenException e) {
            throw new IllegalStateException("frames cannot be received", e);
        }
    }

    @Override
    public void close() {
        handle.close();
    }
}
