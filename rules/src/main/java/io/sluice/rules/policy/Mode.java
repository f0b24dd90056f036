package io.sluice.rules.policy;

/** How a verdict is obeyed, from the weakest to the strictest. All three decide and log alike. */
public enum Mode {
    /** Forward everything, log verdicts, and propose rules. */
    LEARN,
    /** Forward everything, log verdicts. */
    MONITOR,
    /** Obey verdicts. */
    ENFORCE
}
