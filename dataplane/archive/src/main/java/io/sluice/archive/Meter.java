package io.sluice.archive;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** How far all workers together are, and whether they should stop. Called every few thousand packets. */
final class Meter {
    private final LongAdder done = new LongAdder();
    private final LongAdder rows = new LongAdder();
    private final AtomicLong toDo;
    private volatile boolean stopped;

    Meter(long bytes) {
        toDo = new AtomicLong(bytes);
    }

    void read(long bytes) {
        done.add(bytes);
    }

    void wrote(long count) {
        rows.add(count);
    }

    /** So much need not be read after all. */
    void spared(long bytes) {
        toDo.addAndGet(-bytes);
    }

    void stop() {
        stopped = true;
    }

    boolean stopped() {
        return stopped;
    }

    Standing standing() {
        return new Standing(done.sum(), Math.max(toDo.get(), done.sum()), rows.sum());
    }
}
