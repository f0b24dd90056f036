package io.sluice.broker;

/** Whether somebody may enter. Whoever is refused only hears "permission denied"; the code is for the record. */
public sealed interface Admission {
    /** They may, into this session. */
    record Admitted(JumpSession session) implements Admission {}

    /**
     * They may not.
     *
     * @param code a stable word, such as {@code wrong-password} or {@code session-over}
     */
    record Refused(String code) implements Admission {}
}
