package io.sluice.manage.index;

import io.sluice.engine.Anomaly;
import io.sluice.engine.Engine;
import io.sluice.engine.EngineLimits;
import io.sluice.engine.EngineListener;
import io.sluice.engine.Flow;
import io.sluice.engine.MessageEvent;
import io.sluice.engine.Packet;
import io.sluice.engine.Profile;
import io.sluice.journal.Circumstances;
import io.sluice.journal.Journal;
import io.sluice.journal.JournalSettings;
import io.sluice.journal.RuleReads;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.compile.PolicyCompiler;
import io.sluice.rules.policy.PolicyReader;
import io.sluice.testdata.ModbusTraffic;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A real journal of generated conversations, judged by a real engine: what the process in the wire writes. */
public final class PlantJournal implements EngineListener, AutoCloseable {
    private static final int ETHERNET = 1;
    private static final int BATCH = 64;

    private final Journal journal;
    private Circumstances circumstances;
    private long now;

    private PlantJournal(Journal journal, Circumstances circumstances) {
        this.journal = journal;
        this.circumstances = circumstances;
    }

    /** Begins a journal, or goes on with it; {@code each}: permitted reads and answers get records of their own. */
    public static PlantJournal open(Path folder, boolean each) throws IOException {
        return open(folder, each, JournalSettings.KEEP);
    }

    public static PlantJournal open(Path folder, boolean each, Duration keep) throws IOException {
        JournalSettings.Detail detail = each ? JournalSettings.Detail.ALL : JournalSettings.Detail.WRITES;
        return new PlantJournal(Journal.open(new JournalSettings(folder, detail, keep, 40, "plant-3")),
                Circumstances.of(policy(new ModbusTraffic(1, 1).policy())));
    }

    public static CompiledPolicy policy(String text) {
        PolicyReader.Result.Read read = (PolicyReader.Result.Read) PolicyReader.read("policy.yaml", text);
        return ((PolicyCompiler.Result.Compiled) PolicyCompiler.compile(read.policy(), "00c0ffee")).policy();
    }

    public Journal journal() {
        return journal;
    }

    public ModbusTraffic.Summary play(ModbusTraffic traffic) throws IOException {
        return play(traffic, traffic.policy(), null);
    }

    /** Plays traffic under another policy; the person is behind all of it, if there is a jump session. */
    public ModbusTraffic.Summary play(ModbusTraffic traffic, String policyText, @Nullable String person)
            throws IOException {
        CompiledPolicy policy = policy(policyText);
        circumstances = new Circumstances(policy, "plant", true, person, person == null ? null : "g-" + person);
        long[] frames = {0};
        try (Arena arena = Arena.ofConfined();
                Engine engine = new Engine(policy, Profile.OBSERVE, EngineLimits.DEFAULT, this)) {
            MemorySegment frame = arena.allocate(2048);
            ModbusTraffic.Summary summary = traffic.generate((nanos, bytes, length) -> {
                MemorySegment.copy(bytes, 0, frame, ValueLayout.JAVA_BYTE, 0, length);
                now = nanos;
                engine.accept(frame, 0, length, length, ETHERNET, ++frames[0], nanos);
                if (frames[0] % BATCH == 0) {
                    journal.endOfBatch();
                }
            });
            engine.finish();
            journal.endOfBatch();
            return summary;
        }
    }

    @Override
    public void message(MessageEvent event) {
        journal.message(event, circumstances);
    }

    @Override
    public void plain(Flow flow, Packet packet) {
        journal.plain(flow, circumstances, now);
    }

    @Override
    public void anomaly(Anomaly anomaly, Packet packet, @Nullable Flow flow, boolean enforced) {
        journal.anomaly(anomaly, packet, flow, enforced, circumstances, now);
    }

    @Override
    public void ended(Flow flow) {
        journal.ended(flow, RuleReads.NONE, circumstances, now);
    }

    @Override
    public void close() {
        journal.close();
    }
}
