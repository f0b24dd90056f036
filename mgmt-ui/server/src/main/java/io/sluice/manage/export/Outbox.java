package io.sluice.manage.export;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Records on their way to a target: a bounded queue and a thread that empties it, again and again until the target takes them.
 * Whoever adds a record never waits; what finds the queue full is lost and counted.
 */
final class Outbox implements Closeable {
    private static final int BATCH = 256;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Target target;
    private final String where;
    private final BlockingQueue<byte[]> queue;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final Thread thread;
    private volatile String trouble = "";
    private volatile boolean closed;
    private volatile int inHand;

    Outbox(String name, String where, Target target, int size) {
        this.target = target;
        this.where = where;
        queue = new ArrayBlockingQueue<>(size);
        thread = Thread.ofPlatform().daemon().name("export-" + name).start(this::run);
    }

    void add(byte[] record) {
        if (closed || !queue.offer(record)) {
            lost.incrementAndGet();
        }
    }

    private void run() {
        List<byte[]> batch = new ArrayList<>(BATCH);
        Duration pause = FIRST_PAUSE;
        boolean open = false;
        try {
            while (!closed || !queue.isEmpty() || !batch.isEmpty()) {
                if (batch.isEmpty() && !take(batch)) {
                    continue;
                }
                try {
                    if (!open) {
                        target.open();
                        open = true;
                    }
                    int taken = target.write(batch);
                    sent.addAndGet(taken);
                    batch.subList(0, taken).clear();
                    inHand = batch.size();
                    open = batch.isEmpty();
                    trouble = open ? "" : where + " took only some of the records; the others are sent again";
                    pause = open ? FIRST_PAUSE : pause;
                } catch (IOException e) {
                    open = false;
                    trouble = where + " takes nothing: " + sentence(e) + "; trying again every "
                            + Math.max(1, pause.toSeconds()) + " s";
                    if (closed) {
                        break;
                    }
                    Thread.sleep(pause);
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lost.addAndGet(batch.size() + queue.size());
    }

    private boolean take(List<byte[]> batch) throws InterruptedException {
        byte[] first = queue.poll(200, TimeUnit.MILLISECONDS);
        if (first == null) {
            return false;
        }
        batch.add(first);
        queue.drainTo(batch, BATCH - 1);
        inHand = batch.size();
        return true;
    }

    private static String sentence(IOException e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }

    long sent() {
        return sent.get();
    }

    long lost() {
        return lost.get();
    }

    int waiting() {
        return queue.size() + inHand;
    }

    String trouble() {
        return trouble;
    }

    /** Sends what waits, for five seconds at most; what is left then is lost and counted. */
    @Override
    public void close() throws IOException {
        closed = true;
        try {
            if (!thread.join(Duration.ofSeconds(5))) {
                thread.interrupt();
                thread.join(Duration.ofSeconds(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        target.close();
    }
}
