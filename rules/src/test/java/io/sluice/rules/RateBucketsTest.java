package io.sluice.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.rules.policy.Position;
import io.sluice.rules.policy.Rate;
import org.junit.jupiter.api.Test;

class RateBucketsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Position SOMEWHERE = new Position("test.yaml", 1, 1);
    private static final long START = 1_700_000_000L * SECOND;

    private final RateBuckets buckets = new RateBuckets(16);

    private static Meter meter(String rule, long tokens, long nanos, long burst) {
        return Meter.of("conduit", rule, new Rate(tokens, nanos, burst, SOMEWHERE));
    }

    private boolean message(Meter meter, long source, long now) {
        buckets.begin();
        boolean passes = buckets.pick(meter, 0, source, now);
        buckets.take();
        return passes;
    }

    @Test
    void aBurstPassesAtOnceAndThenTokensComeBackOneByOne() {
        Meter meter = meter("a", 2, SECOND, 3);
        for (int i = 0; i < 3; i++) {
            assertTrue(message(meter, 1, START));
        }
        assertFalse(message(meter, 1, START));
        assertFalse(message(meter, 1, START + SECOND / 2 - 1));
        assertTrue(message(meter, 1, START + SECOND / 2));
        assertFalse(message(meter, 1, START + SECOND / 2));
    }

    // 3/s is a token every 333333333.33 ns: rounding that to whole nanoseconds would drift by a message in 30 years at
    // best and starve or flood at worst.
    @Test
    void aRateThatDoesNotDivideASecondDoesNotDrift() {
        Meter meter = meter("a", 3, SECOND, 1);
        long passed = 0;
        for (long t = 0; t <= 1_000_000; t++) {
            passed += message(meter, 1, START + t * 1_000_000) ? 1 : 0;
        }
        // 1000 seconds asked every millisecond: a token is seen at the next millisecond, at 334, 667, 1000 and so on.
        assertTrue(passed >= 2_995 && passed <= 3_001, passed + " messages");
    }

    @Test
    void sourcesAndRulesHaveBucketsOfTheirOwn() {
        Meter a = meter("a", 1, SECOND, 1);
        Meter b = meter("b", 1, SECOND, 1);
        assertTrue(message(a, 1, START));
        assertTrue(message(a, 2, START));
        assertTrue(message(b, 1, START));
        assertFalse(message(a, 1, START));
        assertFalse(message(a, 2, START));
        assertFalse(message(b, 1, START));
    }

    @Test
    void whatIsPickedButNotTakenCostsNothing() {
        Meter meter = meter("a", 1, SECOND, 1);
        for (int i = 0; i < 10; i++) {
            buckets.begin();
            assertTrue(buckets.pick(meter, 0, 1, START));
        }
        assertTrue(message(meter, 1, START));
    }

    @Test
    void aRuleNeededTwiceInOneMessageCostsOneToken() {
        Meter meter = meter("a", 1, SECOND, 2);
        buckets.begin();
        assertTrue(buckets.pick(meter, 0, 1, START));
        assertTrue(buckets.pick(meter, 0, 1, START));
        buckets.take();
        assertTrue(message(meter, 1, START));
        assertFalse(message(meter, 1, START));
    }

    @Test
    void aClockSetBackNeitherStarvesNorFloods() {
        Meter meter = meter("a", 1, SECOND, 2);
        assertTrue(message(meter, 1, START));
        assertTrue(message(meter, 1, START));
        long yesterday = START - 86_400 * SECOND;
        assertFalse(message(meter, 1, yesterday));
        assertTrue(message(meter, 1, yesterday + SECOND));
        assertFalse(message(meter, 1, yesterday + SECOND));
    }

    @Test
    void packetsOutOfOrderWinNoTokens() {
        Meter meter = meter("a", 1, SECOND, 1);
        assertTrue(message(meter, 1, START));
        for (int i = 0; i < 10; i++) {
            assertFalse(message(meter, 1, START + SECOND / 2));
            assertFalse(message(meter, 1, START));
        }
        assertTrue(message(meter, 1, START + SECOND));
    }

    @Test
    void aPauseOfCenturiesFillsTheBucketAndNoMore() {
        Meter meter = meter("a", 1_000_000, 1, 5);
        assertTrue(message(meter, 1, Long.MIN_VALUE / 2));
        for (int i = 0; i < 5; i++) {
            assertTrue(message(meter, 1, Long.MAX_VALUE / 2));
        }
        assertFalse(message(meter, 1, Long.MAX_VALUE / 2));
    }

    @Test
    void whenThereIsNoRoomTheRuleDoesNotApplyUntilABucketIsFullAgain() {
        Meter meter = meter("a", 1, SECOND, 2);
        int passed = 0;
        for (int source = 0; source < 10_000; source++) {
            passed += message(meter, source, START) ? 1 : 0;
        }
        assertTrue(passed >= 16 && passed < 1_000, passed + " sources metered");
        assertEquals(10_000 - passed, buckets.overflows());
        // After a second each bucket has its token back and says nothing any more: strangers may have its place.
        assertTrue(message(meter, 20_000, START + SECOND));
    }

    @Test
    void twoNewBucketsOfOneMessageDoNotTakeEachOthersPlace() {
        Meter[] meters = new Meter[60];
        for (int i = 0; i < meters.length; i++) {
            meters[i] = meter("r" + i, 1, SECOND, 1);
        }
        buckets.begin();
        int picked = 0;
        for (Meter meter : meters) {
            picked += buckets.pick(meter, 0, 1, START) ? 1 : 0;
        }
        buckets.take();
        int again = 0;
        for (Meter meter : meters) {
            again += message(meter, 1, START) ? 1 : 0;
        }
        assertTrue(picked > 16, picked + " picked");
        assertEquals(meters.length - picked, again);
    }

    @Test
    void aRateBeyondCountingIsToldApart() {
        assertTrue(Meter.countable(new Rate(20, SECOND, 40, SOMEWHERE)));
        assertTrue(Meter.countable(new Rate(1, 86_400 * SECOND, 1_000, SOMEWHERE)));
        assertFalse(Meter.countable(new Rate(1, Long.MAX_VALUE, 2, SOMEWHERE)));
        assertFalse(Meter.countable(new Rate(0, SECOND, 1, SOMEWHERE)));
    }
}
