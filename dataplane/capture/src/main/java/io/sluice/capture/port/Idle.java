package io.sluice.capture.port;

import java.util.List;

/**
 * What a receiving thread does while no frames come. {@code adaptive}: looks again for a while, since the next frame is
 * often near and waking up costs tens of microseconds, then sleeps until one comes. How long is worth it the traffic
 * tells: a thread whose frames are near waits for them, one whose frames are far sleeps at once. {@code spin}: never sleeps.
 */
public final class Idle {
    /** Longer than this it never waits for a frame that is near: about what waking up costs. */
    private static final long MOST_NANOS = 50_000;
    private static final long LEAST_NANOS = 1_000;
    /** A frame that took so long was not near, whether or not the thread slept meanwhile. */
    private static final long NEAR_NANOS = 2 * MOST_NANOS;
    /** It is worth waiting for so many times what frames that were near took in the mean. */
    private static final int PATIENCE = 3;
    /** Wakes so often to do errands and let old flows go. */
    private static final int SLEEP_MILLIS = 20;
    /** Weights of the newest in the mean, as shifts. */
    private static final int NEAR_WEIGHT = 3, FAR_WEIGHT = 4;

    private final boolean spin;
    private Poller poller;
    private boolean waiting;
    private boolean rested;
    private long since;
    private long turn;
    private long meanNanos;
    private long patience = MOST_NANOS;

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
            learn(System.nanoTime() - since);
        }
    }

    private void learn(long nanos) {
        meanNanos += nanos < NEAR_NANOS ? nanos - meanNanos >> NEAR_WEIGHT : -(meanNanos >> FAR_WEIGHT);
        patience = Math.clamp(PATIENCE * meanNanos, LEAST_NANOS, MOST_NANOS);
    }

    /** None came. */
    public void pause() {
        long now = System.nanoTime();
        if (!waiting) {
            waiting = true;
            since = now;
            turn = now;
        }
        rested = now - turn >= (spin ? MOST_NANOS : patience);
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
