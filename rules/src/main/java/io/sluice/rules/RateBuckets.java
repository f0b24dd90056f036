package io.sluice.rules;

/**
 * Token buckets of one worker, one for each (rule, source address). Fixed memory, nothing allocated after construction;
 * used by one thread only. Time is an argument.
 *
 * <p>A bucket that has filled up again says nothing that a new one would not say, so its place may be taken. A decision
 * first looks whether every rated rule it needs still has a token, and takes the tokens only when the message passes.
 */
public final class RateBuckets {
    /** Most rated rules that one message may need; beyond that a rated rule does not apply. */
    static final int MOST_IN_MESSAGE = 64;

    /** Places looked at for one bucket. */
    private static final int PROBES = 64;
    /** A clock that steps back by less is only disorder among packets: no refill, nothing lost, nothing won twice. */
    private static final long DISORDER_NANOS = 1_000_000_000L;

    private static final int STRIDE = 8;
    private static final int KEY = 0;
    private static final int SOURCE_HIGH = 1;
    private static final int SOURCE_LOW = 2;
    private static final int CREDIT = 3;
    private static final int LAST = 4;
    private static final int TOKENS = 5;
    /** Zero in a place that was never used. */
    private static final int CAPACITY = 6;
    private static final int DECISION = 7;

    private final long[] buckets;
    private final int mask;
    private final int[] picked = new int[MOST_IN_MESSAGE];
    private final long[] pickedCost = new long[MOST_IN_MESSAGE];
    private int pickedCount;
    private long decision;
    private long overflows;

    /** @param capacity how many (rule, source) pairs are metered at once; beyond that a rated rule does not apply */
    public RateBuckets(int capacity) {
        if (capacity < 1 || capacity > 1 << 24) {
            throw new IllegalArgumentException("capacity out of range: " + capacity);
        }
        int places = Math.max(PROBES, Integer.highestOneBit(2 * capacity - 1) << 1);
        buckets = new long[places * STRIDE];
        mask = places - 1;
    }

    /** How often a rated rule did not apply because there was no room to meter it. */
    public long overflows() {
        return overflows;
    }

    /** Starts a decision: nothing is picked yet. */
    void begin() {
        pickedCount = 0;
        decision++;
    }

    /** Whether the rule has a token for this source; if so, {@link #take} will take it. Asking twice costs one token. */
    boolean pick(Meter meter, long high, long low, long now) {
        int at = place(meter, high, low, now);
        if (at < 0) {
            overflows++;
            return false;
        }
        if (buckets[at + DECISION] == decision) {
            return true;
        }
        refill(at, now);
        if (buckets[at + CREDIT] < meter.nanos()) {
            return false;
        }
        if (pickedCount == MOST_IN_MESSAGE) {
            overflows++;
            return false;
        }
        picked[pickedCount] = at;
        pickedCost[pickedCount++] = meter.nanos();
        buckets[at + DECISION] = decision;
        return true;
    }

    /** Takes one token from each bucket picked since {@link #begin}: the message passed. */
    void take() {
        for (int i = 0; i < pickedCount; i++) {
            buckets[picked[i] + CREDIT] -= pickedCost[i];
        }
        pickedCount = 0;
    }

    /** Where this pair's bucket lies, made full where there was none; -1 when there is no room. */
    private int place(Meter meter, long high, long low, long now) {
        int slot = (int) (mix(mix(meter.key() ^ high) ^ low) >>> 32) & mask;
        int reusable = -1;
        for (int i = 0; i < PROBES; i++) {
            int at = (slot + i & mask) * STRIDE;
            if (buckets[at + CAPACITY] == 0) {
                return make(reusable < 0 ? at : reusable, meter, high, low, now);
            }
            if (buckets[at + KEY] == meter.key() && buckets[at + SOURCE_HIGH] == high
                    && buckets[at + SOURCE_LOW] == low) {
                return at;
            }
            if (reusable < 0 && buckets[at + DECISION] != decision && isFull(at, now)) {
                reusable = at;
            }
        }
        return reusable < 0 ? -1 : make(reusable, meter, high, low, now);
    }

    private boolean isFull(int at, long now) {
        refill(at, now);
        return buckets[at + CREDIT] == buckets[at + CAPACITY];
    }

    private int make(int at, Meter meter, long high, long low, long now) {
        buckets[at + KEY] = meter.key();
        buckets[at + SOURCE_HIGH] = high;
        buckets[at + SOURCE_LOW] = low;
        buckets[at + CREDIT] = meter.capacity();
        buckets[at + LAST] = now;
        buckets[at + TOKENS] = meter.tokens();
        buckets[at + CAPACITY] = meter.capacity();
        buckets[at + DECISION] = decision - 1;
        return at;
    }

    private void refill(int at, long now) {
        long elapsed = now - buckets[at + LAST];
        if (elapsed <= 0) {
            // A clock set back starts the count anew from there; otherwise the rule would starve until it caught up.
            if (elapsed < -DISORDER_NANOS) {
                buckets[at + LAST] = now;
            }
            return;
        }
        long missing = buckets[at + CAPACITY] - buckets[at + CREDIT];
        long tokens = buckets[at + TOKENS];
        // Divided first, so that the product cannot overflow however long the pause was.
        buckets[at + CREDIT] += elapsed > missing / tokens ? missing : elapsed * tokens;
        buckets[at + LAST] = now;
    }

    /** Spreads every bit over all others (the finalizer of MurmurHash3). */
    static long mix(long x) {
        long h = x;
        h = (h ^ h >>> 33) * 0xFF51_AFD7_ED55_8CCDL;
        h = (h ^ h >>> 33) * 0xC4CE_B9FE_1A85_EC53L;
        return h ^ h >>> 33;
    }
}
