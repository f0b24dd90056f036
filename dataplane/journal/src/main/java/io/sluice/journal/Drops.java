package io.sluice.journal;

import io.sluice.engine.Anomaly;
import java.util.Arrays;

/** Drops of packets without a flow: so many in a second are told, for each cause; the others are counted. */
final class Drops {
    private static final long SECOND = 1_000_000_000L;

    private final int most;
    private final int[] told = new int[Anomaly.values().length];
    private long second = Long.MIN_VALUE;
    private long untold;

    Drops(int most) {
        this.most = most;
    }

    boolean mayTell(Anomaly anomaly, long nanos) {
        long now = Math.floorDiv(nanos, SECOND);
        if (now != second) {
            second = now;
            Arrays.fill(told, 0);
        }
        if (told[anomaly.ordinal()] == most) {
            untold++;
            return false;
        }
        told[anomaly.ordinal()]++;
        return true;
    }

    long untold() {
        return untold;
    }
}
