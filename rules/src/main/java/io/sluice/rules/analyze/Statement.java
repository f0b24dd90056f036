package io.sluice.rules.analyze;

import java.util.List;
import java.util.Optional;

/**
 * One difference between two policies, for some who ask some others.
 *
 * @param from who asks: names of assets, zones with all that is in them, or a zone's addresses that are nobody's
 * @param to who answers
 * @param service the inspected protocol and, where it is unusual, its port; empty for what is not inspected
 * @param what is asked, in the words of the policy language; of settings, which one
 * @param when it is so; empty for always
 * @param before what the first policy says: rates, or a setting; empty where that is plain from the kind
 * @param after the same of the second
 * @param witness for kinds that concern requests
 */
public record Statement(Kind kind, List<String> from, List<String> to, String service, String what, String when,
        String before, String after, Optional<Witness> witness) {
    public Statement {
        from = List.copyOf(from);
        to = List.copyOf(to);
    }

    /** What sort of difference it is. */
    public enum Kind {
        /** Refused before, allowed now. */
        ALLOWED,
        /** Allowed before, refused now. */
        DENIED,
        /** Allowed by both, but not as often. */
        RATE,
        /** The port is inspected by one of the two, or as another protocol. */
        INSPECTION,
        /** What a connection must be like. */
        CHANNEL,
        /** What the refused is told: of requests that a deny refuses, or, without any, of those that no rule names. */
        ON_DENY,
        /** Whether refusals are obeyed. */
        MODE
    }
}
