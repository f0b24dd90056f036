package io.sluice.rules;

import io.sluice.rules.policy.Mode;

/** A mode that changes at certain moments: the strictest of several conduits, some of them weaker until a date. */
public final class ModeTimes {
    private final Mode first;
    private final long[] changeNanos;
    private final Mode[] then;

    /** @param changeNanos moments in nanoseconds since 1970-01-01T00:00Z, ascending, at which {@code then} takes over */
    public ModeTimes(Mode first, long[] changeNanos, Mode[] then) {
        this.first = first;
        this.changeNanos = changeNanos.clone();
        this.then = then.clone();
    }

    public static ModeTimes always(Mode mode) {
        return new ModeTimes(mode, new long[0], new Mode[0]);
    }

    public Mode at(long epochNanos) {
        Mode mode = first;
        for (int i = 0; i < changeNanos.length && epochNanos >= changeNanos[i]; i++) {
            mode = then[i];
        }
        return mode;
    }
}
