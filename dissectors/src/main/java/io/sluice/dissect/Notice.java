package io.sluice.dissect;

/** What is worth a look although nothing is wrong with the message: counted and reported, never decisive. */
public enum Notice {
    /** A client opened a weaker channel than the server had offered. */
    WEAKER_THAN_OFFERED("weaker-than-offered",
            "a channel is weaker than the best that the server offers: a client is set so, or somebody rewrote the offer"),
    /** The server's offer of endpoints is not the one it made before. */
    OFFER_CHANGED("offer-changed", "the server offers other endpoints than before"),
    /** A certificate is used before its first or after its last day. */
    CERTIFICATE_OUT_OF_DATE("certificate-out-of-date", "a certificate is not valid yet, or not any more"),
    /** A password crossed the wire readable. */
    PASSWORD_IN_CLEAR("password-in-clear", "a password is sent unencrypted over a channel that does not encrypt"),
    /** A session that was created on another connection: what was registered there is not known here. */
    SESSION_MOVED("session-moved", "a session was created on another connection: aliases of its nodes are not known");

    private final String word;
    private final String sentence;

    Notice(String word, String sentence) {
        this.word = word;
        this.sentence = sentence;
    }

    /** Its bit in a set of notices. */
    public long bit() {
        return 1L << ordinal();
    }

    /** Whether a set of notices, as {@link Facts#notices} gives it, holds this one. */
    public boolean in(long notices) {
        return (notices & bit()) != 0;
    }

    /** One lower-case word, used in logs, counters and reports. */
    public String word() {
        return word;
    }

    /** A sentence for people, without a full stop. */
    public String sentence() {
        return sentence;
    }
}
