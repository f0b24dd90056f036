package io.sluice.capture;

/**
 * Something wrong in a capture that could nevertheless be used in part.
 *
 * @param kind the cause, for counters
 * @param offset where the record in question starts, in bytes of the capture (after decompression)
 * @param packet number of the packet concerned, from 1; of the last one before, where it is not a packet's trouble
 * @param sentence what is wrong and what was done about it, for people, without a full stop
 */
public record CaptureTrouble(Kind kind, long offset, long packet, String sentence) {
    /** Causes, for counters. */
    public enum Kind {
        /** The file ends inside a record. */
        TRUNCATED,
        /** A length, number or trailer contradicts the format. */
        DAMAGED,
        /** Larger than {@link CaptureLimits} permit. */
        OVERSIZED,
        /** A packet of an interface that the section does not describe. */
        UNKNOWN_INTERFACE,
        /** An interface whose frames cannot be judged. */
        LINK_TYPE,
        /** No timestamp, or one outside the years 1678 to 2262. */
        TIMESTAMP,
        /** Reading or decompressing failed. */
        UNREADABLE
    }
}
