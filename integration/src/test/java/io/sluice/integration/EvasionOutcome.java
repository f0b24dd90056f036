package io.sluice.integration;

import io.sluice.integration.evasion.EvasionCase;
import io.sluice.integration.evasion.EvasionCase.Expected;

/**
 * What became of one play.
 *
 * @param permitted whether the policy allows the message
 * @param arrived how often the whole message is among the bytes that the server's process received
 * @param executed how often the server carried it out; 0 for one that only records
 * @param saw what the client saw
 * @param again whether it could connect and ask afterwards
 */
record EvasionOutcome(EvasionCase played, boolean permitted, boolean answers, int arrived, int executed, String saw,
        boolean again) {

    boolean leaked() {
        return !permitted && (arrived > 0 || executed > 0);
    }

    /** What is wrong; empty where nothing is. */
    String complaint() {
        if (!again) {
            return "afterwards the client could not connect and read";
        }
        if (!permitted) {
            return leaked() ? "LEAKED: the server received what is denied" : "";
        }
        if (played.permitted() == Expected.NEVER) {
            return arrived > 0 ? "the server received what is not a sound message" : "";
        }
        return played.permitted() == Expected.EITHER ? "" : hurt();
    }

    private String hurt() {
        if (arrived == 0) {
            return "HURT: the server did not receive what is permitted; the client saw " + saw;
        }
        if (!answers) {
            return "";
        }
        return executed == 1 && saw.equals("answered")
                ? ""
                : "HURT: carried out " + executed + " times; the client saw "
                        + saw;
    }

    @Override
    public String toString() {
        return "%s, %s, server that %s: received %d times, carried out %d times, client saw %s, again %s".formatted(
                played.name(), permitted ? "permitted" : "denied", answers ? "answers" : "records", arrived, executed,
                saw,
                again);
    }
}
