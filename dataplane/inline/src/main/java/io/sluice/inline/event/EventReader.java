package io.sluice.inline.event;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** The thread that takes events out of the rings, reserved ones first, and gives them to a handler in batches. */
public final class EventReader implements AutoCloseable {
    private static final long NAP_NANOS = 2_000_000L;
    /** Without events the handler still gets its turn so often. */
    private static final long TURN_NANOS = 200_000_000L;

    /** Reads events; all methods on the reader's thread. */
    public interface Handler {
        void event(Event event);

        /** No more events wait, or time has passed: what was gathered may be written out. */
        void endOfBatch();
    }

    private final List<EventRing> rings;
    private final Handler handler;
    private final Consumer<String> notes;
    private final Thread thread;
    private final AtomicLong failures = new AtomicLong();
    private volatile boolean running = true;

    /**
     * A reader that is not yet started.
     *
     * @param rings in the order in which they are looked at
     * @param notes hears what a person should know, in sentences
     */
    public EventReader(List<EventRing> rings, Handler handler, Consumer<String> notes) {
        this.notes = notes;
        this.rings = List.copyOf(rings);
        this.handler = handler;
        thread = Thread.ofPlatform().name("sluice-events").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        long turn = System.nanoTime();
        while (running) {
            boolean busy = drain();
            long now = System.nanoTime();
            if (!busy || now - turn > TURN_NANOS) {
                turn = now;
                handler.endOfBatch();
            }
            if (!busy) {
                LockSupport.parkNanos(NAP_NANOS);
            }
        }
        drain();
        handler.endOfBatch();
    }

    private boolean drain() {
        boolean busy = false;
        for (EventRing ring : rings) {
            try {
                busy |= ring.poll((event, sequence, last) -> {
                    hand(event);
                    return true;
                });
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        return busy;
    }

    /** One event that cannot be told, a bug, must not keep the others from being told. */
    private void hand(Event event) {
        try {
            handler.event(event);
        } catch (RuntimeException e) {
            if (failures.getAndIncrement() == 0) {
                notes.accept("an event of kind " + event.kind() + " could not be told; this is a bug in Sluice: " + e);
            }
        }
    }

    /** Events that could not be told. */
    public long failures() {
        return failures.get();
    }

    /** Reads what is still in the rings, and ends. To be called when nothing is put into them any more. */
    @Override
    public void close() {
        running = false;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
