package io.sluice.load.gen;

/**
 * What became of a round's data frames, requests and answers together.
 *
 * @param nanos how long the round was
 * @param busyNanos how long of that the generator's thread had a processor: less, and others took it away
 * @param arrived frames that arrived within {@code nanos}
 * @param lost frames that never arrived, also not in the while after the round
 * @param repeated requests sent again because no answer came in time
 * @param outOfTurn frames that arrived twice, or before one that was sent earlier
 * @param altered answers to something that was not asked
 * @param foreign frames of others, and resets
 * @param notTaken frames that the generator's own interfaces lost: not the fault of what is between them
 */
public record LoadCounts(long nanos, long busyNanos, long arrived, long lost, long repeated, long outOfTurn,
        long altered,
        long foreign, long notTaken) {
    LoadCounts since(LoadCounts before) {
        return new LoadCounts(nanos, busyNanos - before.busyNanos, arrived - before.arrived, lost - before.lost,
                repeated - before.repeated,
                outOfTurn - before.outOfTurn, altered - before.altered, foreign - before.foreign,
                notTaken - before.notTaken);
    }

    LoadCounts during(long roundNanos, long roundBusyNanos, long inTime) {
        return new LoadCounts(roundNanos, roundBusyNanos, inTime, lost, repeated, outOfTurn, altered, foreign,
                notTaken);
    }

    public double framesPerSecond() {
        return arrived * 1e9 / nanos;
    }

    /** Whether everything came through as it was sent. */
    public boolean isClean() {
        return lost == 0 && repeated == 0 && outOfTurn == 0 && altered == 0 && notTaken == 0;
    }

    /** One line, for {@link #parse}. */
    String line() {
        return "%d %d %d %d %d %d %d %d %d".formatted(nanos, busyNanos, arrived, lost, repeated, outOfTurn, altered,
                foreign,
                notTaken);
    }

    /** The inverse of {@link #line}. */
    public static LoadCounts parse(String line) {
        String[] n = line.split(" ", -1);
        return new LoadCounts(Long.parseLong(n[0]), Long.parseLong(n[1]), Long.parseLong(n[2]), Long.parseLong(n[3]),
                Long.parseLong(n[4]), Long.parseLong(n[5]), Long.parseLong(n[6]), Long.parseLong(n[7]),
                Long.parseLong(n[8]));
    }
}
