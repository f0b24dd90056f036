package io.sluice.manage.jump;

import java.time.Instant;
import java.util.Locale;

/**
 * How a session came to its end.
 *
 * @param who person, where one did it; else empty
 * @param note what that person said; may be empty
 */
public record End(Instant at, Why why, String who, String note) {
    /** The words of the API document. */
    public enum Why {
        DENIED("denied"),
        EXPIRED("nobody approved it in time"),
        WITHDRAWN("taken back by the person who asked"),
        TIME("its time was over"),
        IDLE("nothing crossed for longer than the rule permits"),
        WINDOW("its window closed"),
        REVOKED("revoked"),
        LEFT("ended by the person who asked"),
        ELIGIBILITY("the person may not work in it any more"),
        POLICY("the policy does not allow any more what was approved"),
        FIREWALL("the firewall ended it"),
        ALL("all remote sessions were ended");

        private final String words;

        Why(String words) {
            this.words = words;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** For people. */
    public String text() {
        return why.words + (who.isEmpty() || why == Why.WITHDRAWN || why == Why.LEFT ? "" : " by " + who)
                + (note.isEmpty() ? "" : ": " + note);
    }
}
