package io.sluice.capture.port;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Sends from one thread through sockets of its own: a list of messages that points at the frames, given over by one call.
 * Where frames may be unfinished there are two sockets, one for frames with a {@link VirtioHeader} and one for those that
 * need none, which is most of them: reading a header that says nothing costs the kernel as well.
 */
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

    private final PacketSocket plain;
    private final @Nullable PacketSocket unfinished;
    private final Arena arena = Arena.ofShared();
    private final long messages;
    private final long vectors;
    private final Count sent = new Count();
    private final Count lost = new Count();
    private int queued;
    /** What is queued has headers. */
    private boolean headers;

    /** @param leavesUnfinished frames that a card has to finish are left to the kernel */
    PacketSender(int interfaceIndex, boolean leavesUnfinished) throws NativeException {
        plain = PacketSocket.forSending(interfaceIndex, false);
        try {
            unfinished = leavesUnfinished ? PacketSocket.forSending(interfaceIndex, true) : null;
        } catch (NativeException e) {
            plain.close();
            throw e;
        }
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
        boolean header = VirtioHeader.isUnfinished(at);
        if (header && unfinished == null) {
            if (!finish(at, length)) {
                lost.add(1);
                return true;
            }
            header = false;
        }
        if (header != headers) {
            flush(); // frames leave in the order in which they came
            headers = header;
        }
        int headerBytes = header ? VirtioHeader.BYTES : 0;
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
        int descriptor = (headers && unfinished != null ? unfinished : plain).descriptor();
        int done = 0;
        int failed = 0;
        while (done < queued) {
            int taken = Libc.sendmmsg(descriptor, messages + (long) done * MESSAGE_BYTES, queued - done,
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
        plain.close();
        if (unfinished != null) {
            unfinished.close();
        }
        arena.close();
    }
}
