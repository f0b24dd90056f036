package io.sluice.capture.port;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.PcapDirection;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;

/** The other end of a cable, as libpcap sees it: independent of the code that is tested. */
final class Peer implements AutoCloseable {
    private static final long PATIENCE_NANOS = 20_000_000_000L;
    private final PcapHandle handle;

    Peer(String name) throws PcapNativeException, NotOpenException {
        try {
            handle = new PcapHandle.Builder(name).snaplen(70_000).immediateMode(true).timeoutMillis(10)
                    .promiscuousMode(PromiscuousMode.PROMISCUOUS).bufferSize(16 << 20).build();
        } catch (LinkageError e) {
            throw Assumptions.<RuntimeException>abort("libpcap is missing: apt-get install libpcap0.8");
        }
        handle.setDirection(PcapDirection.IN);
        handle.setBlockingMode(PcapHandle.BlockingMode.NONBLOCKING);
    }

    void send(byte[] frame) throws PcapNativeException, NotOpenException {
        handle.sendPacket(frame);
    }

    /** So many frames, or as many as came. */
    List<byte[]> receive(int count) throws NotOpenException {
        List<byte[]> frames = new ArrayList<>();
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (frames.size() < count && System.nanoTime() < end) {
            byte[] frame = handle.getNextRawPacket();
            if (frame != null) {
                frames.add(frame);
            }
        }
        return frames;
    }

    @Override
    public void close() {
        handle.close();
    }
}
