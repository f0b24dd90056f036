package io.sluice.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.replay.Report.ChangeRow;
import io.sluice.replay.Report.Changes;
import io.sluice.replay.ReportWriter.Form;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two policies beside each other on the same recording. */
class ComparisonTest {
    /** Frames of line-3's README with reads of the historian that {@code h1} allows. */
    private static List<Long> historianReads(Report report) {
        List<Long> frames = new ArrayList<>();
        report.changes().orElseThrow().rows().stream().filter(r -> r.from().equals("historian"))
                .forEach(r -> frames.addAll(r.frames()));
        return frames.stream().sorted().toList();
    }

    @Test
    void aLowerLimitAndALostRuleChangeExactlyWhatTheyTouch() throws Exception {
        Report report = Recordings.compare("modbus/line-3", Policies.STRICTER, Recordings.policy("modbus/line-3"));
        Changes changes = report.changes().orElseThrow();
        List<String> rows = changes.rows().stream().map(
                r -> r.from() + " " + r.operation() + " " + r.count() + " " + r.before() + " > " + r.after()).toList();
        assertEquals(List.of("historian read holding 72 allow (h1) > deny (default)",
                "historian read input 32 allow (h1) > deny (default)",
                "hmi-3 write holding 2 allow (s2) > deny (default)"), rows);
        // 119 = 1500, and FC 23 that writes 5 and 1500; what was above 1500 was denied before.
        assertEquals(List.of(282L, 288L), changes.rows().getLast().frames());
        assertEquals(106, changes.changed());
        // 185 requests and the laptop's flow.
        assertEquals(186, changes.compared());
        List<Long> reads = historianReads(report);
        assertEquals(104, reads.size());
        // 6..126 and the 40 of the burst before the rate is used up, then 24 among the last 158 frames.
        assertEquals(40, reads.stream().filter(f -> f <= 126).count());
        assertEquals(40, reads.stream().filter(f -> f >= 137 && f < 218).count());
        assertEquals(24, reads.stream().filter(f -> f >= 402).count());
        assertTrue(
                Recordings.written(report, Form.TEXT).contains("frames 282, 288, e.g. write unit 1 holding 119 = 1500"),
                "frames are named");
    }

    @Test
    void theSameComparisonTheOtherWayRoundAllowsThem() throws Exception {
        Changes changes = Recordings.compare("modbus/line-3", Recordings.policy("modbus/line-3"), Policies.STRICTER)
                .changes()
                .orElseThrow();
        assertEquals(106, changes.changed());
        assertTrue(changes.rows().stream().allMatch(r -> r.before().equals("deny (default)")), changes::toString);
    }

    @Test
    void aPolicyDoesNotDifferFromItself() throws Exception {
        for (String recording : List.of("modbus/line-3", "modbus/pipelined")) {
            String policy = Recordings.policy(recording);
            Changes changes = Recordings.compare(recording, policy, policy).changes().orElseThrow();
            assertEquals(0, changes.changed());
            assertEquals(List.of(), changes.rows());
            assertTrue(changes.compared() >= 59, "compared " + changes.compared());
        }
    }

    // A policy that looks for Modbus on another port does not see these requests at all: its verdict is that on the flow.
    @Test
    void policiesThatInspectDifferentPortsAreComparedMessageByMessage() throws Exception {
        String inspects = Recordings.policy("modbus/pipelined");
        String elsewhere = Policies.change(Policies.withoutExpectations("modbus/pipelined"), "protocol: modbus",
                "protocol: {modbus: {port: 1502}}");
        Changes lost = Recordings.compare("modbus/pipelined", elsewhere, inspects).changes().orElseThrow();
        assertEquals(
                List.of("allow (s1) > deny (default, not inspected)", "allow (s2) > deny (default, not inspected)"),
                lost.rows().stream().map(r -> r.before() + " > " + r.after()).distinct().toList());
        assertEquals(49, lost.changed());
        Changes gained = Recordings.compare("modbus/pipelined", inspects, elsewhere).changes().orElseThrow();
        assertEquals(49, gained.changed());
        assertEquals(49, gained.rows().stream().mapToLong(ChangeRow::count).sum());
    }
}
