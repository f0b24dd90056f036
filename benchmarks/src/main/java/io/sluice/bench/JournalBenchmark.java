package io.sluice.bench;

import io.sluice.engine.Engine;
import io.sluice.engine.EngineLimits;
import io.sluice.engine.EngineListener;
import io.sluice.engine.MessageEvent;
import io.sluice.engine.Profile;
import io.sluice.journal.Circumstances;
import io.sluice.journal.Journal;
import io.sluice.journal.JournalSettings;
import io.sluice.rules.CompiledPolicy;
import io.sluice.testdata.ModbusTraffic;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What one event costs the journal's thread, in batches of 64: its line, its hash, its share of writing, forcing, signing,
 * rotation and deletion of old segments. On the disk of the folder for temporary files.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JournalBenchmark {
    private static final int BATCH = 64;
    private static final int ETHERNET = 1;

    /** {@code write}: permitted. {@code refused}: a write above its limit. {@code read}: permitted, only counted. */
    @Param({"write", "refused", "read"})
    public String event = "write";

    private final Arena arena = Arena.ofShared();
    private final MemorySegment frame = arena.allocate(2048);
    private Path folder = Path.of("");
    @SuppressWarnings("NullAway.Init") // in prepare
    private Engine engine;
    @SuppressWarnings("NullAway.Init") // in prepare
    private Journal journal;
    @SuppressWarnings("NullAway.Init") // in prepare
    private MessageEvent message;
    @SuppressWarnings("NullAway.Init") // in prepare
    private Circumstances circumstances;
    private long frames;
    private int sinceBatch;

    /** Hears until the wanted event; the engine's object stays as it is as long as no other frame is given to it. */
    private static final class Wanted implements EngineListener {
        private final String event;
        private Optional<MessageEvent> found = Optional.empty();

        Wanted(String event) {
            this.event = event;
        }

        @Override
        public void message(MessageEvent e) {
            if (!e.request() || found.isPresent()) {
                return;
            }
            int operation = e.facts().operation(0); // of Modbus: 0 reads, 1 writes
            boolean wanted = switch (event) {
                case "write" -> operation == 1 && e.allowed();
                case "refused" -> operation == 1 && !e.allowed();
                default -> operation == 0;
            };
            found = wanted ? Optional.of(e) : found;
        }
    }

    /** The event is there, so no more traffic is needed. */
    private static final class Found extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** Plays generated traffic until the wanted event is there. */
    @Setup
    public void prepare() throws IOException {
        ModbusTraffic traffic = new ModbusTraffic(100_000, 3);
        CompiledPolicy policy = DecideBenchmark.compile(traffic.policy());
        circumstances = new Circumstances(policy, "plant", true, null, null);
        Wanted wanted = new Wanted(event);
        engine = new Engine(policy, Profile.OBSERVE, EngineLimits.DEFAULT, wanted);
        try {
            traffic.generate((nanos, bytes, length) -> {
                MemorySegment.copy(bytes, 0, frame, ValueLayout.JAVA_BYTE, 0, length);
                engine.accept(frame, 0, length, length, ETHERNET, ++frames, nanos);
                if (wanted.found.isPresent()) {
                    throw new Found();
                }
            });
            throw new IllegalStateException("no such event");
        } catch (Found there) {
            message = wanted.found.orElseThrow();
        }
        folder = Files.createTempDirectory("sluice-journal-");
        journal = Journal.open(new JournalSettings(folder, JournalSettings.Detail.WRITES, Duration.ofSeconds(2), 20,
                "benchmark"));
    }

    /** Removes what was written. */
    @TearDown
    public void remove() throws IOException {
        journal.close();
        engine.close();
        arena.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** One event. */
    @Benchmark
    public long record() {
        journal.message(message, circumstances);
        if (++sinceBatch == BATCH) {
            sinceBatch = 0;
            journal.endOfBatch();
        }
        return sinceBatch;
    }
}
