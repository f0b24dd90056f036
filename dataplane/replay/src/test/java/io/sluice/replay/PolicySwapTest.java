package io.sluice.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.capture.CaptureReader;
import io.sluice.engine.Anomaly;
import io.sluice.engine.Engine;
import io.sluice.engine.EngineLimits;
import io.sluice.engine.EngineListener;
import io.sluice.engine.Flow;
import io.sluice.engine.MessageEvent;
import io.sluice.engine.Packet;
import io.sluice.engine.Profile;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recorded conversations under a policy that is put in force again and again: it must make no difference. */
class PolicySwapTest {
    private static final long TENTH = 100_000_000L;

    /** Everything that an engine says of a recording. */
    private static final class Notes implements EngineListener {
        final List<String> lines = new ArrayList<>();
        long frame;

        @Override
        public void message(MessageEvent e) {
            lines.add(e.frame() + " " + e.ordinal() + " " + e.allowed() + " " + e.reason() + " "
                    + rule(e.policy(), e.rule()) + " " + e.shortfall() + " " + e.problem() + " " + e.part());
        }

        private static String rule(CompiledPolicy policy, int rule) {
            return rule == Verdict.DEFAULT ? "-" : policy.rules().get(rule).toString();
        }

        @Override
        public void plain(Flow flow, Packet packet) {
            lines.add(frame + " plain " + flow.plainAllowed() + " " + flow.plainRule());
        }

        @Override
        public void anomaly(Anomaly anomaly, Packet packet, @Nullable Flow flow) {
            lines.add(frame + " " + anomaly.word());
        }

        @Override
        public void cut(Flow flow, Anomaly why) {
            lines.add(frame + " cut " + why.word());
        }

        @Override
        public void ended(Flow flow) {
            lines.add(frame + " ended " + flow.number() + " " + flow.packets());
        }
    }

    /** @param frames between two exchanges; 0: only one each tenth of a second of the recording */
    private static List<String> notes(String recording, Profile profile, int frames) throws Exception {
        String text = Recordings.policy(recording);
        CompiledPolicy[] equal = {Recordings.judge(text).compiled(), Recordings.judge(text).compiled()};
        Notes notes = new Notes();
        int swaps = 0;
        try (CaptureReader reader = Recordings.capture(recording).open();
                Engine engine = new Engine(equal[0], profile, EngineLimits.DEFAULT, notes)) {
            long next = Long.MIN_VALUE;
            while (reader.next()) {
                if (frames >= 0 && (reader.epochNanos() >= next || (frames > 0 && reader.number() % frames == 0))) {
                    engine.policy(equal[++swaps & 1]);
                    next = reader.epochNanos() + TENTH;
                }
                notes.frame = reader.number();
                engine.accept(reader.bytes(), reader.at(), reader.captured(), reader.wire(), reader.linkType(),
                        reader.number(), reader.epochNanos());
            }
            engine.finish();
        }
        assertTrue(frames < 0 || swaps > 1, "swaps: " + swaps);
        return notes.lines;
    }

    @ParameterizedTest
    @ValueSource(strings = {"modbus/line-3", "modbus/pipelined", "opcua/plain", "opcua/chunks",
            "opcua/sign-basic256sha256", "opcua/encrypt-basic256sha256"})
    void anEqualPolicyMakesNoDifference(String recording) throws Exception {
        for (Profile profile : Profile.values()) {
            List<String> expected = notes(recording, profile, -1);
            assertTrue(expected.size() > 10);
            for (int frames : new int[]{0, 1, 7}) {
                assertEquals(expected, notes(recording, profile, frames), profile + " each " + frames);
            }
        }
    }
}
