package io.sluice.capture.port;

import java.lang.foreign.MemorySegment;

/**
 * Sends frames by copying them into chunks of the port's own memory. Handing over the chunk that a frame was received in
 * would save the copy, but make two ports share memory, and tie the place of a received frame to when another card has sent
 * it; a copy of what an industrial network carries costs less than to keep that right.
 */
final class XdpSender implements Sender {
    /** Frames between two flushes; more would lie in the ring unsent. */
    private static final int QUEUE = 2 * Port.BATCH;
    /** Without a budget of its own the kernel takes 32 with one call. */
    private static final int MOST_CALLS = 16;

    private final int index;
    private final XdpSocket socket;
    private final XdpMemory memory;
    private final XdpRing ring;
    private final long[] free;
    private final Count sent = new Count();
    private final Count lost = new Count();
    private int freeCount;
    private int queued;
    private int published;
    private int withdrawn;
    private boolean down;
    private int reaped;

    XdpSender(int index, XdpSocket socket) {
        this.index = index;
        this.socket = socket;
        memory = socket.memory;
        ring = socket.toSend;
        free = new long[memory.sendChunks];
        for (int i = 0; i < free.length; i++) {
            free[freeCount++] = memory.sendChunk(i);
        }
    }

    @Override
    public boolean send(long at, int length) {
        if (queued - published == QUEUE) {
            return false;
        }
        if (down) {
            down = socket.callToSend() < 0;
        }
        boolean fits = !down && length <= memory.chunkBytes && (!VirtioHeader.isUnfinished(at) || finish(at, length));
        if (!fits || !hasRoom()) {
            lost.add(1);
            return true;
        }
        long chunk = free[--freeCount];
        MemorySegment.copy(Memory.ALL, at, Memory.ALL, memory.address + chunk, length);
        ring.set(queued++, chunk, length);
        return true;
    }

    /** A virtio header cannot be told here. */
    private static boolean finish(long at, int length) {
        return !VirtioHeader.isSuperFrame(at) && Checksum.finish(at, length);
    }

    private boolean hasRoom() {
        if (freeCount == 0) {
            reap();
        }
        return freeCount > 0 && queued - ring.consumed() < ring.size;
    }

    /** Takes back the chunks of frames that are on their way. */
    private void reap() {
        int end = socket.sent.produced();
        while (reaped != end && freeCount < free.length) {
            free[freeCount++] = memory.chunkOf(socket.sent.address(reaped++));
        }
        socket.sent.consume(reaped);
    }

    @Override
    public void flush() {
        if (queued != published) {
            ring.publish(queued);
            sent.add(queued - published);
            published = queued;
            call();
        }
    }

    private void call() {
        skipWithdrawn();
        boolean refused = false;
        for (int i = 0; i < MOST_CALLS && ring.consumed() != published; i++) {
            if (socket.zeroCopy && !ring.needsWakeup()) {
                return; // the driver is at it
            }
            refused = socket.callToSend() < 0;
        }
        if (refused && ring.consumed() != published && Interfaces.state(index) != LinkState.UP) {
            withdraw();
        }
        reap();
    }

    /**
     * What an interface that is down has not taken would leave when it comes up again, perhaps hours later. In an industrial
     * network a late command is worse than a lost one. The ring cannot be rolled back, but its entries can be made invalid.
     */
    private void withdraw() {
        int consumed = ring.consumed();
        for (int i = consumed - withdrawn > 0 ? consumed : withdrawn; i != published; i++) {
            ring.invalidate(i);
            free[freeCount++] = memory.chunkOf(ring.address(i));
            sent.add(-1);
            lost.add(1);
        }
        withdrawn = published;
        down = true;
    }

    /**
     * The kernel skips one invalid entry with each call, and none while the interface is down. How far it has come it says
     * only with the call after the last.
     */
    private void skipWithdrawn() {
        for (int i = 0; i <= ring.size && ring.consumed() - withdrawn < 0; i++) {
            if (socket.callToSend() < 0) {
                return;
            }
        }
    }

    @Override
    public long sent() {
        return sent.get();
    }

    @Override
    public long lost() {
        return lost.get();
    }
}
