package io.sluice.journal;

import org.jspecify.annotations.Nullable;

/**
 * How the journal is, for status and metrics; any thread may ask.
 *
 * @param records written since the journal began, those of earlier runs and deleted segments included
 * @param bytes written by this run
 * @param waiting records that wait in memory, at most a batch
 * @param lost records of this run that found no room while the disk took nothing
 * @param alarm why nothing can be written at the moment, or what was found damaged, in a sentence; null if all is well
 * @param signed records that the last checkpoint covers
 * @param repeats alerts and drops of this run that were like others and were counted instead of written
 */
public record JournalState(long records, long bytes, long waiting, long lost, @Nullable String alarm, long signed,
        long repeats) {}
