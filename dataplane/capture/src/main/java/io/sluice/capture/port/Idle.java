package io.sluice.capture.port;

import java.util.List;

/**
 * What a receiving thread does while no frames come. {@code adaptive}: looks again for a while, since the next frame is
 * often near and waking up costs tens of microseconds, then sleeps until one comes. How long is worth it the traffic
 * tells: a thread whose frames are near waits for them, one whose frames are far sleeps at once. {@code spin}: never sleeps.
 */
public final class Idle {
    /** Wakes so often to do errands and let old flows go. */
    private static final int SLEEP_MILLIS = 20;
    private final Patience patience = new Patience();
    private final boolean spin;
    private Poller poller;
    private boolean waiting;
    private boolean rested;
    /** When the last frames had been dealt with. */
    private long since;
    /** When the series of looks began, or the last sleep. */
    private long turn;

    public Idle(List<Port> ports, boolean spin) {
        this.spin = spin;
        poller = new Poller(ports);
    }

    /** An interface was opened anew. */
    public void reopened(List<Port> ports) {
        poller = new Poller(ports);
    }

    /** Frames came. */
    public void busy() {
        if (waiting) {
            waiting = false;
            patience.learn(System.nanoTime() - since);
        }
    }

    /** None came. */
    public void pause() {
        long now = System.nanoTime();
        if (!waiting) {
            waiting = true;
            since = now;
            turn = now;
        }
        rested = now - turn >= (spin ? Patience.MOST_NANOS : patience.nanos());
        if (!rested) {
            Thread.onSpinWait();
            return;
        }
        turn = now;
        if (!spin) {
            poller.await(SLEEP_MILLIS);
        }
    }

    /** The last pause was the end of a series of looks. */
    public boolean rested() {
        return rested;
    }
}
