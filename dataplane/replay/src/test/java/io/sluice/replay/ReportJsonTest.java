package io.sluice.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sluice.engine.Profile;
import io.sluice.replay.ReportWriter.Form;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The report for programs holds every row of the report, with the numbers it has there. */
class ReportJsonTest {
    @Test
    void everyRowIsThere() throws Exception {
        Report report = Recordings.compare("modbus/line-3", Policies.STRICTER, Recordings.policy("modbus/line-3"));
        Map<String, Object> json = Json.object(Json.parse(Recordings.written(report, Form.JSON)));
        assertEquals(report.inputs().size(), Json.list(json, "captures").size());
        assertEquals(report.unclassified().size(), Json.list(json, "unclassified").size());
        assertEquals(report.causes().size(), Json.list(json, "causes").size());
        assertEquals(report.anomalies().size(), Json.list(json, "anomalies").size());
        assertEquals(report.others().size(), Json.list(json, "other_frames").size());
        List<Object> conduits = Json.list(json, "conduits");
        assertEquals(report.conduits().size(), conduits.size());
        for (int i = 0; i < conduits.size(); i++) {
            List<Object> operations = Json.list(Json.object(conduits.get(i)), "operations");
            assertEquals(
                    report.conduits().get(i).operations().stream().map(o -> o.operation() + " " + o.count()).toList(),
                    operations.stream().map(Json::object).map(o -> o.get("operation") + " " + o.get("count")).toList());
        }
        var changes = report.changes().orElseThrow().rows();
        assertFalse(changes.isEmpty());
        assertEquals(changes.stream().map(Report.ChangeRow::frames).toList(),
                Json.list(json, "changes", "rows").stream().map(row -> Json.list(Json.object(row), "frames")).toList());
    }

    @Test
    void numbersOfTheTotalsAreTheReports() throws Exception {
        Report report = Recordings.replay("modbus/pipelined", Profile.INLINE);
        Map<String, Object> json = Json.object(Json.parse(Recordings.written(report, Form.JSON)));
        Map<String, Object> totals = Json.object(json.get("totals"));
        assertEquals(211, Json.number(totals, "packets"));
        assertEquals(report.totals().deniedRequests(), Json.number(totals, "requests_denied"));
        Map<String, Object> frames = Json.object(Json.object(json.get("effects")).get("frames"));
        assertEquals(report.effects().frames().orElseThrow().dropped(), Json.number(frames, "dropped"));
        assertEquals("inline", json.get("profile"));
    }
}
