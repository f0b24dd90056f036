package io.sluice.manage.alerts;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What somebody should look at.
 *
 * @param source id of an asset, an address, or empty
 * @param destination the same
 * @param explanation what happened, why it is unusual, what to do
 * @param count how often it happened
 * @param filter its messages in the filter language
 * @param movedBy who archived, escalated or opened it; empty: nobody did
 */
public record Alert(String id, Kind kind, Severity severity, State state, String title, String explanation,
        String source, String destination, long count, Instant first, Instant last, String filter, String movedBy,
        @Nullable Instant movedAt, String note) {

    /** Where it lies. */
    public enum State {
        OPEN,
        ARCHIVED,
        ESCALATED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
