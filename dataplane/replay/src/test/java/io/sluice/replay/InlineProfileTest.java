package io.sluice.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.engine.Profile;
import io.sluice.replay.Report.Effects;
import io.sluice.testdata.Captures;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the dataplane does to the recordings, which were made without it. */
class InlineProfileTest {
    @ParameterizedTest
    @ValueSource(strings = {"modbus/line-3", "modbus/pipelined"})
    void everyFrameIsAccountedFor(String recording) throws Exception {
        Report report = Recordings.replay(recording, Profile.INLINE);
        Effects.Frames frames = report.effects().frames().orElseThrow();
        assertEquals(report.totals().packets(),
                frames.forwarded() + frames.rewritten() + frames.held() + frames.dropped());
        assertTrue(report.effects().resets() > 0, "the first refused request ends its connection");
        assertEquals(0, report.effects().replies(), "nothing can be put into a stream that runs through");
        assertTrue(frames.rewritten() > 0, "a refused request is taken out of its frame");
    }

    // On the transparent path a refused request is the last of its connection, whatever the recorded peers said then.
    @Test
    void eachConnectionIsEndedByItsFirstRefusal() throws Exception {
        Report inline = Recordings.replay("modbus/line-3", Profile.INLINE);
        Report observed = Recordings.replay("modbus/line-3", Profile.OBSERVE);
        assertTrue(inline.totals().deniedRequests() < observed.totals().deniedRequests());
        assertEquals(inline.totals().deniedRequests(), inline.effects().resets() + inline.effects().drops());
        assertEquals(observed.totals().deniedRequests(), observed.effects().resets() + observed.effects().drops());
        assertEquals(0, observed.effects().replies());
    }

    @ParameterizedTest
    @ValueSource(strings = {"modbus/line-3", "modbus/pipelined"})
    void nothingIsHeldUpInMonitorMode(String recording) throws Exception {
        String monitor = Policies.change(Recordings.policy(recording), "mode: enforce", "mode: monitor");
        Report report = new Replay(Recordings.judge(monitor), Profile.INLINE, Optional.empty(),
                Replay.Outputs.NONE).run(List.of(Recordings.capture(recording)), Progress.NONE);
        assertEquals(report.totals().packets(), report.effects().frames().orElseThrow().forwarded());
        assertEquals(0, report.effects().replies() + report.effects().resets() + report.effects().drops());
        // The same verdicts as for an observer: they are reported, not obeyed.
        assertEquals(Recordings.replay(recording, Profile.OBSERVE).totals().deniedRequests(),
                report.totals().deniedRequests());
    }

    // Without its handshake a connection is dropped inline; that is no fault of the zones, and the report must not say so.
    @Test
    void aCaptureWithoutHandshakesPointsToTheOtherProfile() throws Exception {
        CaptureSource midway = TruthTableTest.source(Captures.require("modbus/apache__manual-test-capture.pcapng"));
        for (Profile profile : List.of(Profile.OBSERVE, Profile.INLINE)) {
            Report report = new Replay(Recordings.judge(Recordings.policy("modbus/line-3")), profile, Optional.empty(),
                    Replay.Outputs.NONE).run(List.of(midway), Progress.NONE);
            String text = Recordings.written(report, ReportWriter.Form.TEXT);
            assertEquals(profile == Profile.INLINE, text.contains("--profile observe"), text);
            assertEquals(profile == Profile.OBSERVE, text.contains("--zone ZONE=NETWORK"), text);
        }
    }
}
