package io.sluice.inline.policy;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A monotonic clock that also wakes. Time of day plays no part, so nobody gains time by setting it. */
public interface Timer {
    /** Nanoseconds since some moment; never goes back. */
    long nanos();

    /** Runs something once, on a thread of its own, not before {@code delay} has passed. */
    Alarm after(Duration delay, Runnable what);

    /** Something that will be run. */
    @FunctionalInterface
    interface Alarm {
        /** It shall not run any more; it may just be running. */
        void cancel();
    }

    /** The system's, on one daemon thread. */
    static Timer system() {
        ScheduledExecutorService thread = Executors
                .newSingleThreadScheduledExecutor(Thread.ofPlatform().name("control-timer").daemon().factory());
        return new Timer() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public Alarm after(Duration delay, Runnable what) {
                Future<?> scheduled = thread.schedule(what, delay.toNanos(), TimeUnit.NANOSECONDS);
                return () -> scheduled.cancel(false);
            }
        };
    }
}
