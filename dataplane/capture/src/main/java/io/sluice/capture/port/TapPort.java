package io.sluice.capture.port;

import java.lang.foreign.Arena;

/** A TAP device as a port: a system call for each frame, which is enough for what people do through it. */
final class TapPort implements Port {
    private static final int FRAMES = 1024;
    private static final int FRAME_BYTES = 2048;
    /** Where a frame begins in its piece of memory: the network header, 14 bytes on, is aligned. */
    private static final int FRAME = HEADROOM + 2;

    private final String name;
    private final int index;
    private final long mac;
    private final int descriptor;
    private final Arena arena = Arena.ofShared();
    private final FramePool pool;
    private final long[] pieces = new long[BATCH];
    private final int[] lengths = new int[BATCH];
    private final Count received = new Count();
    private final Count truncated = new Count();
    /** Taken, and still without a frame. */
    private long spare;
    private boolean closed;

    TapPort(String name, int index, int descriptor) throws NativeException {
        this.name = name;
        this.index = index;
        this.descriptor = descriptor;
        mac = Interfaces.mac(name);
        pool = new FramePool(arena.allocate((long) FRAMES * FRAME_BYTES, 64).address(), FRAME_BYTES, FRAMES);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Backend backend() {
        return Backend.TAP;
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
        while (count < BATCH && (spare != 0 || (spare = pool.take()) != 0)) {
            int room = FRAME_BYTES - FRAME + VirtioHeader.BYTES;
            int read = (int) Libc.read(descriptor, spare + FRAME - VirtioHeader.BYTES, room);
            if (read <= VirtioHeader.BYTES) {
                break;
            }
            if (read > room) {
                truncated.add(1);
                break;
            }
            VirtioHeader.clearUnlessUnfinished(spare + FRAME);
            pieces[count] = spare;
            lengths[count++] = read - VirtioHeader.BYTES;
            spare = 0;
        }
        if (count > 0) {
            received.add(count);
        }
        return count;
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
        return 0;
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
    public Sender openSender() {
        return new TapSender(descriptor);
    }

    @Override
    public int descriptor() {
        return descriptor;
    }

    @Override
    public PortCounters counters() {
        return new PortCounters(received.get(), 0, truncated.get(), 0);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            Libc.close(descriptor);
            arena.close();
        }
    }
}
