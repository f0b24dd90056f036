package io.sluice.rules.policy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Who may ask for which jump sessions, who approves them, and what limits them. The conduits are the ceiling: what a session
 * may do is what was approved of what they allow.
 *
 * @param use conduits that come from a broker's zone, at least one
 */
public record SessionRule(String name, Who who, List<String> use, Approve approve, Limit limit, Recorded record,
        Position position) {
    public SessionRule {
        use = List.copyOf(use);
    }

    /**
     * Who may ask.
     *
     * @param group of accounts
     * @param secondFactor the account must have one
     * @param networks from which they may ask and connect; empty: any
     */
    public record Who(String group, boolean secondFactor, List<Network> networks) {
        public Who {
            networks = List.copyOf(networks);
        }
    }

    /**
     * Who has to agree.
     *
     * @param by group of accounts
     * @param count how many of them, at least 1
     * @param within so long a request waits
     * @param window outside of it nobody approves; empty: at any time
     */
    public record Approve(String by, int count, Duration within, Optional<String> window) {}

    /**
     * When a session ends at the latest.
     *
     * @param window outside of it there is no session; empty: at any time
     * @param duration from its start
     * @param idle without anything crossing; empty: as long as it lasts
     */
    public record Limit(Optional<String> window, Duration duration, Optional<Duration> idle) {}

    /** What is kept of a session. */
    public enum Recorded {
        /** Every byte, and every operation. */
        FULL,
        /** Every operation, in the journal. */
        OPERATIONS
    }
}
