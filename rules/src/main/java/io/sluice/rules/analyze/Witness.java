package io.sluice.rules.analyze;

import java.util.Optional;

/**
 * One request that a difference is about, judged by both policies.
 *
 * @param from name of an asset, or of a zone for its other addresses
 * @param to likewise
 * @param does in the words of {@code expect}; empty where they cannot say it
 * @param when at which times; empty for always
 */
public record Witness(String from, String to, Optional<String> does, String when, Outcome before, Outcome after) {
    /**
     * What a policy says of it.
     *
     * @param rule that decides; empty where no rule allows it
     */
    public record Outcome(boolean allowed, Optional<String> rule) {
        /** As {@code then} of an expectation states it: {@code allow s2}, {@code deny default}. */
        public String text() {
            return (allowed ? "allow " : "deny ") + rule.orElse("default");
        }
    }

    /** A line for the second policy's {@code expect}; what it would be about, where that cannot be said. */
    public String text() {
        return does
                .map(d -> "{from: " + from + ", to: " + to + ", does: " + quoted(d) + ", then: " + after.text() + "}")
                .orElse("no line of `expect` can ask it; " + after.text());
    }

    /** In single quotes where YAML would read something else. */
    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> ",[]{}\"'#:&*!|>%@`".indexOf(c) >= 0);
        return plain ? text : "'" + text.replace("'", "''") + "'";
    }
}
