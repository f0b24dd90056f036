package io.sluice.inline.pipeline;

import io.sluice.engine.EngineLimits;

/**
 * How the packet path is to be built.
 *
 * @param workers judging threads beside the receiving one; 0: {@code direct}
 * @param threads how packet threads run
 * @param limits bounds of memory, for all engines together
 * @param everyMessage permitted reads and answers are told one by one too
 * @param requireSync while no time service keeps the clock right, allows with a window do not apply
 */
public record PathOptions(int workers, Threads threads, EngineLimits limits, boolean everyMessage,
        boolean requireSync) {
    private static final int ENOUGH_FOR_SHARDS = 4;

    /** {@code pipeline: auto}: threads beside the receiver pay only where there are processors for them. */
    public static int workersFor(int processors) {
        return processors < ENOUGH_FOR_SHARDS ? 0 : processors - 2;
    }
}
