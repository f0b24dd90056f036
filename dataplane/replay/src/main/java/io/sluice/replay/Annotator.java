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
import io.sluice.replay.Replay.Annotated;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Copies the packets of captures into a pcapng file, with what was found in each as its comment: all of them, or those in
 * which something is denied. Interfaces keep their names and link types, several captures their own.
 */
final class Annotator implements EngineListener, AutoCloseable {
    private record Source(String capture, CaptureInterface described) {}

    private final CompiledPolicy policy;
    private final PcapngWriter writer;
    /** Interface of the written file, by capture and interface read. */
    private final Map<Source, Integer> interfaces = new HashMap<>();
    private final boolean onlyDenied;
    private StringJoiner comment = new StringJoiner("\n");
    private boolean denied;
    private String capture = "";

    Annotator(Annotated copy, CompiledPolicy policy) throws IOException {
        this.policy = policy;
        onlyDenied = copy.onlyDenied();
        writer = PcapngWriter.create(copy.file());
    }

    /** The packets that follow are of this capture. */
    void capture(String name) {
        capture = name;
    }

    /** Writes the packet on which the reader stands, once the engine has judged it. */
    void packet(CaptureReader reader, @Nullable Flow flow) {
        boolean wanted = !onlyDenied || denied || isRefused(flow);
        String said = comment.toString();
        comment = new StringJoiner("\n");
        denied = false;
        if (wanted) {
            copy(reader, said);
        }
    }

    /** Packets of a refused connection that is not looked into: only the first of them says so. */
    private static boolean isRefused(@Nullable Flow flow) {
        return flow != null && flow.service() == null && !flow.plainAllowed();
    }

    private void copy(CaptureReader reader, String said) {
        try {
            CaptureInterface from = reader.interfaces().get(reader.interfaceIndex());
            // A port with a name is the same one in each of several captures; without, it is some interface of its file.
            Source source = new Source(from.name().isEmpty() ? capture : "", from);
            Integer to = interfaces.get(source);
            if (to == null) {
                to = writer.addInterface(from.linkType(), (int) Math.min(from.snapLength(), Integer.MAX_VALUE),
                        from.name(), source.capture().substring(source.capture().lastIndexOf('/') + 1),
                        from.decimals());
                interfaces.put(source, to);
            }
            writer.write(to, reader, said);
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
        denied |= !e.allowed();
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
