package io.sluice.replay;

import io.sluice.dissect.Malformed;
import io.sluice.dissect.Notice;
import io.sluice.engine.Anomaly;
import io.sluice.engine.Answer;
import io.sluice.engine.EngineListener;
import io.sluice.engine.Flow;
import io.sluice.engine.MessageEvent;
import io.sluice.engine.Packet;
import io.sluice.engine.Profile;
import io.sluice.engine.Reason;
import io.sluice.replay.Report.AnomalyRow;
import io.sluice.replay.Report.CauseRow;
import io.sluice.replay.Report.Effects;
import io.sluice.replay.Report.OtherRow;
import io.sluice.replay.Report.Totals;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.policy.OnDeny;
import io.sluice.rules.policy.PlainVocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts what the engine finds. Per message and per packet only numbers in arrays change. */
final class Tally implements EngineListener {
    /** Count, first and last frame of something that may happen often. */
    private static final class Span {
        long count;
        long first;
        long last;

        void add(long frame) {
            first = count++ == 0 ? frame : first;
            last = frame;
        }

        void copy(Span other) {
            count = other.count;
            first = other.first;
            last = other.last;
        }
    }

    private static final int REASONS = Reason.values().length;
    private static final int PROBLEMS = Malformed.values().length + 1;

    private final Operations operations;
    private final Talkers talkers;
    private final Span[] anomalies = spans(Anomaly.values().length);
    private final Span[] notices = spans(Notice.values().length);
    private final Span[] causes = spans(REASONS * PROBLEMS);
    private final Map<Integer, Span> others = new TreeMap<>();
    private final long[] frames = new long[Answer.Action.values().length];
    private long frame;
    private long messages;
    private long requests;
    private long allowed;
    private long deniedRequests;
    private long gapBytes;
    private long tcpFlows;
    private long datagramFlows;
    /** Refused messages by what is done about them. */
    private final long[] refused = new long[OnDeny.values().length];
    /** The same for answers to refused requests, which the dataplane meets only where it was not in the path. */
    private long blockedFrames;
    private long lastBlocked;

    Tally(CompiledPolicy policy) {
        operations = new Operations(policy);
        talkers = new Talkers(policy);
    }

    private static Span[] spans(int n) {
        Span[] spans = new Span[n];
        for (int i = 0; i < n; i++) {
            spans[i] = new Span();
        }
        return spans;
    }

    /** The frame that the engine is given next. */
    void frame(long number) {
        frame = number;
    }

    /** What the engine answered to a frame. */
    void answered(Answer answer) {
        frames[answer.action().ordinal()]++;
    }

    @Override
    public void message(MessageEvent e) {
        notice(e);
        if (e.part() && e.allowed()) {
            return;
        }
        messages++;
        requests += e.fromClient() ? 1 : 0;
        operations.add(e);
        if (e.allowed()) {
            allowed++;
            return;
        }
        deniedRequests += e.fromClient() ? 1 : 0;
        int problem = e.problem() == null ? 0 : e.problem().code();
        causes[e.reason().ordinal() * PROBLEMS + problem].add(e.frame());
        // The answer to a request that did not arrive has no effect of its own: it is not sent, or taken out.
        if (e.enforced() && e.reason() != Reason.ANSWER_TO_REFUSED) {
            refused[e.action().ordinal()]++;
        }
    }

    private void notice(MessageEvent e) {
        for (long left = e.notices(); left != 0; left &= left - 1) {
            notices[Long.numberOfTrailingZeros(left)].add(e.frame());
        }
    }

    @Override
    public void anomaly(Anomaly anomaly, Packet packet, @Nullable Flow flow) {
        anomalies[anomaly.ordinal()].add(frame);
        if (anomaly.blocks() && lastBlocked != frame) {
            blockedFrames++;
            lastBlocked = frame;
        }
    }

    @Override
    public void gap(Flow flow, boolean fromClient, long bytes) {
        gapBytes += bytes;
    }

    @Override
    public void other(Packet packet) {
        int key = packet.kind() == Packet.Kind.LINK ? packet.etherType() : 1 << 16 | packet.protocol();
        Span span = others.get(key);
        if (span == null) {
            span = new Span();
            others.put(key, span);
        }
        span.add(frame);
    }

    @Override
    public void ended(Flow flow) {
        if (flow.protocol() == 6) {
            tcpFlows++;
        } else {
            datagramFlows++;
        }
        if (flow.service() != null) {
            return;
        }
        if (flow.relation().conduits().isEmpty() || !flow.plainAllowed()) {
            talkers.add(flow);
        }
        if (!flow.relation().conduits().isEmpty()) {
            operations.add(flow);
        }
    }

    /** Takes over from another run over the same packets what does not depend on the policy. */
    void traffic(Tally other) {
        for (int i = 0; i < anomalies.length; i++) {
            anomalies[i].copy(other.anomalies[i]);
        }
        other.others.forEach((key, span) -> {
            Span copy = new Span();
            copy.copy(span);
            others.put(key, copy);
        });
        System.arraycopy(other.frames, 0, frames, 0, frames.length);
        gapBytes = other.gapBytes;
        blockedFrames = other.blockedFrames;
    }

    Totals totals(List<InputSummary> inputs) {
        long packets = inputs.stream().mapToLong(InputSummary::packets).sum();
        long octets = inputs.stream().mapToLong(InputSummary::octets).sum();
        return new Totals(packets, octets, tcpFlows, datagramFlows, messages, requests, allowed, messages - allowed,
                deniedRequests, gapBytes);
    }

    Operations operations() {
        return operations;
    }

    Talkers talkers() {
        return talkers;
    }

    /** The four ways of losing sight; denials by rule are elsewhere. */
    List<CauseRow> causes() {
        List<CauseRow> rows = new ArrayList<>();
        for (Reason reason : List.of(Reason.MALFORMED, Reason.OPAQUE, Reason.MIDSTREAM, Reason.OVERLOAD)) {
            for (int problem = 0; problem < PROBLEMS; problem++) {
                Span span = causes[reason.ordinal() * PROBLEMS + problem];
                if (span.count > 0) {
                    Optional<Malformed> what = problem == 0 ? Optional.empty() : Optional.of(Malformed.of(problem));
                    rows.add(new CauseRow(reason.word(), what.map(Malformed::word).orElse(""),
                            what.map(Malformed::sentence).orElse(sentence(reason)), span.count, span.first, span.last));
                }
            }
        }
        return rows;
    }

    private static String sentence(Reason reason) {
        return switch (reason) {
            case OPAQUE -> "the contents cannot be read, and no rule names the function";
            case OVERLOAD -> "a limit was reached";
            default -> "";
        };
    }

    List<AnomalyRow> anomalies() {
        List<AnomalyRow> rows = new ArrayList<>();
        for (Anomaly anomaly : Anomaly.values()) {
            row(rows, anomaly.word(), anomaly.sentence(), anomaly.blocks(), anomalies[anomaly.ordinal()]);
        }
        for (Notice notice : Notice.values()) {
            row(rows, notice.word(), notice.sentence(), false, notices[notice.ordinal()]);
        }
        return rows;
    }

    private static void row(List<AnomalyRow> rows, String word, String sentence, boolean blocks, Span span) {
        if (span.count > 0) {
            rows.add(new AnomalyRow(word, sentence, blocks, span.count, span.first, span.last));
        }
    }

    List<OtherRow> others() {
        List<OtherRow> rows = new ArrayList<>();
        others.forEach((key, span) -> rows.add(new OtherRow(
                key > 0xFFFF ? "IP protocol " + (key & 0xFFFF) : linkName(key), span.count, span.first, span.last)));
        return rows;
    }

    private static String linkName(int etherType) {
        return switch (etherType) {
            case 0x0806 -> "ARP";
            default ->
                etherType < 0x0600 ? "IEEE 802.3 frames" : "ethertype " + PlainVocabulary.ethertypeName(etherType);
        };
    }

    Effects effects(Profile profile) {
        Optional<Effects.Frames> byAnswer = profile == Profile.OBSERVE
                ? Optional.empty()
                : Optional.of(new Effects.Frames(frames[Answer.Action.FORWARD.ordinal()],
                        frames[Answer.Action.REWRITE.ordinal()], frames[Answer.Action.HOLD.ordinal()],
                        frames[Answer.Action.DROP.ordinal()]));
        return new Effects(refused[OnDeny.REPLY.ordinal()], refused[OnDeny.RESET.ordinal()],
                refused[OnDeny.DROP.ordinal()],
                blockedFrames, byAnswer);
    }
}
