package io.sluice.capture.port;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Sends from one thread through a socket of its own: a list of messages that points at the frames, given over by one call. */
final class PacketSender implements Sender {
    /** More than a batch, since what is sent beside received frames should not need a second call. */
    private static final int QUEUE = 2 * Port.BATCH;
    /** struct mmsghdr of sys/socket.h on 64-bit machines; all other fields stay zero. */
    private static final int MESSAGE_BYTES = 64;
    private static final int MESSAGE_VECTORS = 16;
    private static final int MESSAGE_VECTOR_COUNT = 24;
    /** struct iovec of sys/uio.h */
    private static final int VECTOR_BYTES = 16;
    private static final int VECTOR_LENGTH = 8;

    private final PacketSocket socket;
    private final int headerBytes;
    private final Arena arena = Arena.ofShared();
    private final long messages;
    private final long vectors;
    private final Count sent = new Count();
    private final Count lost = new Count();
    private int queued;

    PacketSender(PacketSocket socket, boolean virtioHeader) {
        this.socket = socket;
        headerBytes = virtioHeader ? VirtioHeader.BYTES : 0;
        MemorySegment list = arena.allocate((long) QUEUE * MESSAGE_BYTES, MESSAGE_BYTES);
        messages = list.address();
        vectors = arena.allocate((long) QUEUE * VECTOR_BYTES, VECTOR_BYTES).address();
        for (int i = 0; i < QUEUE; i++) {
            list.set(JAVA_LONG, (long) i * MESSAGE_BYTES + MESSAGE_VECTORS, vectors + (long) i * VECTOR_BYTES);
            list.set(JAVA_LONG, (long) i * MESSAGE_BYTES + MESSAGE_VECTOR_COUNT, 1);
        }
    }

    @Override
    public boolean send(long at, int length) {
        if (queued == QUEUE) {
            return false;
        }
        if (headerBytes == 0 && VirtioHeader.isUnfinished(at) && !finish(at, length)) {
            lost.add(1);
            return true;
        }
        long vector = vectors + (long) queued * VECTOR_BYTES;
        Memory.ALL.set(JAVA_LONG, vector, at - headerBytes);
        Memory.ALL.set(JAVA_LONG, vector + VECTOR_LENGTH, length + headerBytes);
        queued++;
        return true;
    }

    /** Does what this port cannot leave to the kernel. */
    private static boolean finish(long at, int length) {
        return !VirtioHeader.isSuperFrame(at) && Checksum.finish(at, length);
    }

    @Override
    public void flush() {
        if (queued > 0) {
            give();
        }
    }

    /**
     * The kernel stops at a frame that it cannot take (its queue is full, the interface is down, the frame too long) and
     * says how many it took before. That one is skipped, so each call brings at least one frame behind us.
     */
    private void give() {
        int done = 0;
        int failed = 0;
        while (done < queued) {
            int taken = Libc.sendmmsg(socket.descriptor(), messages + (long) done * MESSAGE_BYTES, queued - done,
                    Libc.MSG_DONTWAIT);
            if (taken > 0) {
                done += taken;
            } else {
                done++;
                failed++;
            }
        }
        sent.add(queued - failed);
        if (failed > 0) {
            lost.add(failed);
        }
        queued = 0;
    }

    @Override
    public long sent() {
        return sent.get();
    }

    @Override
    public long lost() {
        return lost.get();
    }

    void close() {
        socket.close();
        arena.close();
    }
}
