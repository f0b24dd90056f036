package io.sluice.manage.index;

import io.sluice.manage.event.Deed;
import io.sluice.manage.event.Event;
import io.sluice.manage.event.EventParser;
import io.sluice.manage.event.EventType;
import io.sluice.manage.event.Flowed;
import io.sluice.manage.event.Judgement;
import io.sluice.manage.event.Judgement.Verdict;
import io.sluice.manage.query.Numbers;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;

/** An event as a row. What has more than columns hold keeps its text and is read from that. */
final class EventRow {
    /** In the order in which {@link #append} writes and {@link #read} reads. */
    static final String COLUMNS = """
            id BIGINT, time BIGINT, type VARCHAR, flow BIGINT, iface VARCHAR, vlan INTEGER, protocol VARCHAR,
            transport VARCHAR, answer BOOLEAN, src_addr VARCHAR, src_port INTEGER, src VARCHAR, dst_addr VARCHAR,
            dst_port INTEGER, dst VARCHAR, op VARCHAR, fc INTEGER, fc_name VARCHAR, does VARCHAR, unit INTEGER,
            space VARCHAR, low INTEGER, high INTEGER, node VARCHAR, written BOOLEAN, value VARCHAR, num DOUBLE,
            multi BOOLEAN, verdict VARCHAR, enforced BOOLEAN, reason VARCHAR, rule VARCHAR, conduit VARCHAR,
            because VARCHAR, detail VARCHAR, notices VARCHAR, action VARCHAR, policy VARCHAR, sig INTEGER,
            signature VARCHAR, severity INTEGER, person VARCHAR, session VARCHAR, n BIGINT, rep BIGINT,
            rep_first BIGINT, rep_last BIGINT, extra VARCHAR""";

    /** Of further parts and values of a message, with the columns of the same names. */
    static final String PART_COLUMNS = """
            id BIGINT, op VARCHAR, unit INTEGER, space VARCHAR, low INTEGER, high INTEGER, node VARCHAR,
            written BOOLEAN, value VARCHAR, num DOUBLE""";

    /** The type of rows that are no records: permitted reads, counted by flow and rule. */
    static final String READS = "reads";

    private static final Deed.Part NO_PART = new Deed.Part("", -1, "", -1, -1, "", List.of());

    private EventRow() {}

    /** Whether columns do not hold all of it. */
    static boolean keepsText(Event e) {
        return switch (e.type()) {
            case FLOW, STATS, MANAGEMENT, OTHER -> true;
            case MODBUS, OPCUA, ALERT, DROP -> multi(e) || !e.fields().isEmpty();
        };
    }

    private static boolean multi(Event e) {
        List<Deed.Part> parts = e.deed().parts();
        return parts.size() > 1 || (parts.size() == 1 && parts.getFirst().values().size() > 1);
    }

    /** @param text the record; empty unless {@link #keepsText} */
    static void append(DuckDBAppender row, Event e, String text) throws SQLException {
        Deed deed = e.deed();
        Judgement j = e.judgement();
        row.beginRow();
        head(row, e, e.type().word());
        row.append(deed.operation()).append(deed.function()).append(deed.functionName()).append(deed.text());
        Deed.Part part = deed.parts().isEmpty() ? NO_PART : deed.parts().getFirst();
        part(row, part, part.values().isEmpty() ? "" : part.values().getFirst());
        row.append(multi(e));
        row.append(j.verdict().word()).append(j.enforced()).append(j.reason()).append(j.rule()).append(j.conduit())
                .append(j.because()).append(j.detail()).append(j.notices()).append(j.action()).append(j.policy());
        row.append(e.alert().number()).append(e.alert().signature()).append(e.alert().severity());
        row.append(e.person()).append(e.session()).append(e.messages());
        row.append(e.repeated().count()).append(e.repeated().firstMicros()).append(e.repeated().lastMicros());
        row.append(text);
        row.endRow();
    }

    private static void head(DuckDBAppender row, Event e, String type) throws SQLException {
        row.append(e.id()).append(e.micros()).append(type).append(e.flow()).append(e.port()).append(e.vlan())
                .append(e.protocol()).append(e.transport()).append(e.answer());
        row.append(e.source().address()).append(e.source().port()).append(e.source().place());
        row.append(e.destination().address()).append(e.destination().port()).append(e.destination().place());
    }

    private static void part(DuckDBAppender row, Deed.Part part, String value) throws SQLException {
        row.append(part.unit()).append(part.space()).append(part.low()).append(part.high()).append(part.node());
        row.append(!part.values().isEmpty()).append(value);
        double number = part.values().isEmpty() ? Double.NaN : Numbers.of(value);
        if (Double.isNaN(number)) {
            row.append((Double) null);
        } else {
            row.append(number);
        }
    }

    /** All parts and values but the first. */
    static void appendParts(DuckDBAppender row, Event e) throws SQLException {
        boolean first = true;
        for (Deed.Part part : e.deed().parts()) {
            List<String> values = part.values().isEmpty() ? List.of("") : part.values();
            for (String value : values) {
                if (!first) {
                    row.beginRow();
                    row.append(e.id()).append(part.operation());
                    part(row, part, value);
                    row.endRow();
                }
                first = false;
            }
        }
    }

    /** Permitted reads that a flow's record counts and no record tells. */
    static void appendReads(DuckDBAppender row, Event flow, String rule, String conduit, long count)
            throws SQLException {
        row.beginRow();
        head(row, flow, READS);
        row.append("read").append(-1).append("").append("");
        part(row, NO_PART, "");
        row.append(false);
        row.append(Verdict.ALLOW.word()).append(false).append("allowed").append(rule).append(conduit).append("")
                .append("").append("").append("").append(flow.judgement().policy());
        row.append(-1).append("").append(-1);
        row.append(flow.person()).append(flow.session()).append(count);
        row.append(0L).append(-1L).append(-1L);
        row.append("");
        row.endRow();
    }

    static Event read(ResultSet row, EventParser parser) throws SQLException {
        String text = row.getString("extra");
        if (!text.isEmpty()) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return parser.parseBriefly(row.getLong("id"), bytes, 0, bytes.length);
        }
        return new Event(row.getLong("id"), row.getLong("time"), EventType.of(row.getString("type")),
                row.getLong("flow"), row.getString("iface"), row.getInt("vlan"), row.getString("protocol"),
                row.getString("transport"), row.getBoolean("answer"), end(row, "src"), end(row, "dst"), deed(row),
                judgement(row), alert(row), row.getString("person"), row.getString("session"), repeated(row),
                Flowed.NONE, Map.of(), "");
    }

    private static Event.End end(ResultSet row, String side) throws SQLException {
        return new Event.End(row.getString(side + "_addr"), row.getInt(side + "_port"), row.getString(side));
    }

    private static Deed deed(ResultSet row) throws SQLException {
        String operation = row.getString("op");
        int unit = row.getInt("unit");
        List<String> values = row.getBoolean("written") ? List.of(row.getString("value")) : List.of();
        List<Deed.Part> parts = operation.isEmpty() && unit < 0
                ? List.of()
                : List.of(new Deed.Part(operation, unit, row.getString("space"), row.getInt("low"), row.getInt("high"),
                        row.getString("node"), values));
        return new Deed(operation, row.getInt("fc"), row.getString("fc_name"), row.getString("does"), parts);
    }

    private static Judgement judgement(ResultSet row) throws SQLException {
        String verdict = row.getString("verdict");
        return new Judgement(verdict.equals("allow")
                ? Verdict.ALLOW
                : verdict.equals("deny")
                        ? Verdict.DENY
                        : Verdict.NONE,
                row.getBoolean("enforced"), row.getString("reason"), row.getString("rule"),
                row.getString("conduit"), row.getString("because"), row.getString("detail"),
                row.getString("notices"), row.getString("action"), row.getString("policy"));
    }

    private static Event.Alert alert(ResultSet row) throws SQLException {
        return new Event.Alert(row.getInt("sig"), row.getString("signature"), row.getInt("severity"));
    }

    private static Event.Repeated repeated(ResultSet row) throws SQLException {
        return new Event.Repeated(row.getLong("rep"), row.getLong("rep_first"), row.getLong("rep_last"));
    }
}
