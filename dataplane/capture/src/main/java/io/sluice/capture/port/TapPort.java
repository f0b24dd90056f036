package io.sluice.capture.port;

/** A TAP device as a port: a system call for each frame, which is enough for what people do through it. */
final class TapPort extends PooledPort {
    private final int descriptor;
    /** Taken, and still without a frame. */
    private long spare;

    TapPort(String name, int index, int descriptor) throws NativeException {
        super(Backend.TAP, name, index, false);
        this.descriptor = descriptor;
    }

    @Override
    public int receive() {
        int count = 0;
        while (count < BATCH && (spare != 0 || (spare = pool.take()) != 0)) {
            int room = FRAME_BYTES + VirtioHeader.BYTES;
            int read = (int) Libc.read(descriptor, spare + FRAME - VirtioHeader.BYTES, room);
            if (read <= VirtioHeader.BYTES) {
                break;
            }
            if (read > room) {
                truncated.add(1);
                break;
            }
            VirtioHeader.clearUnlessUnfinished(spare + FRAME);
            at[count] = spare + FRAME;
            lengths[count++] = read - VirtioHeader.BYTES;
            spare = 0;
        }
        if (count > 0) {
            received.add(count);
        }
        return count;
    }

    @Override
    public long stamp(int i) {
        return 0;
    }

    @Override
    Sender newSender() {
        return new TapSender(descriptor);
    }

    @Override
    public int descriptor() {
        return descriptor;
    }

    @Override
    long framesWithoutRoom() {
        return 0; // the host counts them, at its interface
    }

    @Override
    void free() {
        Libc.close(descriptor);
        super.free();
    }
}
