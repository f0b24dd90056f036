package io.sluice.replay;

import io.sluice.capture.CaptureInterface;
import io.sluice.capture.CaptureReader;
import io.sluice.capture.PcapngWriter;
import io.sluice.engine.Anomaly;
import io.sluice.engine.EngineListener;
import io.sluice.engine.Flow;
import io.sluice.engine.MessageEvent;
import io.sluice.engine.Packet;
import io.sluice.engine.words.Words;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Copies the packets of captures into a pcapng file, with what was found in each as its comment. */
final class Annotator implements EngineListener, AutoCloseable {
    private final CompiledPolicy policy;
    private final PcapngWriter writer;
    /** Interface of the written file, by capture and interface read. */
    private final Map<CaptureInterface, Integer> interfaces = new HashMap<>();
    private StringJoiner comment = new StringJoiner("\n");

    Annotator(Path file, CompiledPolicy policy) throws IOException {
        this.policy = policy;
        writer = PcapngWriter.create(file);
    }

    /** Writes the packet on which the reader stands, once the engine has judged it. */
    void packet(CaptureReader reader) {
        try {
            CaptureInterface from = reader.interfaces().get(reader.interfaceIndex());
            Integer to = interfaces.get(from);
            if (to == null) {
                to = writer.addInterface(from.linkType(), (int) Math.min(from.snapLength(), Integer.MAX_VALUE),
                        from.name());
                interfaces.put(from, to);
            }
            writer.write(to, reader, comment.toString());
            comment = new StringJoiner("\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void message(MessageEvent e) {
        if (e.part() && e.allowed()) {
            comment.add("sluice: a piece of a message that goes on");
            return;
        }
        String rule = e.rule() == Verdict.DEFAULT ? "" : " by " + policy.rules().get(e.rule()).id();
        String detail = Words.detail(e);
        comment.add("sluice: " + (e.allowed() ? "allow" : "deny") + rule + " (" + e.reason().word()
                + (detail.isEmpty() ? "" : ": " + detail) + "): " + Words.does(e));
        String notices = Words.notices(e);
        if (!notices.isEmpty()) {
            comment.add("sluice: " + notices);
        }
    }

    @Override
    public void plain(Flow flow, Packet packet) {
        comment.add("sluice: flow " + (flow.plainAllowed() ? "allowed" : "refused") + ": " + Words.service(flow));
    }

    @Override
    public void anomaly(Anomaly anomaly, Packet packet, @Nullable Flow flow) {
        comment.add("sluice: " + anomaly.word() + ": " + anomaly.sentence());
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
