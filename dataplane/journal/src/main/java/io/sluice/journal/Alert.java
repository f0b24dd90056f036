package io.sluice.journal;

import io.sluice.engine.Flow;
import io.sluice.engine.Reason;
import io.sluice.rules.Verdict;

/**
 * What an alert is about, as event collectors sort alerts: a number that never changes its meaning, from the range that
 * Suricata leaves to local rules, a category, and a severity from 1, the most severe.
 */
enum Alert {
    DENIED(1_000_001, 1, "Refused by policy", "a rule denies it"),
    DEFAULT(1_000_002, 2, "Refused by policy", "no rule allows it"),
    NO_CONDUIT(1_000_003, 2, "Refused by policy", "no conduit between these places"),
    CHANNEL(1_000_004, 2, "Refused by policy", "the connection is not as the conduit demands"),
    MALFORMED(1_000_005, 1, "Out of sight", "malformed"),
    OPAQUE(1_000_006, 2, "Out of sight", "its contents cannot be read and no rule names it"),
    MIDSTREAM(1_000_007, 3, "Out of sight", "it belongs to something that began before it was seen"),
    OVERLOAD(1_000_008, 2, "Out of sight", "a limit was reached"),
    ANSWER_TO_REFUSED(1_000_009, 3, "Refused by policy", "it answers a refused request"),
    GRANT(1_000_011, 1, "Refused by policy", "the jump session does not permit it"),
    NOTICE(1_000_010, 3, "Worth a look", "allowed, and worth a look");

    private final int number;
    private final int severity;
    private final String category;
    private final String sentence;

    Alert(int number, int severity, String category, String sentence) {
        this.number = number;
        this.severity = severity;
        this.category = category;
        this.sentence = sentence;
    }

    static Alert of(Reason reason) {
        return switch (reason) {
            case ALLOWED -> NOTICE;
            case DENIED -> DENIED;
            case DEFAULT -> DEFAULT;
            case GRANT -> GRANT;
            case CHANNEL -> CHANNEL;
            case MALFORMED -> MALFORMED;
            case OPAQUE -> OPAQUE;
            case MIDSTREAM -> MIDSTREAM;
            case OVERLOAD -> OVERLOAD;
            case ANSWER_TO_REFUSED -> ANSWER_TO_REFUSED;
        };
    }

    /** Of a flow that is refused as a whole. */
    static Alert of(Flow refused) {
        return refused.relation().conduits().isEmpty()
                ? NO_CONDUIT
                : refused.plainRule() == Verdict.DEFAULT ? DEFAULT : DENIED;
    }

    int number() {
        return number;
    }

    int severity() {
        return severity;
    }

    String category() {
        return category;
    }

    String sentence() {
        return sentence;
    }

    /** One word, as in decision logs. */
    String reason() {
        return switch (this) {
            case NO_CONDUIT -> "no-conduit";
            case NOTICE -> Reason.ALLOWED.word();
            default -> Reason.valueOf(name()).word();
        };
    }
}
