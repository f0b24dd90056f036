package io.sluice.capture.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** How long a receiving thread looks for the next frame before it sleeps. */
class PatienceTest {
    private static final long MICROSECOND = 1000;
    private static final long MILLISECOND = 1000 * MICROSECOND;

    private final Patience patience = new Patience();

    @Test
    void framesThatAreFarAreNotWaitedFor() {
        frames(100, 10 * MILLISECOND);
        assertEquals(Patience.LEAST_NANOS, patience.nanos());
    }

    @Test
    void framesThatAreNearAreWaitedFor() {
        frames(100, 10 * MILLISECOND);
        frames(50, 10 * MICROSECOND);
        assertTrue(patience.nanos() > 20 * MICROSECOND, patience.nanos() + " ns");
    }

    @Test
    void aThreadThatSleptThroughNearFramesLearnsThatTheyWereNear() {
        frames(100, 10 * MILLISECOND);
        frames(50, 60 * MICROSECOND); // of which forty were for waking up
        assertEquals(Patience.MOST_NANOS, patience.nanos());
    }

    @Test
    void aBurstEachMillisecondIsNotWaitedForAllTheMillisecond() {
        for (int i = 0; i < 100; i++) {
            frames(8, 3 * MICROSECOND);
            frames(1, 900 * MICROSECOND);
        }
        assertTrue(patience.nanos() < 15 * MICROSECOND, patience.nanos() + " ns");
    }

    @Test
    void nobodyWaitsLongerThanWakingUpCosts() {
        frames(1000, 90 * MICROSECOND);
        assertEquals(Patience.MOST_NANOS, patience.nanos());
    }

    private void frames(int count, long apart) {
        for (int i = 0; i < count; i++) {
            patience.learn(apart);
        }
    }
}
