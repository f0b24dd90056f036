package io.sluice.manage;

import io.sluice.capture.CaptureException;
import io.sluice.capture.CaptureReader;
import io.sluice.engine.Anomaly;
import io.sluice.engine.Engine;
import io.sluice.engine.EngineLimits;
import io.sluice.engine.EngineListener;
import io.sluice.engine.Flow;
import io.sluice.engine.LinkTypes;
import io.sluice.engine.MessageEvent;
import io.sluice.engine.Packet;
import io.sluice.engine.Profile;
import io.sluice.journal.Circumstances;
import io.sluice.journal.Journal;
import io.sluice.journal.JournalSettings;
import io.sluice.journal.RuleReads;
import io.sluice.manage.event.Event;
import io.sluice.manage.event.EventReader;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.compile.PolicyCompiler;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.PolicyReader;
import io.sluice.testdata.ModbusTraffic;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recordings through the real engine into a real journal, as the firewall writes it at {@code detail: writes}. */
public final class Recording implements EngineListener, AutoCloseable {
    private final CompiledPolicy policy;
    private final Circumstances circumstances;
    private final Journal journal;
    private final Engine engine;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment frame = arena.allocate(1 << 16);
    private long now;
    private long frames;

    /** A journal in a folder, to which frames are given. */
    public Recording(String policyText, Path folder, JournalSettings.Detail detail) throws IOException {
        policy = compile(policyText);
        circumstances = new Circumstances(policy, "plant", true, null, null);
        journal = Journal.open(new JournalSettings(folder, detail, JournalSettings.KEEP, JournalSettings.SHARE_PERCENT,
                "test"));
        engine = new Engine(policy, Profile.OBSERVE, EngineLimits.DEFAULT, this);
    }

    public static Policy read(String text) {
        return switch (PolicyReader.read("policy.yaml", text)) {
            case PolicyReader.Result.Read read -> read.policy();
            case PolicyReader.Result.Refused refused -> throw new IllegalArgumentException(refused.toString());
        };
    }

    private static CompiledPolicy compile(String text) {
        return switch (PolicyCompiler.compile(read(text), "00c0ffee")) {
            case PolicyCompiler.Result.Compiled compiled -> compiled.policy();
            case PolicyCompiler.Result.Refused refused -> throw new IllegalArgumentException(refused.toString());
        };
    }

    /** All frames of a capture. */
    public Recording capture(Path file) throws IOException, CaptureException {
        try (CaptureReader reader = CaptureReader.open(file)) {
            while (reader.next()) {
                now = reader.epochNanos();
                engine.accept(reader.bytes(), reader.at(), reader.captured(), reader.wire(), reader.linkType(),
                        ++frames,
                        now);
                settle();
            }
        }
        return this;
    }

    /** All frames of a generated conversation. */
    public Recording traffic(ModbusTraffic traffic) throws IOException {
        traffic.generate((nanos, bytes, length) -> frame(nanos, bytes, length));
        return this;
    }

    /** One Ethernet frame. */
    public void frame(long nanos, byte[] bytes, int length) throws IOException {
        MemorySegment.copy(bytes, 0, frame, ValueLayout.JAVA_BYTE, 0, length);
        now = nanos;
        engine.accept(frame, 0, length, length, LinkTypes.ETHERNET, ++frames, nanos);
        settle();
    }

    private void settle() {
        if ((frames & 63) == 0) {
            journal.endOfBatch();
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
    public void lives(Flow flow) {
        journal.lives(flow, RuleReads.NONE, circumstances, now);
    }

    @Override
    public void ended(Flow flow) {
        journal.ended(flow, RuleReads.NONE, circumstances, now);
    }

    @Override
    public void close() {
        engine.finish();
        engine.close();
        journal.close();
        arena.close();
    }

    /** All that a journal says. */
    public static List<Event> events(Path folder) throws IOException {
        List<Event> events = new ArrayList<>();
        try (EventReader reader = EventReader.open(folder, 0)) {
            for (List<Event> some = reader.read(1000, true); !some.isEmpty(); some = reader.read(1000, true)) {
                events.addAll(some);
            }
        }
        return events;
    }
}
