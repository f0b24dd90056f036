package io.sluice.rules.policy;

/**
 * Something wrong with a policy: where, what, and what to do about it.
 *
 * @param text a lower-case sentence; what the user wrote stands in backticks
 */
public record Problem(Severity severity, Position position, String text) {
    /** An error refuses the policy; a warning does not. */
    public enum Severity {
        ERROR,
        WARNING
    }

    public static Problem error(Position position, String text) {
        return new Problem(Severity.ERROR, position, text);
    }

    public static Problem warning(Position position, String text) {
        return new Problem(Severity.WARNING, position, text);
    }

    @Override
    public String toString() {
        return position + ": " + (severity == Severity.WARNING ? "warning: " : "") + text;
    }
}
