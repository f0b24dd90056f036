package io.sluice.broker.opcua;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/** How often what became of answers that name endpoints. One thread counts; any may read. */
public final class Outcomes {
    private final AtomicLongArray counts = new AtomicLongArray(Outcome.values().length);

    void count(Outcome outcome) {
        counts.incrementAndGet(outcome.ordinal());
    }

    public long of(Outcome outcome) {
        return counts.get(outcome.ordinal());
    }

    /** All that went on as the device sent them although they may name an address that the client cannot reach. */
    public long missed() {
        return Arrays.stream(Outcome.values()).filter(Outcome::missed).mapToLong(this::of).sum();
    }
}
