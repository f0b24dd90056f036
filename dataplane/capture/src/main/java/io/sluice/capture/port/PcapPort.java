package io.sluice.capture.port;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
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
final class PcapPort implements Port {
    private static final int FRAMES = 1024;
    private static final int FRAME_BYTES = 2048;
    private static final int FRAME = HEADROOM + 2;
    private static final int BUFFER_BYTES = 16 << 20;
    private static final int NO_DESCRIPTOR = -1;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int MILLIS_PER_SECOND = 1000;

    private final String name;
    private final int index;
    private final long mac;
    private final boolean receiveOnly;
    private final Runnable restore;
    private final PcapHandle handle;
    private final RawPacketListener listener = this::put;
    private final Arena arena = Arena.ofShared();
    private final FramePool pool;
    private final long[] pieces = new long[BATCH];
    private final int[] lengths = new int[BATCH];
    private final long[] stamps = new long[BATCH];
    private final Count received = new Count();
    private final Count truncated = new Count();
    private final Count noRoom = new Count();
    private int count;
    private boolean closed;

    private PcapPort(PortRequest request, PcapHandle handle, Runnable restore) throws NativeException {
        this.name = request.interfaceName();
        this.index = Device.index(name);
        this.mac = Device.mac(name);
        this.receiveOnly = request.receiveOnly();
        this.handle = handle;
        this.restore = restore;
        pool = new FramePool(arena.allocate((long) FRAMES * FRAME_BYTES, 64).address(), FRAME_BYTES, FRAMES);
    }

    /** @param restore undoes what the interface was made to do without; called by {@link #close} */
    static PcapPort open(PortRequest request, Runnable restore) throws NativeException {
        // Pcap4J logs through a facade that, where nobody has chosen a logger, would say so on the user's terminal.
        if (System.getProperty("slf4j.internal.verbosity") == null) {
            System.setProperty("slf4j.internal.verbosity", "ERROR");
        }
        String name = request.interfaceName();
        try {
            PcapHandle handle = new PcapHandle.Builder(name).snaplen(FRAME_BYTES - FRAME).immediateMode(true)
                    .timeoutMillis(1).bufferSize(BUFFER_BYTES).promiscuousMode(PromiscuousMode.PROMISCUOUS).build();
            handle.setDirection(PcapDirection.IN);
            handle.setBlockingMode(BlockingMode.NONBLOCKING);
            return new PcapPort(request, handle, restore);
        } catch (PcapNativeException | NotOpenException e) {
            throw new NativeException(String.valueOf(e.getMessage()));
        } catch (LinkageError e) {
            throw new NativeException("libpcap is missing: apt-get install libpcap0.8");
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Backend backend() {
        return Backend.PCAP4J;
    }

    @Override
    public long mac() {
        return mac;
    }

    @Override
    public LinkState link() {
        return Device.state(index);
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
        pieces[count] = piece;
        lengths[count] = frame.length;
        stamps[count++] = Math.floorDiv(handle.getTimestamp().getTime(), MILLIS_PER_SECOND) * NANOS_PER_SECOND
                + handle.getTimestamp().getNanos();
    }

    @Override
    public long at(int i) {
        return pieces[i] + FRAME;
    }

    @Override
    public int length(int i) {
        return lengths[i];
    }

    @Override
    public long stamp(int i) {
        return stamps[i];
    }

    @Override
    public long handle(int i) {
        return pieces[i];
    }

    @Override
    public void release(long handle) {
        pool.release(handle);
    }

    @Override
    public Sender openSender() throws PortException {
        if (receiveOnly) {
            throw new PortException("`%s` is opened for receiving only".formatted(name));
        }
        return new PcapSender(handle);
    }

    @Override
    public int descriptor() {
        return NO_DESCRIPTOR;
    }

    @Override
    public synchronized PortCounters counters() {
        long dropped = 0;
        try {
            dropped = closed ? 0 : handle.getStats().getNumPacketsDropped();
        } catch (PcapNativeException | NotOpenException e) {
            dropped = 0; // not told
        }
        return new PortCounters(received.get(), dropped + noRoom.get(), truncated.get(), 0);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            handle.close();
            arena.close();
            restore.run();
        }
    }
}
