package io.sluice.capture.port;

import java.util.List;

/** Everything from one port to the other and back, in a thread of its own. */
final class Forwarder implements AutoCloseable {
    private final Thread thread = new Thread(this::run, "forwarder");
    private final Port left;
    private final Port right;
    private final Sender toLeft;
    private final Sender toRight;
    private volatile boolean ends;

    Forwarder(Port left, Port right) throws PortException {
        this.left = left;
        this.right = right;
        toLeft = left.openSender();
        toRight = right.openSender();
        thread.start();
    }

    private void run() {
        Poller poller = new Poller(List.of(left, right));
        while (!ends) {
            if (pass(left, toRight) + pass(right, toLeft) == 0) {
                poller.await(100);
            }
        }
    }

    static int pass(Port from, Sender to) {
        int count = from.receive();
        for (int i = 0; i < count; i++) {
            to.send(from.at(i), from.length(i));
        }
        to.flush();
        for (int i = 0; i < count; i++) {
            from.release(from.handle(i));
        }
        return count;
    }

    /** Stops the thread; the ports are closed by who opened them. */
    @Override
    public void close() {
        ends = true;
        try {
            thread.join(5000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
