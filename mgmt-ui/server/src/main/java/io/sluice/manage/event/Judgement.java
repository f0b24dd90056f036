package io.sluice.manage.event;

import java.util.Locale;

/**
 * What was decided of a message, a packet or a flow, and why.
 *
 * @param enforced a refusal was carried out; false where a conduit only monitors, and at mirror ports
 * @param reason one word: {@code allowed}, {@code denied}, {@code default}, {@code no-conduit} …; of a drop its cause
 * @param rule that decided; empty where none did
 * @param conduit of the rule, else the one that the places are under
 * @param because the reason that the rule itself gives in the policy
 * @param detail what was missing or wrong, in a few words
 * @param notices what is worth a look, in words
 * @param action what is done about a refusal: {@code reply}, {@code reset}, {@code drop}
 * @param policy SHA-256 of the policy that decided, hexadecimal
 */
public record Judgement(Verdict verdict, boolean enforced, String reason, String rule, String conduit, String because,
        String detail, String notices, String action, String policy) {

    public static final Judgement NONE = new Judgement(Verdict.NONE, false, "", "", "", "", "", "", "", "");

    /** What became of it. */
    public enum Verdict {
        ALLOW,
        DENY,
        /** It was not judged: counters, management, and flows whose messages were judged one by one. */
        NONE;

        private final String word = name().toLowerCase(Locale.ROOT);

        public String word() {
            return word;
        }
    }

    /** It was refused and stopped, not only told. */
    public boolean blocked() {
        return verdict == Verdict.DENY && enforced;
    }
}
