package io.sluice.broker.opcua;

/** What became of an answer that names endpoints. */
public enum Outcome {
    /** URLs of the device lead through the tunnel now. */
    REWRITTEN("rewritten"),
    /** It names nothing that would have to be replaced. */
    AS_IT_WAS("as-it-was"),
    /** All that it names is somewhere else, such as at another port. */
    ELSEWHERE("elsewhere"),
    /** The channel is signed or encrypted, so its answers cannot be changed; counted once for a channel. */
    SECURED("secured"),
    /** The client's Hello names no URL by which it came. */
    NO_NAME("no-name"),
    /** Longer than what is kept of an answer, or than what the client takes. */
    TOO_LARGE("too-large"),
    /** Not what OPC UA says that it is. */
    NOT_DECODED("not-decoded");

    private final String word;

    Outcome(String word) {
        this.word = word;
    }

    /** A stable word. */
    public String word() {
        return word;
    }

    /** The answer went on as the device sent it although it may name an address that the client cannot reach. */
    public boolean missed() {
        return this != REWRITTEN && this != AS_IT_WAS;
    }
}
