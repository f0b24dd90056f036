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
final class XdpPort extends OpenPort {
    private static final int SEND_CHUNKS = 2048;
    /** Of the chunks for receiving, what must be free for the thread to sleep. */
    private static final int ENOUGH = 8;
    private static final int BUSY_ATTEMPTS = 40;
    private static final long BUSY_PAUSE_NANOS = 50_000_000;

    private final XdpSocket socket;
    /** What was done to the interface, in that order, as what undoes it. */
    private final List<Runnable> undo = new ArrayList<>();
    private final FramePool pool;
    private int taken;
    private int filled;
    private boolean hasSender;

    private XdpPort(PortRequest request, int index, boolean zeroCopy) throws NativeException {
        super(Backend.AF_XDP, request.interfaceName(), index, request.receiveOnly());
        socket = bind(request, index, zeroCopy);
        pool = new FramePool(socket.memory.address, socket.memory.chunkBytes, socket.memory.receiveChunks);
        refill();
    }

    static XdpPort open(PortRequest request, int index, boolean zeroCopy) throws NativeException {
        if (request.superFrames()) {
            throw new NativeException("it cannot carry super-frames");
        }
        XdpPort port = new XdpPort(request, index, zeroCopy);
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
            at[i] = socket.memory.address + socket.received.address(taken);
            lengths[i] = socket.received.length(taken);
            VirtioHeader.clear(at[i]);
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
    public long stamp(int i) {
        return 0;
    }

    @Override
    public long handle(int i) {
        return socket.memory.address + socket.memory.chunkOf(at[i] - socket.memory.address);
    }

    @Override
    public void release(long handle) {
        pool.release(handle);
    }

    /** The rings for sending are for one thread; further ones get a packet socket. */
    @Override
    Sender newSender() throws NativeException {
        if (hasSender) {
            return packetSender(false);
        }
        hasSender = true;
        return new XdpSender(index, socket);
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
    long framesWithoutRoom() {
        return socket.drops();
    }

    @Override
    void free() {
        undo.reversed().forEach(Runnable::run);
        socket.close();
    }
}
