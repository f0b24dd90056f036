package io.sluice.capture.port;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.BlockingMode;
import org.pcap4j.core.PcapHandle.PcapDirection;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;
import org.pcap4j.core.RawPacketListener;

/**
 * An interface through libpcap, for systems that offer nothing better. Each frame is copied several times and costs some
 * hundred bytes of garbage; there is no descriptor to wait for.
 */
final class PcapPort extends PooledPort {
    private static final int BUFFER_BYTES = 16 << 20;
    private static final int NO_DESCRIPTOR = -1;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int MILLIS_PER_SECOND = 1000;

    private final Runnable restore;
    private final PcapHandle handle;
    private final RawPacketListener listener = this::put;
    private final long[] stamps = new long[BATCH];
    private final Count noRoom = new Count();
    private int count;

    private PcapPort(PortRequest request, PcapHandle handle, Runnable restore) throws NativeException {
        super(Backend.PCAP4J, request.interfaceName(), Device.index(request.interfaceName()), request.receiveOnly());
        this.handle = handle;
        this.restore = restore;
    }

    /** @param restore undoes what the interface was made to do without; called by {@link #close} */
    static PcapPort open(PortRequest request, Runnable restore) throws NativeException {
        // Pcap4J logs through a facade that, where nobody has chosen a logger, would say so on the user's terminal.
        if (System.getProperty("slf4j.internal.verbosity") == null) {
            System.setProperty("slf4j.internal.verbosity", "ERROR");
        }
        PcapHandle handle = listen(request.interfaceName());
        try {
            return new PcapPort(request, handle, restore);
        } catch (NativeException e) {
            handle.close();
            throw e;
        }
    }

    private static PcapHandle listen(String name) throws NativeException {
        try {
            PcapHandle handle = new PcapHandle.Builder(name).snaplen(FRAME_BYTES).immediateMode(true)
                    .timeoutMillis(1).bufferSize(BUFFER_BYTES).promiscuousMode(PromiscuousMode.PROMISCUOUS).build();
            handle.setDirection(PcapDirection.IN);
            handle.setBlockingMode(BlockingMode.NONBLOCKING);
            return handle;
        } catch (PcapNativeException | NotOpenException e) {
            throw new NativeException(String.valueOf(e.getMessage()));
        } catch (LinkageError e) {
            throw new NativeException("libpcap is missing: apt-get install libpcap0.8");
        }
    }

    @Override
    public int receive() {
        count = 0;
        try {
            handle.dispatch(BATCH, listener);
        } catch (PcapNativeException | NotOpenException e) {
            return count; // libpcap says in this way that the interface is down
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        received.add(count);
        return count;
    }

    private void put(byte[] frame) {
        if (handle.getOriginalLength() > frame.length) {
            truncated.add(1);
            return;
        }
        long piece = pool.take();
        if (piece == 0) {
            noRoom.add(1);
            return;
        }
        MemorySegment.copy(frame, 0, Memory.ALL, JAVA_BYTE, piece + FRAME, frame.length);
        VirtioHeader.clear(piece + FRAME);
        at[count] = piece + FRAME;
        lengths[count] = frame.length;
        stamps[count++] = Math.floorDiv(handle.getTimestamp().getTime(), MILLIS_PER_SECOND) * NANOS_PER_SECOND
                + handle.getTimestamp().getNanos();
    }

    @Override
    public long stamp(int i) {
        return stamps[i];
    }

    @Override
    Sender newSender() {
        return new PcapSender(handle);
    }

    @Override
    public int descriptor() {
        return NO_DESCRIPTOR;
    }

    @Override
    long framesWithoutRoom() {
        try {
            return handle.getStats().getNumPacketsDropped() + noRoom.get();
        } catch (PcapNativeException | NotOpenException e) {
            return noRoom.get(); // the kernel does not tell
        }
    }

    @Override
    void free() {
        handle.close();
        super.free();
        restore.run();
    }
}
