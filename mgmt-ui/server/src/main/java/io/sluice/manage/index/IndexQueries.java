package io.sluice.manage.index;

import io.sluice.manage.event.Event;
import io.sluice.manage.event.EventParser;
import io.sluice.manage.query.Condition;
import io.sluice.manage.query.Sql;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Questions as SQL. Refusals lie in a table of their own, so that few rows are read to find them. */
final class IndexQueries {
    /** A page is looked for among so many of the newest ids first, then among ever more of the older ones. */
    private static final long NEAREST = 4_000;
    private static final long WIDER = 32;

    private final Readers readers;

    IndexQueries(Readers readers) {
        this.readers = readers;
    }

    Page page(Condition condition, TimeRange range, long before, long oldest, int limit, Cancellation cancellation)
            throws IndexException {
        List<Event> found = new ArrayList<>();
        long high = before;
        long width = condition.mayBeOther() ? NEAREST : before - oldest; // refusals are few
        while (high > oldest && found.size() < limit) {
            long low = Math.max(oldest, high - width);
            found.addAll(within(condition, range, low, high, limit - found.size(), cancellation));
            high = low;
            width *= WIDER;
        }
        return new Page(found, found.size() == limit && found.getLast().id() > oldest);
    }

    private List<Event> within(Condition condition, TimeRange range, long low, long high, int limit,
            Cancellation cancellation) throws IndexException {
        List<Event> found = new ArrayList<>();
        EventParser parser = new EventParser();
        for (String table : tables(condition)) {
            Sql sql = new Sql().add("SELECT * FROM " + table + " WHERE id >= ? AND id < ?", low, high);
            sql.add(" AND type <> '" + EventRow.READS + "'");
            where(sql, condition, range);
            sql.add(" ORDER BY id DESC LIMIT " + limit);
            readers.query(sql, cancellation, row -> found.add(EventRow.read(row, parser)));
        }
        found.sort(Comparator.comparingLong(Event::id).reversed());
        return found.size() > limit ? found.subList(0, limit) : found;
    }

    Sql histogram(Condition condition, TimeRange range, long widthMicros) {
        String bucket = "time // " + widthMicros + " * " + widthMicros;
        return new Sql().add("SELECT " + bucket + " AS bucket, " + Counts.SQL + " FROM (")
                .add(rows(condition, range, "time, verdict, enforced, n"))
                .add(") GROUP BY ALL HAVING sum(n) > 0 ORDER BY bucket");
    }

    Sql facet(Condition condition, TimeRange range, Facet facet, int most) {
        return new Sql().add("SELECT value, " + Counts.SQL + ", count(*) FILTER (type <> '" + EventRow.READS
                + "') AS records, max(time) AS last FROM (")
                .add(rows(condition, range, facet.sql() + " AS value, type, time, verdict, enforced, n"))
                .add(") GROUP BY value ORDER BY sum(n) DESC, records DESC, value LIMIT " + Math.max(1, most));
    }

    Sql relations(Condition condition, TimeRange range, int most) {
        String columns = "if(answer, " + Facet.DESTINATION.sql() + ", " + Facet.SOURCE.sql() + ") AS asks,"
                + " if(answer, " + Facet.SOURCE.sql() + ", " + Facet.DESTINATION.sql() + ") AS asked, conduit, "
                + Facet.PROTOCOL.sql() + " AS protocol, time, verdict, enforced, n";
        return new Sql().add("SELECT asks, asked, conduit, protocol, " + Counts.SQL + ", max(time) AS last FROM (")
                .add(rows(condition, range, columns))
                .add(") WHERE asks <> '' GROUP BY asks, asked, conduit, protocol HAVING sum(n) > 0"
                        + " ORDER BY sum(n) DESC, asks, asked, conduit, protocol LIMIT " + Math.max(1, most));
    }

    /** Refusals for which no conduit was there, by the two places; who has no place counts by address. */
    Sql attempts(TimeRange range, int most) {
        Sql sql = new Sql().add("SELECT asks, " + only("src_addr") + " AS asks_addr, asked, " + only("dst_addr")
                + " AS asked_addr, sum(n)::BIGINT AS denied, max(time) AS last FROM (SELECT *, " + place("src")
                + " AS asks, " + place("dst") + " AS asked FROM denied WHERE reason = 'no-conduit' AND NOT answer");
        range.sql(sql);
        return sql.add(") GROUP BY asks, if(asks = '', src_addr, ''), asked, if(asked = '', dst_addr, '')"
                + " ORDER BY denied DESC, asks, asked, asks_addr, asked_addr LIMIT " + Math.max(1, most));
    }

    /** Rows of earlier versions say {@code ?} of an address that is in no zone. */
    private static String place(String column) {
        return "if(" + column + " = '?', '', " + column + ")";
    }

    private static String only(String column) {
        return "if(count(DISTINCT " + column + ") = 1, any_value(" + column + "), '')";
    }

    Sql total(Condition condition, TimeRange range) {
        return new Sql().add("SELECT " + Counts.SQL + ", count(*) FILTER (type <> '" + EventRow.READS
                + "') AS records, coalesce(min(time), -1) AS first, coalesce(max(time), -1) AS last FROM (")
                .add(rows(condition, range, "type, time, verdict, enforced, n")).add(")");
    }

    private static Sql rows(Condition condition, TimeRange range, String columns) {
        Sql sql = new Sql();
        String union = "";
        for (String table : tables(condition)) {
            sql.add(union + "SELECT " + columns + " FROM " + table + " WHERE TRUE");
            where(sql, condition, range);
            union = " UNION ALL ";
        }
        return sql;
    }

    private static void where(Sql sql, Condition condition, TimeRange range) {
        range.sql(sql);
        sql.add(" AND ");
        condition.sql(sql);
    }

    private static List<String> tables(Condition condition) {
        List<String> tables = new ArrayList<>();
        if (condition.mayBeRefused()) {
            tables.add("denied");
        }
        if (condition.mayBeOther() || tables.isEmpty()) {
            tables.add("event");
        }
        return tables;
    }
}
