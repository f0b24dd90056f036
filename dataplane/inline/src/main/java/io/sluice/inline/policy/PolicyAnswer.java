package io.sluice.inline.policy;

import io.sluice.rules.policy.Problem;
import java.util.List;
import java.util.OptionalLong;

/** What became of an order about policies. */
public sealed interface PolicyAnswer {
    /**
     * Done.
     *
     * @param now what judges now
     * @param flowsEnded flows that were ended because of it, where known
     */
    record Done(JudgingPolicy now, OptionalLong flowsEnded) implements PolicyAnswer {}

    /** The text has errors; nothing changed. */
    record Problems(List<Problem> problems) implements PolicyAnswer {}

    /** Not possible; nothing changed. */
    record Refused(Why why, String sentence) implements PolicyAnswer {}

    /** Why not. */
    enum Why {
        NOTHING_PENDING,
        OTHER_PENDING,
        NOTHING_BEFORE,
        UNUSABLE,
        NOT_WRITTEN,
        /** The packet path did not take it over. */
        NOT_FOLLOWED,
        DRAINING
    }
}
