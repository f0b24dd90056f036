package io.sluice.inline.pipeline;

import io.sluice.capture.port.Sender;

/** What a port has that is never sent to: a mirror port, which is opened for receiving only. */
final class NoSender implements Sender {
    private long lost;

    @Override
    public boolean send(long at, int length) {
        lost++;
        return true;
    }

    @Override
    public void flush() {
        // Nothing is ever queued.
    }

    @Override
    public long sent() {
        return 0;
    }

    @Override
    public long lost() {
        return lost;
    }
}
