package io.sluice.manage.index;

import io.sluice.manage.event.Event;
import io.sluice.manage.event.EventType;
import io.sluice.manage.event.Flowed;
import io.sluice.manage.event.Judgement.Verdict;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Permitted reads that only the records of their flows count, since the flow began: made rows of what has come since the
 * flow's record before. The sums of flows that go on are kept in the index, so that a restart counts nothing twice. Where
 * the journal has a record of each read ({@code detail: all}), there is nothing to count.
 */
final class ReadCounts {
    /** More than the journal itself counts side by side. */
    private static final int MOST_FLOWS = 1 << 17;
    private static final Set<String> READING = Set.of("read", "browse", "subscribe", "history_read");
    private static final String EACH = "each";

    private final LinkedHashMap<Long, Map<String, Long>> open = new LinkedHashMap<>();
    private final Set<Long> changed = new HashSet<>();
    private boolean each;
    private boolean eachChanged;

    /** What the index knows. */
    void load(Database database) throws SQLException {
        open.clear();
        changed.clear();
        eachChanged = false;
        each = database.read(EACH).isPresent();
        try (Statement s = database.connection().createStatement();
                ResultSet rows = s.executeQuery("SELECT flow, rule, total FROM open_read")) {
            while (rows.next()) {
                open.computeIfAbsent(rows.getLong(1), _ -> new HashMap<>()).put(rows.getString(2), rows.getLong(3));
            }
        }
    }

    /** Adds rows for what a flow's record tells; any other record only says how much detail the journal has. */
    void take(DuckDBAppender row, Event e) throws SQLException {
        if (e.type() == EventType.FLOW) {
            flow(row, e);
        } else if (e.type() == EventType.MODBUS || e.type() == EventType.OPCUA) {
            // That an end says who it is has a record whatever the detail.
            boolean permitted = e.judgement().verdict() == Verdict.ALLOW && e.fields().isEmpty();
            detail(each || (permitted && (e.answer() || READING.contains(e.deed().operation()))));
        } else if (e.type() == EventType.MANAGEMENT && e.deed().operation().equals("journal.opened")) {
            detail(false);
        }
    }

    private void detail(boolean eachRead) {
        eachChanged |= each != eachRead;
        each = eachRead;
    }

    private void flow(DuckDBAppender row, Event e) throws SQLException {
        Map<String, Long> before = open.remove(e.flow());
        Map<String, Long> now = new HashMap<>();
        for (Map.Entry<String, Flowed.ByRule> rule : e.flowed().rules().entrySet()) {
            long total = rule.getValue().reads();
            long told = before == null ? 0 : before.getOrDefault(rule.getKey(), 0L);
            if (total > told && !each) {
                EventRow.appendReads(row, e, rule.getKey(), rule.getValue().conduit(), total - told);
            }
            now.put(rule.getKey(), total);
        }
        if (before != null || (!e.flowed().last() && !now.isEmpty())) {
            changed.add(e.flow());
        }
        if (!e.flowed().last() && !now.isEmpty()) {
            open.put(e.flow(), now);
            if (open.size() > MOST_FLOWS) {
                Long oldest = open.firstEntry().getKey();
                open.remove(oldest);
                changed.add(oldest);
            }
        }
    }

    /** Keeps in the index what has changed, within the transaction of the rows. */
    void save(Database database) throws SQLException {
        if (eachChanged) {
            eachChanged = false;
            if (each) {
                database.write(EACH, "yes");
            } else {
                try (Statement s = database.connection().createStatement()) {
                    s.execute("DELETE FROM meta WHERE key = '" + EACH + "'");
                }
            }
        }
        if (changed.isEmpty()) {
            return;
        }
        DuckDBConnection connection = database.connection();
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM open_read WHERE flow IN (SELECT unnest(?::BIGINT[]))")) {
            delete.setObject(1, connection.createArrayOf("BIGINT", changed.toArray()));
            delete.executeUpdate();
        }
        try (DuckDBAppender rows = connection.createAppender("open_read")) {
            for (Long flow : changed) {
                for (Map.Entry<String, Long> rule : open.getOrDefault(flow, Map.of()).entrySet()) {
                    rows.beginRow().append(flow.longValue()).append(rule.getKey())
                            .append(rule.getValue().longValue()).endRow();
                }
            }
        }
        changed.clear();
    }
}
