package io.sluice.capture.port;

import java.util.ArrayList;
import java.util.List;

/** An interface through AF_PACKET: received from a ring that the kernel fills, sent by sendmmsg(2) from where frames lie. */
final class PacketPort implements Port {
    private static final int SMALLEST_RING = 256;

    private final String name;
    private final int index;
    private final long mac;
    private final boolean virtioHeader;
    private final PacketSocket socket;
    private final PacketRing ring;
    private final boolean receiveOnly;
    private final Offloads offloads;
    private final List<PacketSender> senders = new ArrayList<>();
    private final long[] slots = new long[BATCH];
    private final long[] at = new long[BATCH];
    private final int[] lengths = new int[BATCH];
    private final Count received = new Count();
    private final Count truncated = new Count();
    private final Count unfinished = new Count();
    private long ringFull;
    private boolean closed;

    private PacketPort(PortRequest request, Offloads offloads, boolean virtioHeader, RingShape shape)
            throws NativeException {
        this.name = request.interfaceName();
        this.index = offloads.index();
        this.offloads = offloads;
        this.virtioHeader = virtioHeader;
        this.receiveOnly = request.receiveOnly();
        mac = Interfaces.mac(name);
        socket = PacketSocket.forReceiving(shape, virtioHeader);
        try {
            ring = new PacketRing(socket.descriptor(), shape);
        } catch (NativeException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Opens an interface; with a smaller ring where the kernel has no memory for the one that is asked for.
     *
     * @param offloads what the interface was made to do without; restored by {@link #close}
     * @param virtioHeader whether the kernel is asked what is unfinished; needed for super-frames
     */
    static PacketPort open(PortRequest request, Offloads offloads, boolean virtioHeader) throws NativeException {
        RingShape shape = request.superFrames()
                ? RingShape.forSuperFrames(request.ringFrames())
                : RingShape.forWire(Interfaces.mtu(request.interfaceName()), request.ringFrames(), virtioHeader);
        while (true) {
            try {
                PacketPort port = new PacketPort(request, offloads, virtioHeader, shape);
                port.listen();
                return port;
            } catch (NativeException e) {
                if (e.errno() != NativeException.ENOMEM || shape.halved().frames() < SMALLEST_RING) {
                    throw e;
                }
                shape = shape.halved();
            }
        }
    }

    private void listen() throws NativeException {
        try {
            socket.listen(index);
        } catch (NativeException e) {
            ring.close();
            socket.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Backend backend() {
        return Backend.AF_PACKET;
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
        int count = 0;
        for (int looked = 0; looked < BATCH; looked++) {
            long slot = ring.take();
            if (slot == 0) {
                break;
            }
            int status = PacketRing.mark(slot);
            if (PacketRing.isTruncated(slot)) {
                truncated.add(1);
                PacketRing.release(slot);
            } else {
                put(count++, slot, status);
            }
        }
        if (count > 0) {
            received.add(count);
        }
        return count;
    }

    private void put(int i, long slot, int status) {
        long frame = PacketRing.frame(slot);
        int length = PacketRing.length(slot);
        if (PacketRing.isUnfinished(status)) {
            unfinished.add(1);
        }
        if (PacketRing.hasTag(status)) {
            if (virtioHeader) {
                VirtioHeader.moveForTag(frame - VlanTag.BYTES); // first, since the tag makes the frame grow over its end
            }
            frame = VlanTag.insert(frame, PacketRing.tagProtocol(slot, status), PacketRing.tagControl(slot));
            length += VlanTag.BYTES;
        }
        if (virtioHeader) {
            VirtioHeader.clearUnlessUnfinished(frame);
        } else {
            VirtioHeader.clear(frame);
        }
        slots[i] = slot;
        at[i] = frame;
        lengths[i] = length;
    }

    @Override
    public long at(int i) {
        return at[i];
    }

    @Override
    public int length(int i) {
        return lengths[i];
    }

    @Override
    public long stamp(int i) {
        return PacketRing.stamp(slots[i]);
    }

    @Override
    public long handle(int i) {
        return slots[i];
    }

    @Override
    public void release(long handle) {
        PacketRing.release(handle);
    }

    @Override
    public synchronized Sender openSender() throws PortException {
        if (receiveOnly) {
            throw new PortException("`%s` is opened for receiving only".formatted(name));
        }
        try {
            PacketSender sender = new PacketSender(PacketSocket.forSending(index, virtioHeader), virtioHeader);
            senders.add(sender);
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
    public synchronized PortCounters counters() {
        if (!closed) {
            ringFull += socket.drops();
        }
        return new PortCounters(received.get(), ringFull, truncated.get(), unfinished.get());
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            ringFull += socket.drops();
            senders.forEach(PacketSender::close);
            ring.close();
            socket.close();
            offloads.restore();
        }
    }
}
