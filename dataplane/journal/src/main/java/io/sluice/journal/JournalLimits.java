package io.sluice.journal;

import java.time.Duration;

/**
 * How much the journal holds before it acts.
 *
 * @param segmentBytes a segment that has reached this is closed and the next one begun
 * @param batchBytes records that wait for the disk; with a full disk, what is kept until there is room
 * @param checkpointRecords a checkpoint is signed after so many records …
 * @param checkpointEvery … or after this time, if anything was written
 * @param writeEvery the longest that a record waits in memory for others
 * @param forceEvery the longest that written records wait to be forced to the disk
 * @param forceSoon the same for refusals, writes to devices and what management did
 * @param retryEvery how long a disk that took nothing is left alone
 * @param interimEvery how often the counts of flows that go on are written
 * @param flows flows whose messages are counted at the same time; of more, the oldest are written and begun anew
 * @param dropsPerSecond drops without a flow that are written one by one, for each cause; of more, only their number
 * @param alike refusals that say the same, see {@link Likeness}, that are written one by one in an interval
 * @param alikeEvery that interval, and so how soon it is told how many there were beyond
 * @param likenesses how many are told apart in an interval; what is beyond counts as one for each reason
 */
record JournalLimits(long segmentBytes, int batchBytes, int checkpointRecords, Duration checkpointEvery,
        Duration writeEvery, Duration forceEvery, Duration forceSoon, Duration retryEvery, Duration interimEvery,
        int flows, int dropsPerSecond, int alike, Duration alikeEvery, int likenesses) {
    static final JournalLimits DEFAULT = new JournalLimits(64 << 20, 1 << 20, 10_000, Duration.ofMinutes(1),
            Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofMillis(20), Duration.ofSeconds(1),
            Duration.ofMinutes(10), 65_536, 100, 20, Duration.ofMinutes(1), 500);

    /** The longest record; a reader takes a longer line for damage. */
    static final int RECORD_BYTES = 1 << 18;

    JournalLimits withSegmentBytes(long bytes) {
        return new JournalLimits(bytes, batchBytes, checkpointRecords, checkpointEvery, writeEvery, forceEvery,
                forceSoon, retryEvery, interimEvery, flows, dropsPerSecond, alike, alikeEvery, likenesses);
    }

    JournalLimits withCheckpointRecords(int records) {
        return new JournalLimits(segmentBytes, batchBytes, records, checkpointEvery, writeEvery, forceEvery, forceSoon,
                retryEvery, interimEvery, flows, dropsPerSecond, alike, alikeEvery, likenesses);
    }

    JournalLimits withFlows(int most) {
        return new JournalLimits(segmentBytes, batchBytes, checkpointRecords, checkpointEvery, writeEvery, forceEvery,
                forceSoon, retryEvery, interimEvery, most, dropsPerSecond, alike, alikeEvery, likenesses);
    }

    JournalLimits withAlike(int most, int different) {
        return new JournalLimits(segmentBytes, batchBytes, checkpointRecords, checkpointEvery, writeEvery, forceEvery,
                forceSoon, retryEvery, interimEvery, flows, dropsPerSecond, most, alikeEvery, different);
    }
}
