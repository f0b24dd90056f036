package io.sluice.replay;

import static io.sluice.replay.PlainText.count;
import static io.sluice.replay.PlainText.number;

import io.sluice.capture.CaptureTrouble;
import io.sluice.replay.Report.AnomalyRow;
import io.sluice.replay.Report.CauseRow;
import io.sluice.replay.Report.ChangeRow;
import io.sluice.replay.Report.Changes;
import io.sluice.replay.Report.ConduitRow;
import io.sluice.replay.Report.OperationRow;
import io.sluice.replay.Report.OtherRow;
import io.sluice.replay.Report.PolicyId;
import io.sluice.replay.Report.TalkerRow;
import java.io.PrintStream;
import java.util.List;

/** A report for a terminal: ASCII but for names, no colours, lines of at most {@link TextTable#WIDTH} columns. */
final class ReportText {
    private static final int LABEL = 12;

    private final Report report;
    private final ReportWords words;
    private final PrintStream out;

    ReportText(Report report, PrintStream out) {
        this.report = report;
        this.words = new ReportWords(report);
        this.out = out;
    }

    void write() {
        header();
        conduits();
        unclassified();
        causes();
        anomalies();
        effects();
        others();
        report.changes().ifPresent(this::changes);
        out.print("\n");
        paragraph("", words.closing());
    }

    private void header() {
        long frame = 1;
        for (InputSummary input : report.inputs()) {
            fact("capture", input.name());
            fact("", frames(input, frame) + ReportWords.times(input));
            troubles(input);
            frame += input.packets();
        }
        policy("policy", report.policy());
        fact("mode", words.mode());
        fact("profile", words.profile());
        fact("places from", String.join("; ", report.placing()));
        report.changes().ifPresent(c -> policy("baseline", c.baseline()));
        fact("traffic", words.traffic());
        fact("judged", words.judged());
        if (!words.gaps().isEmpty()) {
            fact("", words.gaps());
        }
    }

    /** Where there are several captures, which frame numbers are this one's. */
    private String frames(InputSummary input, long first) {
        String packets = count(input.packets(), "packet") + ", " + count(input.octets(), "byte") + "; ";
        return report.inputs().size() == 1 || input.packets() == 0
                ? packets
                : packets + "frames " + PlainText.frames(first, first + input.packets() - 1) + "; ";
    }

    private void troubles(InputSummary input) {
        for (CaptureTrouble trouble : input.troubles()) {
            fact("", "TROUBLE at byte " + trouble.offset() + ", packet " + trouble.packet() + ": "
                    + trouble.sentence());
        }
        long more = input.troubleCount() - input.troubles().size();
        if (more > 0) {
            fact("", "and " + count(more, "more trouble"));
        }
    }

    private void policy(String label, PolicyId policy) {
        fact(label, policy.name());
        fact("", "sha256 " + policy.hash());
    }

    private void conduits() {
        if (report.conduits().isEmpty()) {
            out.print("\n");
            paragraph("", words.noConduit());
        }
        for (ConduitRow conduit : report.conduits()) {
            section(ReportWords.between(conduit) + " (" + ReportWords.conduits(conduit) + "): "
                    + ReportWords.share(conduit));
            TextTable table = new TextTable("count>", "verdict", "operation", "rule", "frames", "why");
            for (OperationRow o : conduit.operations()) {
                table.row(number(o.count()), o.allowed() ? "allow" : "DENY", o.operation(), o.rule(),
                        PlainText.frames(o.firstFrame(), o.lastFrame()), ReportWords.why(o));
                table.note(ReportWords.example(o));
            }
            table.write(out);
        }
    }

    private void unclassified() {
        List<TalkerRow> rows = report.unclassified();
        if (rows.isEmpty()) {
            return;
        }
        section(ReportWords.UNCLASSIFIED);
        TextTable table = new TextTable("flows>", "packets>", "bytes>", "from -> to", "service", "frames", "why");
        for (TalkerRow t : rows.subList(0, Math.min(rows.size(), ReportWords.TALKERS))) {
            table.row(number(t.flows()), number(t.packets()), number(t.octets()), ReportWords.ends(t), t.service(),
                    PlainText.frames(t.firstFrame(), t.lastFrame()), t.verdict());
        }
        table.note(words.more(rows.size(), ReportWords.TALKERS, "row"));
        table.write(out);
    }

    private void causes() {
        if (report.causes().isEmpty()) {
            return;
        }
        section(ReportWords.CAUSES);
        TextTable table = new TextTable("count>", "cause", "reason", "frames", "meaning");
        for (CauseRow c : report.causes()) {
            table.row(number(c.count()), c.cause(), c.reason(), PlainText.frames(c.firstFrame(), c.lastFrame()),
                    c.sentence());
        }
        table.write(out);
    }

    private void anomalies() {
        if (report.anomalies().isEmpty()) {
            return;
        }
        section(ReportWords.ANOMALIES);
        TextTable table = new TextTable("count>", "anomaly", "dataplane", "frames", "meaning");
        for (AnomalyRow a : report.anomalies()) {
            table.row(number(a.count()), a.anomaly(), words.anomalyEffect(a),
                    PlainText.frames(a.firstFrame(), a.lastFrame()), a.sentence());
        }
        table.write(out);
    }

    private void effects() {
        section(words.effectsTitle());
        words.effects().forEach(effect -> paragraph("  ", effect));
    }

    private void others() {
        if (report.others().isEmpty()) {
            return;
        }
        section(ReportWords.OTHERS);
        TextTable table = new TextTable("count>", "what", "frames");
        for (OtherRow o : report.others()) {
            table.row(number(o.count()), o.what(), PlainText.frames(o.firstFrame(), o.lastFrame()));
        }
        table.write(out);
    }

    private void changes(Changes changes) {
        section(ReportWords.CHANGED);
        paragraph("  ", ReportWords.changed(changes));
        rows(changes);
    }

    /** For somebody who saw the whole report before. */
    void writeChanges() {
        report.changes().ifPresent(changes -> {
            String baseline = "the baseline `" + changes.baseline().name() + "`";
            paragraph("", ReportWords.changed(changes).replace(baseline, "the policy before"));
            rows(changes);
        });
        paragraph("", words.closing());
    }

    private void rows(Changes changes) {
        if (changes.rows().isEmpty()) {
            return;
        }
        TextTable table = new TextTable("count>", "from -> to", "operation", "before", "now");
        for (ChangeRow c : changes.rows().subList(0, Math.min(changes.rows().size(), ReportWords.CHANGES))) {
            table.row(number(c.count()), c.from() + " -> " + c.to(), c.operation(), c.before(), c.after());
            table.note((c.count() == 1 ? "frame " : "frames ") + ReportWords.frames(c)
                    + (c.example().isEmpty() ? "" : ", e.g. " + c.example()));
        }
        table.note(words.more(changes.rows().size(), ReportWords.CHANGES, "row"));
        table.write(out);
    }

    private void section(String title) {
        out.print("\n");
        paragraph("", title);
    }

    private void fact(String label, String value) {
        List<String> lines = PlainText.fold(PlainText.clean(value), TextTable.WIDTH - LABEL);
        for (int i = 0; i < lines.size(); i++) {
            out.print((i == 0 ? label + " ".repeat(LABEL - label.length()) : " ".repeat(LABEL)) + lines.get(i) + "\n");
        }
    }

    private void paragraph(String indent, String text) {
        PlainText.fold(PlainText.clean(text), TextTable.WIDTH - indent.length())
                .forEach(line -> out.print(indent + line + "\n"));
    }
}
