package io.sluice.engine;

/** For whom the engine judges. */
public enum Profile {
    /**
     * For captures and mirror ports: every message gets a verdict. Flows found midway are taken up at a message
     * boundary, gaps are skipped and counted, and what the dataplane would have done to a packet is only reported.
     */
    OBSERVE,
    /**
     * The transparent dataplane: what is not judged does not pass, and a reset flow is over. Sequence numbers are the
     * peers' own, so nothing can be taken out of the middle of a TCP stream or put into it: a refusal ends the
     * connection. Datagrams can be answered.
     */
    INLINE,
    /**
     * For a host that ends the connections of both sides itself: as {@link #INLINE}, but a refused message is taken out,
     * its client gets the protocol's refusal in its place, and the connection goes on.
     */
    RELAY;

    /** Whether verdicts are obeyed where the policy enforces. */
    boolean carries() {
        return this != OBSERVE;
    }

    /** Whether a message of a TCP stream can be replaced by its refusal. */
    boolean replaces() {
        return this == RELAY;
    }
}
