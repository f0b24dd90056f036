package io.sluice.replay;

import static io.sluice.replay.PlainText.count;
import static io.sluice.replay.PlainText.number;

import io.sluice.capture.CaptureTrouble;
import io.sluice.engine.Anomaly;
import io.sluice.engine.Profile;
import io.sluice.engine.words.Times;
import io.sluice.replay.Report.AnomalyRow;
import io.sluice.replay.Report.ChangeRow;
import io.sluice.replay.Report.ConduitRow;
import io.sluice.replay.Report.Effects;
import io.sluice.replay.Report.OperationRow;
import io.sluice.replay.Report.TalkerRow;
import io.sluice.replay.Report.Totals;
import java.util.ArrayList;
import java.util.List;

/** The sentences of a report that its text and its page share. */
final class ReportWords {
    static final String UNCLASSIFIED = "Traffic that no conduit or no rule allows, most bytes first";
    static final String CAUSES = "Where the firewall lost sight";
    static final String ANOMALIES = "Anomalies of frames, segments and connections";
    static final String OTHERS = "Other frames, which are not judged by conduits";
    static final String CHANGED = "Compared with the baseline";
    static final int TALKERS = 20;
    static final int CHANGES = 50;
    private static final int FRAMES = 12;
    private static final long SECOND = 1_000_000_000L;

    private final Report report;

    ReportWords(Report report) {
        this.report = report;
    }

    boolean inline() {
        return report.profile() == Profile.INLINE;
    }

    boolean enforces() {
        return report.policy().mode().equals("enforce");
    }

    String profile() {
        return inline()
                ? "inline: exactly what the dataplane does; what is not judged does not pass"
                : "observe: every message gets a verdict; what the dataplane would have done is listed apart";
    }

    String mode() {
        return report.policy().mode() + (enforces() ? "" : ": verdicts are reported, nothing is held up");
    }

    String traffic() {
        Totals t = report.totals();
        return count(t.packets(), "packet") + ", " + count(t.octets(), "byte") + "; " + count(t.tcpFlows(), "TCP flow")
                + ", " + count(t.datagramFlows(), "other flow");
    }

    String judged() {
        Totals t = report.totals();
        long answers = t.messages() - t.requests();
        long deniedAnswers = t.denied() - t.deniedRequests();
        return count(t.requests(), "request") + ": " + number(t.allowedRequests()) + " allowed, "
                + number(t.deniedRequests()) + " denied; " + count(answers, "answer") + ": "
                + number(answers - deniedAnswers) + " allowed, " + number(deniedAnswers) + " denied";
    }

    /** Bytes that no verdict covers; empty where there are none. */
    String gaps() {
        long bytes = report.totals().gapBytes();
        return bytes == 0
                ? ""
                : count(bytes, "byte")
                        + " of inspected streams are missing from the captures or were skipped, unjudged";
    }

    static String times(InputSummary input) {
        return input.packets() == 0
                ? "no packets"
                : moment(input.firstNanos()) + " to " + until(input) + " UTC, "
                        + duration(input.lastNanos() - input.firstNanos());
    }

    private static String moment(long nanos) {
        return Times.iso(nanos).substring(0, 23).replace('T', ' ');
    }

    /** The time alone where the day is the same. */
    private static String until(InputSummary input) {
        String first = moment(input.firstNanos());
        String last = moment(input.lastNanos());
        return first.substring(0, 10).equals(last.substring(0, 10)) ? last.substring(11) : last;
    }

    private static String duration(long nanos) {
        long seconds = nanos / SECOND;
        if (seconds < 120) {
            long thousandths = nanos / 1_000_000;
            String rest = Long.toString(1000 + thousandths % 1000).substring(1);
            return thousandths / 1000 + "." + rest + " s";
        }
        long minutes = seconds / 60;
        if (minutes < 120) {
            return minutes + " min " + seconds % 60 + " s";
        }
        return minutes < 2 * 24 * 60
                ? minutes / 60 + " h " + minutes % 60 + " min"
                : minutes / (24 * 60) + " days " + minutes / 60 % 24 + " h";
    }

    static String between(ConduitRow c) {
        return c.from() + " -> " + c.to();
    }

    /** Conduits and shares in one. */
    static String summary(ConduitRow c) {
        return conduits(c) + ": " + share(c);
    }

    static String conduits(ConduitRow c) {
        return (c.conduits().size() == 1 ? "conduit " : "conduits ") + String.join(", ", c.conduits());
    }

    static String share(ConduitRow c) {
        return number(c.allowed()) + " allowed, " + number(c.denied()) + " denied";
    }

    /** What was missing or wrong; the reason's word only where nothing says more. */
    static String why(OperationRow o) {
        if (o.allowed()) {
            return "";
        }
        String why = switch (o.reason()) {
            case "default" -> "";
            case "denied" -> o.because().isEmpty() ? "denied by rule" : o.because();
            case "answer-to-refused" -> "answers a refused request";
            default -> o.reason();
        };
        return why + (why.isEmpty() || o.detail().isEmpty() ? "" : ": ") + o.detail();
    }

    /** The same in another language; why a deny stands in the policy is its author's to say. */
    static String why(OperationRow o, Phrases phrases) {
        boolean stated = o.reason().equals("denied") && !o.because().isEmpty();
        return stated ? why(o) : phrases.of(why(o));
    }

    /** The first of the denied requests; an allowed one, or an answer, needs none. */
    static String example(OperationRow o) {
        return o.allowed() || o.answer() || o.example().isEmpty() ? "" : "e.g. " + o.example();
    }

    static String trouble(CaptureTrouble trouble) {
        return "TROUBLE at byte " + trouble.offset() + ", packet " + trouble.packet() + ": " + trouble.sentence();
    }

    String effectsTitle() {
        return inline() ? "What was done" : "What the dataplane would have done";
    }

    /** What to say, and what to do, where no conduit has a row. */
    String noConduit() {
        if (report.totals().packets() == 0) {
            return "The captures hold no packets.";
        }
        if (inline() && !seesFlows()) {
            return "No flow was accepted, so nothing was judged: what became of the frames is listed below. Connections that"
                    + " began before the capture are judged with --profile observe.";
        }
        return "Nothing matched a conduit, so nothing was judged. A capture knows no ports: if these are the right captures,"
                + " tell where their addresses lie with --zone ZONE=NETWORK (for example --zone cell-3=10.3.1.0/24),"
                + " once for each zone that the policy's conduits name.";
    }

    static String ends(TalkerRow t) {
        return t.client() + place(t.from()) + (t.server().isEmpty() ? "" : " -> " + t.server() + place(t.to()));
    }

    private static String place(String name) {
        return name.isEmpty() || name.equals("?") ? "" : " (" + name + ")";
    }

    String more(int total, int shown, String noun) {
        return total <= shown
                ? ""
                : "and " + count(total - shown, "more " + noun) + "; --format json lists all of them";
    }

    private boolean seesFlows() {
        return report.totals().tcpFlows() + report.totals().datagramFlows() > 0;
    }

    private static boolean takenUp(AnomalyRow a) {
        return a.anomaly().equals(Anomaly.TAKEN_UP_MIDSTREAM.word());
    }

    String anomalyEffect(AnomalyRow a) {
        if (takenUp(a) && enforces()) {
            return "by when_unsure";
        }
        if (!a.blocks()) {
            return "passes";
        }
        return !enforces() ? "passes (" + report.policy().mode() + ")" : inline() ? "dropped" : "would be dropped";
    }

    /** What was or would be done, one sentence each. */
    List<String> effects() {
        Effects e = report.effects();
        String would = inline() ? "" : "would be ";
        List<String> effects = new ArrayList<>();
        if (!enforces()) {
            effects.add("mode " + report.policy().mode() + " reports and changes nothing");
        }
        add(effects, e.replies(), "message", would + "refused by an answer in the protocol's own words");
        add(effects, e.resets(), "message", would + "refused by ending the connection (RST to both ends)");
        add(effects, e.drops(), "message", would + "refused by silence");
        add(effects, e.blockedFrames(), "frame",
                !enforces() ? "with an anomaly" : would + "dropped for an anomaly");
        if (!inline() && enforces()) {
            report.anomalies().stream().filter(ReportWords::takenUp).forEach(a -> add(effects, a.count(), "connection",
                    "found midway would be treated as when_unsure says for midstream"));
        }
        if (inline() && answersToRefused()) {
            effects.add(
                    "the captures hold answers to requests that were refused here; a device behind the dataplane would"
                            + " not have sent them, so they do not go on");
        }
        e.frames().ifPresent(f -> effects.add("frames: " + number(f.forwarded()) + " forwarded unchanged, "
                + number(f.rewritten()) + " forwarded without the refused messages, " + number(f.held())
                + " held until a gap closed, " + number(f.dropped()) + " dropped"));
        if (effects.isEmpty()) {
            effects.add("none: everything passes unchanged");
        }
        return effects;
    }

    private boolean answersToRefused() {
        return report.conduits().stream().flatMap(c -> c.operations().stream())
                .anyMatch(o -> o.reason().equals("answer-to-refused"));
    }

    private static void add(List<String> effects, long n, String noun, String what) {
        if (n > 0) {
            effects.add(count(n, noun) + " " + what);
        }
    }

    static String changed(Report.Changes changes) {
        return changes.changed() == 0
                ? "No verdict differs from the baseline `" + changes.baseline().name() + "` ("
                        + count(changes.compared(), "verdict") + " compared)."
                : count(changes.changed(), "verdict") + " of " + number(changes.compared())
                        + (changes.changed() == 1 ? " differs" : " differ") + " from the baseline `"
                        + changes.baseline().name() + "`.";
    }

    /** The first frames; a frame with several such messages once, with their number. */
    static String frames(ChangeRow row) {
        List<Long> frames = row.frames();
        StringBuilder text = new StringBuilder();
        int i = 0;
        for (int shown = 0; i < frames.size() && shown < FRAMES; shown++) {
            long frame = frames.get(i);
            int from = i;
            while (i < frames.size() && frames.get(i) == frame) {
                i++;
            }
            text.append(shown == 0 ? "" : ", ").append(frame).append(i - from > 1 ? " (" + (i - from) + "x)" : "");
        }
        return row.count() > i ? text + " ... " + number(row.count() - i) + " more" : text.toString();
    }

    /** The last line. */
    String closing() {
        Totals t = report.totals();
        StringBuilder line = new StringBuilder(report.conduits().isEmpty()
                ? t.packets() > 0 && (seesFlows() || !inline()) ? "Nothing matched a conduit" : "Nothing was judged"
                : number(t.allowedRequests()) + " of " + count(t.requests(), "request") + " allowed, "
                        + number(t.deniedRequests()) + " denied");
        long flows = report.unclassified().stream().mapToLong(TalkerRow::flows).sum();
        line.append("; ").append(count(flows, "flow")).append(" without a conduit or a rule");
        report.changes()
                .ifPresent(c -> line.append("; ").append(count(c.changed(), "verdict")).append(" changed"));
        return line.append('.').toString();
    }
}
