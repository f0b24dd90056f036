package io.sluice.replay;

import io.sluice.capture.CaptureException;
import io.sluice.capture.CaptureReader;
import io.sluice.dissect.Facts;
import io.sluice.dissect.Shortfall;
import io.sluice.engine.Anomaly;
import io.sluice.engine.Engine;
import io.sluice.engine.EngineLimits;
import io.sluice.engine.EngineListener;
import io.sluice.engine.Flow;
import io.sluice.engine.MessageEvent;
import io.sluice.engine.Packet;
import io.sluice.engine.Profile;
import io.sluice.engine.Reason;
import io.sluice.engine.words.Addresses;
import io.sluice.engine.words.Times;
import io.sluice.engine.words.Words;
import io.sluice.replay.Replay.Judge;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.Verdict;
import io.sluice.rules.analyze.Explanation;
import io.sluice.rules.analyze.Judged;
import io.sluice.rules.policy.OnDeny;
import io.sluice.rules.policy.PlainVocabulary;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why the messages of one frame of a recording are allowed or denied: the engine judges all that comes before as {@link
 * Replay} does, so that connections, names agreed on earlier, windows and rates are as they were.
 */
public final class FrameExplanation implements EngineListener {
    /** A message that began in the frame is waited for so long. */
    private static final long PATIENCE = 100_000;
    private static final String INDENT = "  ";

    /**
     * The answer.
     *
     * @param denied whether a message or the connection is denied
     * @param found false where the captures have fewer frames
     * @param frames how many frames were read
     */
    public record Answer(boolean found, boolean denied, long frames, List<String> lines) {
        public Answer {
            lines = List.copyOf(lines);
        }
    }

    private final Judge judge;
    private final Profile profile;
    private final long wanted;
    private final List<String> lines = new ArrayList<>();
    /** The frame of the latest refused request, by connection, for the answers to it. */
    private final Map<Long, Long> refused = new HashMap<>();
    private String capture = "";
    private long nanos;
    private @Nullable Flow flow;
    private long number;
    private boolean reached;
    private boolean denied;
    private boolean judged;

    private FrameExplanation(Judge judge, Profile profile, long wanted) {
        this.judge = judge;
        this.profile = profile;
        this.wanted = wanted;
    }

    /**
     * Explains one frame.
     *
     * @param captures judged as one recording, in this order
     * @param frame from 1, through all captures
     */
    public static Answer of(Judge judge, Profile profile, List<CaptureSource> captures, long frame)
            throws CaptureException {
        return new FrameExplanation(judge, profile, frame).run(captures);
    }

    private Answer run(List<CaptureSource> captures) throws CaptureException {
        Placing placing = new Placing(judge.policy(), judge.compiled(), judge.zones());
        long frame = 0;
        try (Engine engine = new Engine(judge.compiled(), profile, EngineLimits.DEFAULT, this)) {
            for (CaptureSource source : captures) {
                try (CaptureReader reader = source.open()) {
                    while (!isDone(frame) && reader.next()) {
                        frame++;
                        placing.place(engine, reader);
                        if (frame == wanted) {
                            capture = source.name();
                            nanos = reader.epochNanos();
                            reached = true;
                        }
                        Flow of = engine.accept(reader.bytes(), reader.at(), reader.captured(), reader.wire(),
                                reader.linkType(), frame, reader.epochNanos()).flow();
                        if (frame == wanted) {
                            flow = of;
                            number = of == null ? 0 : of.number();
                            plain(of);
                        }
                    }
                }
            }
            if (!isDone(frame)) {
                engine.finish();
            }
        }
        return new Answer(reached, denied, frame, reached ? answer() : List.of());
    }

    private boolean isDone(long frame) {
        return frame >= wanted && (judged || flow == null || flow.service() == null || frame > wanted + PATIENCE);
    }

    private List<String> answer() {
        List<String> answer = new ArrayList<>();
        answer.add("frame " + wanted + " in " + capture + ", " + Times.iso(nanos));
        if (!judged) {
            lines.add("no message ends in this frame, and nothing in it is decided by a rule");
        }
        answer.addAll(lines);
        return answer;
    }

    @Override
    public void message(MessageEvent e) {
        if (!e.allowed() && e.request()) {
            refused.put(e.flow().number(), e.frame());
        }
        if (!reached || !(e.frame() == wanted || isBegun(e))) {
            return;
        }
        judged = true;
        denied |= !e.allowed();
        String spans = e.firstFrame() == e.frame() ? "" : ", frames " + e.firstFrame() + " to " + e.frame();
        lines.add("message " + e.ordinal() + spans + ": " + ends(e.flow()) + ", "
                + (e.fromClient() ? "request" : "answer")
                + " `" + Words.does(e) + "`");
        if (e.part() && e.allowed()) {
            add("a piece of a message that goes on: the verdict falls with its last piece");
        } else if (e.problem() != null) {
            add((e.reason() == Reason.MIDSTREAM ? "cannot be judged: " : "refused whatever the rules say: ")
                    + e.reason().word() + ", " + e.problem().word() + ": " + e.problem().sentence());
        } else if (e.request()) {
            explain(e);
        } else {
            answerOf(e);
        }
        String notices = Words.notices(e);
        if (!notices.isEmpty()) {
            add("worth a look: " + notices);
        }
        if (!e.allowed() && !e.enforced()) {
            add("the mode only reports: it passes");
        }
    }

    /** A message of the frame's connection to which the frame brought a piece; its verdict fell later. */
    private boolean isBegun(MessageEvent e) {
        Flow of = flow;
        return of != null && of.equals(e.flow()) && e.flow().number() == number && e.frame() > wanted
                && e.firstFrame() <= wanted && !(e.part() && e.allowed());
    }

    private void explain(MessageEvent e) {
        Flow f = e.flow();
        add(Explanation.of(judge.compiled(), judge.policy(), new Judged(judge.compiled().nameOf(f.clientPlace()),
                judge.compiled().nameOf(f.serverPlace()), f.relation(), Optional.ofNullable(f.service()), e.facts(),
                e.allowed(), e.rule(), e.shortfall(), e.trait(), e.span(), e.index(), e.action())));
        if (e.reason() == Reason.OPAQUE) {
            add("its contents cannot be read: only a rule that names the function lets it pass");
        }
    }

    private void answerOf(MessageEvent e) {
        if (e.allowed()) {
            add("allowed: it answers an allowed request" + (e.rule() == Verdict.DEFAULT
                    ? ""
                    : ", which `" + judge.compiled().rules().get(e.rule()).id() + "` permitted"));
            return;
        }
        Long frame = refused.get(e.flow().number());
        add(e.reason() == Reason.ANSWER_TO_REFUSED
                ? "refused: it answers a refused request" + (frame == null
                        ? ""
                        : "; the latest one of this connection ended in frame " + frame)
                : "refused: " + e.reason().word());
    }

    private void plain(@Nullable Flow f) {
        if (f == null || f.service() != null) {
            return;
        }
        judged = true;
        denied |= !f.plainAllowed();
        lines.add(ends(f) + ", " + Words.service(f) + ", judged as a whole");
        Facts facts = new Facts(1);
        facts.reset(MemorySegment.NULL);
        int operation = f.protocol() == 6
                ? PlainVocabulary.TCP
                : f.protocol() == 17 ? PlainVocabulary.UDP : PlainVocabulary.PING;
        int item = operation == PlainVocabulary.PING ? Facts.NO_ITEM : f.serverPort();
        facts.add(operation, 0, item, item);
        boolean byDeny = !f.plainAllowed() && f.plainRule() != Verdict.DEFAULT;
        OnDeny action = byDeny ? judge.compiled().rules().get(f.plainRule()).onDeny() : f.relation().onDeny();
        add(Explanation.of(judge.compiled(), judge.policy(), new Judged(judge.compiled().nameOf(f.clientPlace()),
                judge.compiled().nameOf(f.serverPlace()), f.relation(), Optional.empty(), facts, f.plainAllowed(),
                f.plainRule(), f.plainAllowed() ? Shortfall.NONE : byDeny ? Shortfall.DENIED : Shortfall.ITEM, 0, 0, 0,
                action)));
    }

    @Override
    public void anomaly(Anomaly anomaly, Packet packet, @Nullable Flow of) {
        if (reached && !judged && flow == null) {
            lines.add("anomaly " + anomaly.word() + ": " + anomaly.sentence());
        }
    }

    private String ends(Flow f) {
        return end(f.clientPlace(), f.clientHigh(), f.clientLow(), f.clientPort()) + " -> "
                + end(f.serverPlace(), f.serverHigh(), f.serverLow(), f.serverPort());
    }

    private String end(int place, long high, long low, int port) {
        String address = Addresses.text(high, low);
        String socket = port == 0
                ? address
                : address.contains(":") ? "[" + address + "]:" + port : address + ":" + port;
        return place == CompiledPolicy.NOWHERE ? socket : judge.compiled().nameOf(place) + " (" + socket + ")";
    }

    private void add(Explanation explanation) {
        explanation.lines().forEach(this::add);
    }

    private void add(String line) {
        lines.add(INDENT + line);
    }
}
