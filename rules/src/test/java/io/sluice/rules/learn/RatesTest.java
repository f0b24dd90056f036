package io.sluice.rules.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.rules.policy.Position;
import io.sluice.rules.policy.Rate;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class RatesTest {
    @Test
    void aPollIsItsRateAndTwiceThatAtOnce() {
        assertEquals(Optional.of("2/s burst 4"), Rates.of(seconds(100, s -> 2)));
    }

    @Test
    void fewSecondsSayNothing() {
        assertEquals(Optional.empty(), Rates.of(seconds(Rates.FEWEST_SECONDS - 1, s -> 2)));
    }

    // One second in 2000 has a hundred messages: it does not set the rate, and passes by the burst.
    @Test
    void theRareRushIsABurst() {
        assertEquals(Optional.of("2/s burst 102"), Rates.of(seconds(2000, s -> s == 700 ? 100 : 2)));
    }

    @Test
    void whatIsSlowIsMeteredPerMinute() {
        Seconds seldom = new Seconds(4096);
        for (int minute = 0; minute < 60; minute++) {
            seldom.add(1_000_000 + 60L * minute, 1);
        }
        assertEquals(Optional.of("1/min burst 2"), Rates.of(seldom));
    }

    @Test
    void secondsBeyondTheLimitAreSampledFairly() {
        Seconds many = seconds(1000, new Seconds(100), s -> s % 2 == 0 ? 3 : 1);
        assertTrue(many.sampled());
        assertEquals(100, many.byTime().size());
        long threes = many.byTime().values().stream().filter(n -> n == 3).count();
        assertTrue(threes > 30 && threes < 70, threes + " of 100");
        assertFalse(seconds(100, new Seconds(100), s -> 1).sampled());
    }

    // Whatever the traffic, and wherever in their seconds messages lie, its own rate lets all of them pass.
    @RepeatedTest(50)
    void theRecordingItselfPasses(RepetitionInfo round) {
        Random random = new Random(round.getCurrentRepetition());
        TreeMap<Long, Integer> messages = new TreeMap<>();
        Seconds seconds = new Seconds(4096);
        int most = 1 + random.nextInt(20);
        long second = 1_700_000_000L;
        for (int i = 0; i < 3_000; i++) {
            second += random.nextInt(10) == 0 ? 1 + random.nextInt(30) : 1;
            int n = 1 + (random.nextInt(200) == 0 ? random.nextInt(50 * most) : random.nextInt(most));
            messages.put(second, n);
            seconds.add(second, n);
        }
        Rate rate = rate(Rates.of(seconds).orElseThrow());
        double tokens = rate.burst();
        long last = 0;
        for (var entry : messages.entrySet()) {
            long[] times = random.longs(entry.getValue(), 0, 1_000_000_000L).sorted().toArray();
            boolean atOnce = random.nextBoolean();
            for (long within : times) {
                long now = entry.getKey() * 1_000_000_000L + (atOnce ? times[0] : within);
                tokens = Math.min((double) rate.burst(), tokens + (double) (now - Math.min(now, last == 0 ? now : last))
                        * (double) rate.tokens() / rate.nanos());
                last = now;
                tokens -= 1;
                assertTrue(tokens > -1e-6, "refused at " + now);
            }
        }
    }

    private static Rate rate(String text) {
        String[] parts = text.split("[/ ]", -1);
        long nanos = parts[1].equals("s") ? 1_000_000_000L : 60_000_000_000L;
        return new Rate(Long.parseLong(parts[0]), nanos, Long.parseLong(parts[3]), new Position("", 1, 1));
    }

    private static Seconds seconds(int n, IntUnaryOperator messages) {
        return seconds(n, new Seconds(4096), messages);
    }

    private static Seconds seconds(int n, Seconds into, IntUnaryOperator messages) {
        for (int i = 0; i < n; i++) {
            into.add(1_700_000_000L + i, messages.applyAsInt(i));
        }
        return into;
    }
}
