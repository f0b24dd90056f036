package io.sluice.inline.pipeline;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** What other threads want done on a packet thread, between two batches. Asking costs the packet thread one read. */
final class Errands {
    private static final long PATIENCE_SECONDS = 10;

    private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    /** Packet thread: does what waits. */
    void run() {
        if (waiting.isEmpty()) {
            return;
        }
        for (Runnable errand = waiting.poll(); errand != null; errand = waiting.poll()) {
            errand.run();
        }
    }

    /** Has something done, and returns when it is. */
    void ask(Runnable errand) {
        CountDownLatch done = new CountDownLatch(1);
        AtomicBoolean taken = new AtomicBoolean();
        waiting.add(() -> {
            if (taken.compareAndSet(false, true)) {
                try {
                    errand.run();
                } finally {
                    done.countDown();
                }
            }
        });
        try {
            // What nobody waits for any more must not be done later, when others think it was not.
            if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS) && taken.compareAndSet(false, true)) {
                throw new IllegalStateException("a packet thread did not answer within " + PATIENCE_SECONDS + " s");
            }
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a packet thread was asked", e);
        }
    }
}
