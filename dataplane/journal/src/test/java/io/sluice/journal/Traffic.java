package io.sluice.journal;

import io.sluice.engine.Anomaly;
import io.sluice.engine.Engine;
import io.sluice.engine.EngineLimits;
import io.sluice.engine.EngineListener;
import io.sluice.engine.Flow;
import io.sluice.engine.MessageEvent;
import io.sluice.engine.Packet;
import io.sluice.engine.Profile;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.compile.PolicyCompiler;
import io.sluice.rules.policy.PolicyReader;
import io.sluice.testdata.ModbusTraffic;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/** Generated conversations through a real engine into a journal: what the inline process does, without rings between. */
final class Traffic implements EngineListener {
    private static final int ETHERNET = 1;

    private final Journal journal;
    private final Circumstances circumstances;
    private long now;

    private Traffic(Journal journal, CompiledPolicy policy, boolean carried) {
        this.journal = journal;
        circumstances = new Circumstances(policy, "plant", carried, null, null);
    }

    static CompiledPolicy policy(String text) {
        PolicyReader.Result.Read read = (PolicyReader.Result.Read) PolicyReader.read("policy.yaml", text);
        return ((PolicyCompiler.Result.Compiled) PolicyCompiler.compile(read.policy(), "00c0ffee")).policy();
    }

    static ModbusTraffic.Summary run(ModbusTraffic traffic, Journal journal) throws IOException {
        return run(traffic, traffic.policy(), journal);
    }

    static ModbusTraffic.Summary run(ModbusTraffic traffic, String policyText, Journal journal) throws IOException {
        return run(traffic, policyText, journal, true);
    }

    /** @param carried as if the frames had to pass here, and were not only mirrored */
    static ModbusTraffic.Summary run(ModbusTraffic traffic, String policyText, Journal journal, boolean carried)
            throws IOException {
        CompiledPolicy policy = policy(policyText);
        Traffic listener = new Traffic(journal, policy, carried);
        long[] frames = {0};
        try (Arena arena = Arena.ofConfined();
                Engine engine = new Engine(policy, Profile.OBSERVE, EngineLimits.DEFAULT, listener)) {
            MemorySegment frame = arena.allocate(2048);
            ModbusTraffic.Summary summary = traffic.generate((nanos, bytes, length) -> {
                MemorySegment.copy(bytes, 0, frame, ValueLayout.JAVA_BYTE, 0, length);
                listener.now = nanos;
                engine.accept(frame, 0, length, length, ETHERNET, ++frames[0], nanos);
                if ((frames[0] & 63) == 0) {
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
}
