package io.sluice.rules;

/** Token buckets of one worker, one for each (rule, source address). */
public final class RateBuckets {
    /** @param capacity how many (rule, source) pairs are metered at once; beyond that a rated rule does not apply */
    public RateBuckets(int capacity) {
        throw new AssertionError(capacity);
    }
}
