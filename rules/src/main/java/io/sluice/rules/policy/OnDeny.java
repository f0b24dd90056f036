package io.sluice.rules.policy;

/** What happens to a refused message. */
public enum OnDeny {
    /** The client gets the protocol's refusal; connection and other requests go on. */
    REPLY,
    /** Both ends get a RST. */
    RESET,
    /** Silence, for this message and the rest of the flow. */
    DROP
}
