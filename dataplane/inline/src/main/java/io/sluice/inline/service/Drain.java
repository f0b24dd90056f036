package io.sluice.inline.service;

import io.sluice.inline.Dataplane;
import io.sluice.inline.policy.Timer;
import java.time.Duration;

/** Ends Sluice: no new connections, time for the others to end, then the end. */
final class Drain {
    private static final Duration LOOK = Duration.ofMillis(200);

    private final Dataplane dataplane;
    private final Timer timer;
    private final Runnable end;
    private long deadline;
    private boolean begun;

    /** @param end makes the process end; returns at once */
    Drain(Dataplane dataplane, Timer timer, Runnable end) {
        this.dataplane = dataplane;
        this.timer = timer;
        this.end = end;
    }

    /** Asked again, the earlier of the two ends holds. */
    synchronized long begin(int withinSeconds) {
        long asked = timer.nanos() + Duration.ofSeconds(withinSeconds).toNanos();
        boolean first = !begun;
        deadline = first ? asked : Math.min(deadline, asked);
        begun = true;
        if (first) {
            dataplane.drain();
            timer.after(Duration.ZERO, this::look);
        }
        return dataplane.status().flows();
    }

    private synchronized void look() {
        if (dataplane.status().flows() == 0 || timer.nanos() - deadline >= 0) {
            end.run();
        } else {
            timer.after(LOOK, this::look);
        }
    }
}
