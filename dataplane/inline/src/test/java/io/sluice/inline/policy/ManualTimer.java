package io.sluice.inline.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only when a test says so. */
public final class ManualTimer implements Timer, InstantSource {
    private static final Instant START = Instant.parse("2026-11-27T03:00:00Z");

    private final List<Waiting> waiting = new ArrayList<>();
    private long now;

    private record Waiting(long at, Runnable what) {}

    @Override
    public synchronized long nanos() {
        return now;
    }

    @Override
    public synchronized Alarm after(Duration delay, Runnable what) {
        Waiting one = new Waiting(now + delay.toNanos(), what);
        waiting.add(one);
        return () -> cancel(one);
    }

    private synchronized void cancel(Waiting one) {
        waiting.remove(one);
    }

    @Override
    public synchronized Instant instant() {
        return START.plusNanos(now);
    }

    /** Lets time pass, and runs what is due. */
    public void pass(Duration time) {
        List<Waiting> due;
        synchronized (this) {
            now += time.toNanos();
            due = waiting.stream().filter(w -> w.at() <= now).toList();
            waiting.removeAll(due);
        }
        due.forEach(w -> w.what().run());
    }

    /** How many alarms are set. */
    synchronized int alarms() {
        return waiting.size();
    }
}
