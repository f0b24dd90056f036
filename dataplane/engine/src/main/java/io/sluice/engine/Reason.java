package io.sluice.engine;

/** Why a message got its verdict, in one word. */
public enum Reason {
    /** A rule allows it. */
    ALLOWED("allowed"),
    /** A deny rule was touched. */
    DENIED("denied"),
    /** No allow covers it. */
    DEFAULT("default"),
    /** The policy allows it, the grant of the jump session does not. */
    GRANT("grant"),
    /** The connection is not as its conduits demand. */
    CHANNEL("channel"),
    /** Not well formed; the message's malformed reason says what. */
    MALFORMED("malformed"),
    /** Its contents cannot be read and no rule names it. */
    OPAQUE("opaque"),
    /** It belongs to something that began before it was seen. */
    MIDSTREAM("midstream"),
    /** A limit was reached. */
    OVERLOAD("overload"),
    /** The answer to a request that was refused. */
    ANSWER_TO_REFUSED("answer-to-refused");

    private final String word;

    Reason(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
