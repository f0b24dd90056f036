package io.sluice.manage.index;

import io.sluice.manage.query.Sql;

/**
 * A span of time.
 *
 * @param since microseconds since 1970-01-01T00:00Z, included
 * @param until excluded
 */
public record TimeRange(long since, long until) {
    public static final TimeRange ALL = new TimeRange(Long.MIN_VALUE, Long.MAX_VALUE);

    void sql(Sql sql) {
        if (since != Long.MIN_VALUE) {
            sql.add(" AND time >= ?", since);
        }
        if (until != Long.MAX_VALUE) {
            sql.add(" AND time < ?", until);
        }
    }
}
