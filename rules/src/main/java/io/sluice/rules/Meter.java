package io.sluice.rules;

import io.sluice.rules.policy.Rate;

/**
 * The rate of one rule as its buckets need it. Credit is counted in tokens times {@code nanos}, so that refilling is
 * exact: each nanosecond adds {@code tokens}, a message costs {@code nanos}, and no rounding ever accumulates.
 *
 * @param key tells the rule from all others; the same after a policy is changed elsewhere, so that buckets live on
 * @param tokens credit for each nanosecond
 * @param nanos credit that one message costs
 * @param capacity credit of a full bucket
 */
public record Meter(long key, long tokens, long nanos, long capacity) {
    /** Most credit that a bucket may hold; a rate that needs more is refused. */
    private static final long MOST = Long.MAX_VALUE / 4;

    public static Meter of(String conduit, String rule, Rate rate) {
        long key = 0xCBF2_9CE4_8422_2325L;
        String text = conduit + '\n' + rule + '\n' + rate.tokens() + '/' + rate.nanos() + '/' + rate.burst();
        for (int i = 0; i < text.length(); i++) {
            key = RateBuckets.mix(key ^ text.charAt(i));
        }
        return new Meter(key, rate.tokens(), rate.nanos(), rate.burst() * rate.nanos());
    }

    /** Whether the numbers of a rate stay within what a bucket can count. */
    public static boolean countable(Rate rate) {
        return rate.tokens() > 0 && rate.nanos() > 0 && rate.burst() > 0 && rate.burst() <= MOST / rate.nanos()
                && rate.tokens() <= MOST;
    }
}
