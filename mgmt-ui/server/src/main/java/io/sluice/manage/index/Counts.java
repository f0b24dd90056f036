package io.sluice.manage.index;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * How many messages, permitted reads included that have no record of their own.
 *
 * @param refused stopped
 * @param watched would be refused, where a conduit only monitors
 */
public record Counts(long allowed, long refused, long watched) {
    public static final Counts NONE = new Counts(0, 0, 0);

    /** Columns that {@link #of} reads. */
    static final String SQL = "coalesce(sum(n) FILTER (verdict = 'allow'), 0)::BIGINT AS allowed,"
            + " coalesce(sum(n) FILTER (verdict = 'deny' AND enforced), 0)::BIGINT AS refused,"
            + " coalesce(sum(n) FILTER (verdict = 'deny' AND NOT enforced), 0)::BIGINT AS watched";

    static Counts of(ResultSet row) throws SQLException {
        return new Counts(row.getLong("allowed"), row.getLong("refused"), row.getLong("watched"));
    }

    public long all() {
        return allowed + refused + watched;
    }
}
