package io.sluice.dissect.opcua;

/** How far the body of a request was read, so that reading can go on where its next chunk brings more. */
final class OpcUaProgress {
    /** The fields before the items have been read. */
    boolean inItems;
    /** Items in all, and those that have been read. */
    int count;
    int done;
    /** The subscription that the items belong to, where they belong to one. */
    int subscription;
    /** Where the first item begins that has not been read, counted from the body's first byte. */
    long next;

    void reset() {
        inItems = false;
        count = 0;
        done = 0;
        next = 0;
    }
}
