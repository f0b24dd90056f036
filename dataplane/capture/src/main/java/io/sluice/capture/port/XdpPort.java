package io.sluice.capture.port;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * An interface through AF_XDP: the driver, or on its behalf the kernel, puts frames into memory that is shared with it.
 * Checksums that are left unfinished cannot be told from wrong ones here, so it is for real cards.
 *
 * <p>Chunks that are in use elsewhere are missing where the kernel looks for free ones. Were the receiving thread to sleep
 * while there are none, nothing could arrive that would wake it: {@link #maySleep}.
 */
final class XdpPort implements Port {
    private static final int SEND_CHUNKS = 2048;
    /** Of the chunks for receiving, what must be free for the thread to sleep. */
    private static final int ENOUGH = 8;
    private static final int BUSY_ATTEMPTS = 40;
    private static final long BUSY_PAUSE_NANOS = 50_000_000;

    private final String name;
    private final int index;
    private final long mac;
    private final boolean receiveOnly;
    private final XdpSocket socket;
    /** What was done to the interface, in that order, as what undoes it. */
    private final List<Runnable> undo = new ArrayList<>();
    private final FramePool pool;
    private final long[] frames = new long[BATCH];
    private final int[] lengths = new int[BATCH];
    private final Count received = new Count();
    private final List<PacketSender> moreSenders = new ArrayList<>();
    private int taken;
    private int filled;
    private boolean hasSender;
    private boolean closed;
    private long drops;

    private XdpPort(PortRequest request, int index, XdpSocket socket) throws NativeException {
        this.name = request.interfaceName();
        this.index = index;
        this.receiveOnly = request.receiveOnly();
        this.socket = socket;
        mac = Interfaces.mac(name);
        pool = new FramePool(socket.memory.address, socket.memory.chunkBytes, socket.memory.receiveChunks);
        refill();
    }

    static XdpPort open(PortRequest request, int index, boolean zeroCopy) throws NativeException {
        if (request.superFrames()) {
            throw new NativeException("it cannot carry super-frames");
        }
        XdpPort port = new XdpPort(request, index, bind(request, index, zeroCopy));
        try {
            port.listen();
            return port;
        } catch (NativeException e) {
            port.close();
            throw e;
        }
    }

    /** What another process or port has just left is busy until the kernel has taken it apart, which it does on the side. */
    private static XdpSocket bind(PortRequest request, int index, boolean zeroCopy) throws NativeException {
        for (int attempt = 1;; attempt++) {
            XdpMemory memory = new XdpMemory(Interfaces.mtu(request.interfaceName()), request.ringFrames(),
                    SEND_CHUNKS);
            try {
                return new XdpSocket(index, memory, zeroCopy);
            } catch (NativeException e) {
                memory.close();
                if (e.errno() != NativeException.EBUSY || attempt == BUSY_ATTEMPTS) {
                    throw e;
                }
            }
            LockSupport.parkNanos(BUSY_PAUSE_NANOS);
        }
    }

    /** Only now, when the card can do it: to switch queues or offloads takes many cards off the network for a while. */
    private void listen() throws NativeException {
        ReceiveQueues queues = ReceiveQueues.makeOne(name, index);
        undo.add(queues::restore);
        Offloads offloads = Offloads.switchOff(name, index,
                feature -> Offloads.makesSuperFrames(feature) || Offloads.takesTags(feature));
        undo.add(offloads::restore);
        PacketSocket promiscuity = PacketSocket.forPromiscuity(index);
        undo.add(promiscuity::close);
        XdpProgram program = XdpProgram.attach(index, socket.descriptor());
        undo.add(program::close);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Backend backend() {
        return Backend.AF_XDP;
    }

    @Override
    public long mac() {
        return mac;
    }

    @Override
    public LinkState link() {
        return Interfaces.state(index);
    }

    @Override
    public int receive() {
        refill();
        int count = Math.min(socket.received.produced() - taken, BATCH);
        if (count == 0) {
            if (socket.toFill.needsWakeup()) {
                socket.callToReceive();
            }
            return 0;
        }
        for (int i = 0; i < count; i++, taken++) {
            frames[i] = socket.memory.address + socket.received.address(taken);
            lengths[i] = socket.received.length(taken);
            VirtioHeader.clear(frames[i]);
        }
        socket.received.consume(taken);
        received.add(count);
        return count;
    }

    /** There is room for all that there are. */
    private void refill() {
        int before = filled;
        for (long chunk = pool.take(); chunk != 0; chunk = pool.take()) {
            socket.toFill.set(filled++, chunk - socket.memory.address);
        }
        if (filled != before) {
            socket.toFill.publish(filled);
        }
    }

    @Override
    public long at(int i) {
        return frames[i];
    }

    @Override
    public int length(int i) {
        return lengths[i];
    }

    @Override
    public long stamp(int i) {
        return 0;
    }

    @Override
    public long handle(int i) {
        return socket.memory.address + socket.memory.chunkOf(frames[i] - socket.memory.address);
    }

    @Override
    public void release(long handle) {
        pool.release(handle);
    }

    /** The rings for sending are for one thread; further ones get a packet socket. */
    @Override
    public synchronized Sender openSender() throws PortException {
        if (receiveOnly) {
            throw new PortException("`%s` is opened for receiving only".formatted(name));
        }
        if (!hasSender) {
            hasSender = true;
            return new XdpSender(index, socket);
        }
        try {
            PacketSender sender = new PacketSender(PacketSocket.forSending(index, false), false);
            moreSenders.add(sender);
            return sender;
        } catch (NativeException e) {
            throw new PortException("cannot send on `%s`: %s".formatted(name, e.getMessage()));
        }
    }

    @Override
    public int descriptor() {
        return socket.descriptor();
    }

    @Override
    public boolean maySleep() {
        return filled - socket.toFill.consumed() > socket.toFill.size / ENOUGH;
    }

    @Override
    public synchronized PortCounters counters() {
        if (!closed) {
            drops = socket.drops();
        }
        return new PortCounters(received.get(), drops, 0, 0);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            counters();
            closed = true;
            moreSenders.forEach(PacketSender::close);
            undo.reversed().forEach(Runnable::run);
            socket.close();
        }
    }
}
