package io.sluice.inline.service;

/** Where live events come from: the journal, as it writes them. */
@FunctionalInterface
public interface EventFeed {
    /** From now on the listener hears every record, until what is returned is closed. Any thread. */
    AutoCloseable listen(Listener listener);

    /** Hears records on the journal's thread: copies what it wants, and returns at once. */
    @FunctionalInterface
    interface Listener {
        /** A record, one JSON object without its line feed; the array is reused after the call. */
        void record(byte[] bytes, int from, int length);
    }
}
