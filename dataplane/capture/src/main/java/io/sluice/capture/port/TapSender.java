package io.sluice.capture.port;

/** Writes frames to a TAP device one by one; while the host has set it down, they are lost. */
final class TapSender implements Sender {
    private final int descriptor;
    private final Count sent = new Count();
    private final Count lost = new Count();

    TapSender(int descriptor) {
        this.descriptor = descriptor;
    }

    @Override
    public boolean send(long at, int length) {
        long written = Libc.write(descriptor, at - VirtioHeader.BYTES, length + VirtioHeader.BYTES);
        (written > 0 ? sent : lost).add(1);
        return true;
    }

    @Override
    public void flush() {
        // nothing is ever queued
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
