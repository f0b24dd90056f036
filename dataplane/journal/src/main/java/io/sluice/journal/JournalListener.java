package io.sluice.journal;

/** Hears each record as it is made, on the journal's thread: it copies what it wants, and returns at once. */
@FunctionalInterface
public interface JournalListener {
    /** A record without its line feed; the array is reused after the call. */
    void record(byte[] bytes, int from, int length);
}
