package io.sluice.inline.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.capture.CaptureReader;
import io.sluice.engine.Engine;
import io.sluice.engine.EngineLimits;
import io.sluice.engine.EngineListener;
import io.sluice.engine.MessageEvent;
import io.sluice.engine.Profile;
import io.sluice.engine.words.Words;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.compile.PolicyCompiler;
import io.sluice.rules.policy.PolicyReader;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What another thread reads of an event is what the engine told, long after the engine has gone on. */
class EventCopyTest {
    private static final Path TESTDATA = Path.of(System.getProperty("sluice.root", "../..")).resolve("testdata");

    /** The words for a message while the engine tells of it, and those of its copy at the end of the recording. */
    private record Told(String words, Event copy) {}

    @ParameterizedTest
    @ValueSource(strings = {"modbus/line-3", "modbus/pipelined", "opcua/plain", "opcua/chunks"})
    void requestsReadTheSameFromTheirCopies(String recording) throws Exception {
        CompiledPolicy policy = policy(TESTDATA.resolve(recording).resolve("policy.yaml"));
        List<Told> told = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            EngineListener copies = new EngineListener() {
                @Override
                public void message(MessageEvent e) {
                    if (e.request() && !e.part() && e.facts().spans() <= 16 && e.size() <= 500) {
                        Event copy = new Event(arena, new HashMap<>());
                        copy.begin(Event.Kind.MESSAGE, policy, 0, e.nanos());
                        copy.take(e);
                        told.add(new Told(words(e), copy));
                    }
                }
            };
            try (Engine engine = new Engine(policy, Profile.OBSERVE, EngineLimits.DEFAULT, copies);
                    CaptureReader reader = CaptureReader.open(TESTDATA.resolve(recording).resolve("capture.pcap"))) {
                for (long frame = 1; reader.next(); frame++) {
                    engine.accept(reader.bytes(), reader.at(), reader.captured(), reader.wire(), reader.linkType(),
                            frame,
                            reader.epochNanos());
                }
                engine.finish();
            }
            assertTrue(told.size() > 10, "only " + told.size() + " requests");
            told.forEach(t -> assertEquals(t.words(), words(t.copy().message())));
        }
    }

    private static String words(MessageEvent e) {
        return Words.does(e) + " | " + Words.detail(e) + " | " + e.reason() + " " + e.rule() + " "
                + e.flow().clientPort() + " " + e.flow().number() + " " + e.frame() + "." + e.ordinal();
    }

    private static CompiledPolicy policy(Path file) throws Exception {
        PolicyReader.Result.Read read = assertInstanceOf(PolicyReader.Result.Read.class,
                PolicyReader.read(file.toString(), Files.readString(file)));
        return assertInstanceOf(PolicyCompiler.Result.Compiled.class, PolicyCompiler.compile(read.policy(), "test"))
                .policy();
    }
}
