package io.sluice.bench;

import io.sluice.engine.Engine;
import io.sluice.engine.EngineLimits;
import io.sluice.engine.EngineListener;
import io.sluice.engine.Flow;
import io.sluice.engine.MessageEvent;
import io.sluice.engine.Profile;
import io.sluice.journal.Circumstances;
import io.sluice.journal.Journal;
import io.sluice.journal.JournalSettings;
import io.sluice.journal.RuleReads;
import io.sluice.rules.CompiledPolicy;
import io.sluice.testdata.ModbusTraffic;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Writes a journal of so many records, as the process in the wire does: generated conversations of 200 masters with 200
 * controllers through the engine, a record of each message. At a rate, or as fast as it goes.
 */
public final class PlantRecords implements EngineListener {
    private static final int ETHERNET = 1;
    private static final int BATCH = 64;
    private static final int CONNECTIONS = 2000;
    private static final double SECOND = 1e9;

    private final Journal journal;
    private final Circumstances circumstances;
    private long records;
    private long now;

    /** There are enough. */
    private static final class Enough extends IOException {
        private static final long serialVersionUID = 1;
    }

    private PlantRecords(Journal journal, CompiledPolicy policy) {
        this.journal = journal;
        circumstances = new Circumstances(policy, "plant", true, null, null);
    }

    /** Folder, records, records a second (0: as fast as it goes), seed. */
    public static void main(String[] arguments) throws Exception {
        long most = Long.parseLong(arguments[1]);
        double rate = Double.parseDouble(arguments[2]);
        ModbusTraffic traffic = new ModbusTraffic(Long.MAX_VALUE, CONNECTIONS, Long.parseLong(arguments[3]));
        CompiledPolicy policy = DecideBenchmark.compile(traffic.policy());
        // Signed as the firewall signs, which may go on with this journal.
        JournalSettings settings = new JournalSettings(Path.of(arguments[0]), JournalSettings.Detail.ALL,
                Duration.ofDays(90), 90, "sluice");
        try (Journal journal = Journal.open(settings)) {
            new PlantRecords(journal, policy).play(traffic, policy, most, rate);
        }
    }

    private void play(ModbusTraffic traffic, CompiledPolicy policy, long most, double rate) throws IOException {
        long began = System.nanoTime();
        long[] frames = {0};
        try (Arena arena = Arena.ofConfined();
                Engine engine = new Engine(policy, Profile.OBSERVE, EngineLimits.DEFAULT, this)) {
            MemorySegment frame = arena.allocate(2048);
            traffic.generate((nanos, bytes, length) -> {
                MemorySegment.copy(bytes, 0, frame, ValueLayout.JAVA_BYTE, 0, length);
                now = nanos;
                engine.accept(frame, 0, length, length, ETHERNET, ++frames[0], nanos);
                if (frames[0] % BATCH == 0) {
                    journal.endOfBatch();
                    wait(began, rate);
                }
                if (records >= most) {
                    throw new Enough();
                }
            });
        } catch (Enough enough) {
            journal.endOfBatch();
        }
    }

    private void wait(long began, double rate) throws IOException {
        long ahead = rate == 0 ? 0 : (long) (records / rate * SECOND) - (System.nanoTime() - began);
        if (ahead > 0) {
            try {
                Thread.sleep(Duration.ofNanos(ahead));
            } catch (InterruptedException e) {
                throw new Enough();
            }
        }
    }

    @Override
    public void message(MessageEvent event) {
        records++;
        journal.message(event, circumstances);
    }

    @Override
    public void ended(Flow flow) {
        records++;
        journal.ended(flow, RuleReads.NONE, circumstances, now);
    }
}
