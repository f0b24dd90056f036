package io.sluice.dissect.opcua;

/** What the chunk inspected last was, for tables that people read. */
final class OpcUaLast {
    static final int UNKNOWN = -1;

    /** Its body, or the sequence header at least, lies in clear. */
    boolean clear;
    boolean sequenceKnown;
    int sequence;
    int requestId;
    /** Id of the service's encoding, with its last or only chunk; {@link #UNKNOWN} otherwise. */
    int service;
    /** Chunks that its message had, once it is whole; 0 for a message of one. */
    int chunks;

    void reset() {
        clear = false;
        sequenceKnown = false;
        service = UNKNOWN;
        chunks = 0;
    }

    void sequence(int number, int request) {
        clear = true;
        sequenceKnown = true;
        sequence = number;
        requestId = request;
    }

    void service(int id) {
        service = id;
    }
}
