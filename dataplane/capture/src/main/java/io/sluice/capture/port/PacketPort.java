package io.sluice.capture.port;

/** An interface through AF_PACKET: received from a ring that the kernel fills, sent by sendmmsg(2) from where frames lie. */
final class PacketPort extends OpenPort {
    private static final int SMALLEST_RING = 256;

    private final boolean virtioHeader;
    private final PacketSocket socket;
    private final PacketRing ring;
    private final Offloads offloads;
    private final long[] slots = new long[BATCH];
    private long ringFull;

    private PacketPort(PortRequest request, Offloads offloads, boolean virtioHeader, RingShape shape)
            throws NativeException {
        super(Backend.AF_PACKET, request.interfaceName(), offloads.index(), request.receiveOnly());
        this.offloads = offloads;
        this.virtioHeader = virtioHeader;
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
    public int receive() {
        int ready = ring.ready(BATCH);
        int count = 0;
        for (int i = 0; i < ready; i++) {
            long slot = ring.take();
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
    Sender newSender() throws NativeException {
        return packetSender(virtioHeader);
    }

    @Override
    public int descriptor() {
        return socket.descriptor();
    }

    @Override
    long framesWithoutRoom() {
        ringFull += socket.drops(); // which the kernel tells once
        return ringFull;
    }

    @Override
    void free() {
        ring.close();
        socket.close();
        offloads.restore();
    }
}
