package io.sluice.broker;

/** Why a connection, or a passage of it, is over. */
public enum Ending {
    /** The client, or the device, closed it. */
    CLOSED("closed"),
    /** The device cannot be reached, or broke it off. */
    DEVICE("device"),
    /** A refused message, by the rules, ends the connection that it came on. */
    REFUSED("refused"),
    /** The session's time is over. */
    EXPIRED("expired"),
    /** Nothing crossed for longer than the session permits. */
    IDLE("idle"),
    /** Somebody ended the session, or who works in it may not any more. */
    REVOKED("revoked"),
    /** What was amended does not lead to this device any more. */
    AMENDED("amended"),
    /** Too much was asked for that a session does not give. */
    ATTEMPTS("attempts"),
    /** One side does not take what the other sends. */
    STALLED("stalled"),
    /** The gateway stops, or something went wrong in it: then sessions end. */
    GATEWAY("gateway");

    private final String word;

    Ending(String word) {
        this.word = word;
    }

    /** In one word, for records. */
    public String word() {
        return word;
    }
}
