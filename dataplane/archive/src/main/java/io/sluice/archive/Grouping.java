package io.sluice.archive;

/** Which captures are those of one sensor: one recording that goes on from file to file. */
public enum Grouping {
    /** Same folder, dates in its path left out, and same name before rotation number and time. */
    NAME,
    /** Same folder, dates in its path left out. */
    FOLDER,
    /** Each capture is a recording of its own. */
    FILE
}
