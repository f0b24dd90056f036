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
    private static final int LONGEST = 65_536, WAIT_MILLISECONDS = 1, NAP_NANOSECONDS = 100_000;

    private final PcapHandle handle;

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
            if (frame == null) {
                LockSupport.parkNanos(NAP_NANOSECONDS);
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
