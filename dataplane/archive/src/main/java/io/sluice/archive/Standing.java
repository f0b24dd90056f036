package io.sluice.archive;

/**
 * How far a run is.
 *
 * @param bytesDone bytes of captures read by this run
 * @param bytesToDo bytes of captures that this run is to read, those done among them
 * @param rows written by this run
 */
public record Standing(long bytesDone, long bytesToDo, long rows) {}
