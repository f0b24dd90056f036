package io.sluice.inline.pipeline;

import io.sluice.capture.port.Poller;
import java.util.List;

/**
 * What a receiving thread does while no frames come. {@code adaptive}: looks again for a while, since the next frame is
 * often near and waking up costs tens of microseconds, then sleeps until one comes. {@code spin}: never sleeps.
 */
final class Idle {
    /** Looks at all ports without a frame before it sleeps; some 50 µs. */
    private static final int LOOKS = 2000;
    /** Wakes so often to do errands and let old flows go. */
    private static final int SLEEP_MILLIS = 20;

    private final List<LivePort> ports;
    private final boolean spin;
    private Poller poller;
    private int looks;

    Idle(List<LivePort> ports, boolean spin) {
        this.ports = ports;
        this.spin = spin;
        poller = poller();
    }

    private Poller poller() {
        return new Poller(ports.stream().map(LivePort::port).toList());
    }

    /** An interface was opened anew. */
    void reopened() {
        poller = poller();
    }

    /** Frames came. */
    void busy() {
        looks = 0;
    }

    /** None came. */
    void pause() {
        if (++looks < LOOKS) {
            Thread.onSpinWait();
            return;
        }
        looks = 0;
        if (spin) {
            return;
        }
        poller.await(SLEEP_MILLIS);
    }

    /** The last pause was the end of a series of looks. */
    boolean rested() {
        return looks == 0;
    }
}
