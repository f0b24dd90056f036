package io.sluice.load.gen;

/** How many requests may have left by now: as polls of a plant do, a few at once at the beginning of each tick. */
final class Pace {
    private static final long TICK_NANOS = 1_000_000L;
    private static final long TICKS_A_SECOND = 1_000_000_000L / TICK_NANOS;

    private final long begin;
    private final double perTick;
    private final boolean unlimited;

    /** @param exchangesPerSecond 0: as fast as answers come */
    Pace(long begin, long exchangesPerSecond) {
        this.begin = begin;
        perTick = (double) exchangesPerSecond / TICKS_A_SECOND;
        unlimited = exchangesPerSecond == 0;
    }

    long allowed(long now) {
        return unlimited ? Long.MAX_VALUE : (long) (((now - begin) / TICK_NANOS + 1) * perTick);
    }
}
