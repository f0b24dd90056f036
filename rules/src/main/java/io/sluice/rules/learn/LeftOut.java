package io.sluice.rules.learn;

import java.util.List;

/**
 * Something that was seen and is in no rule.
 *
 * @param who the conversation, or the source
 * @param what was done
 */
public record LeftOut(Why why, String who, String what, long count, List<Long> frames) {
    public LeftOut {
        frames = List.copyOf(frames);
    }

    /** Why not. In the order in which people should look at them. */
    public enum Why {
        SCAN("A scan: many tries, most of them in vain"),
        ENGINEERING(
                "Programs, diagnoses or administers the device, or nobody can tell: nothing to permit because it was seen"),
        REFUSED("Refused by the device each time"),
        REFUSED_BY_POLICY("Refused by the firewall's policy"),
        UNANSWERED("Never answered, although the server answers others"),
        SELDOM("Seen too seldom to be a habit"),
        UNSTATABLE("No rule can state it"),
        CONFLICTING("Cannot be permitted beside what is permitted"),
        UNREADABLE("Not readable as a request"),
        DEAD("Services that did not answer"),
        CONNECTED("Only connected: comes with any allow of the protocol"),
        BESIDE("Frames that conduits between hosts do not judge");

        private final String sentence;

        Why(String sentence) {
            this.sentence = sentence;
        }

        public String sentence() {
            return sentence;
        }
    }
}
