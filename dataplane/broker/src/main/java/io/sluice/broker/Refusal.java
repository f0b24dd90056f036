package io.sluice.broker;

/**
 * A message that did not pass.
 *
 * @param epochNanos when, since 1970-01-01T00:00Z
 * @param fromClient it was a request; else an answer
 * @param does in the words of the policy, such as {@code write holding 100 = 7}
 * @param reason one word of {@link io.sluice.engine.Reason}
 * @param rule id of the rule that decided, or {@code default}
 * @param detail what was missing or wrong; may be empty
 * @param answered the client has got the protocol's own refusal and may go on; else the connection ends
 */
public record Refusal(long epochNanos, boolean fromClient, String does, String reason, String rule, String detail,
        boolean answered) {
    Refusal andAnswered() {
        return new Refusal(epochNanos, fromClient, does, reason, rule, detail, true);
    }
}
