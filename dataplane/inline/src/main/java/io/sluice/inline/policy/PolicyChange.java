package io.sluice.inline.policy;

import java.util.Locale;

/**
 * A line of the history.
 *
 * @param nanos when, since 1970-01-01T00:00Z
 * @param who a person, or {@code sluice}
 * @param hash the policy that judges from then on
 * @param name what the policy calls itself
 */
public record PolicyChange(long nanos, String who, String hash, String name, Why why) {
    /** Who stands for what Sluice does by itself. */
    public static final String SLUICE = "sluice";

    /** Why a policy came to judge. */
    public enum Why {
        /** The first policy, from the file that the settings name. */
        SEED(true),
        /** Applied without a time limit. */
        APPLY(true),
        /** Applied with a time limit. */
        PENDING(false),
        /** Confirmed in time. */
        CONFIRM(true),
        /** Somebody went back to it. */
        ROLLBACK(true),
        /** Another was not confirmed in time. */
        EXPIRED(true),
        /** The active policy could not be read at start. */
        RECOVERED(true);

        private final boolean active;

        Why(boolean active) {
            this.active = active;
        }

        /** Whether the policy is the active one from then on. */
        public boolean active() {
            return active;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
