package io.sluice.replay;

import static io.sluice.replay.PlainText.count;
import static io.sluice.replay.PlainText.number;

import io.sluice.replay.Report.AnomalyRow;
import io.sluice.replay.Report.CauseRow;
import io.sluice.replay.Report.ChangeRow;
import io.sluice.replay.Report.Changes;
import io.sluice.replay.Report.ConduitRow;
import io.sluice.replay.Report.OperationRow;
import io.sluice.replay.Report.OtherRow;
import io.sluice.replay.Report.PolicyId;
import io.sluice.replay.Report.TalkerRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A report as one page that needs nothing else: what the text says, with anchors, for screens and paper. */
final class ReportHtml {
    private static final int BAR = 1000;

    private final Report report;
    private final ReportWords words;
    private final Phrases language;
    private final Html html = new Html();
    private final MeetingPage meeting;
    private final Optional<ProposalSections> proposal;

    /** @param proposed how the policy came about, where it is a proposal */
    ReportHtml(Report report, Optional<Proposed> proposed, Phrases language) {
        this.report = report;
        this.language = language;
        this.words = new ReportWords(report);
        proposal = proposed.map(p -> new ProposalSections(p, language, html));
        meeting = new MeetingPage(report, words, language, html, proposal);
    }

    private String t(String english) {
        return language.of(english);
    }

    String page() {
        String title = proposal.isPresent() ? "Proposed policy " : "Replay under policy ";
        new PageShell(html, language).open(t(title + report.policy().name()),
                t(proposal.isPresent() ? "Sluice learn" : "Sluice replay"),
                t((proposal.isPresent() ? "Proposed policy " : "Policy ") + report.policy().name()), t(words.closing()),
                contents());
        meeting.write();
        proposal.ifPresent(ProposalSections::write);
        report.changes().ifPresent(this::changes);
        summary();
        conduits();
        unclassified();
        causes();
        anomalies();
        effects();
        others();
        html.close().line();
        html.element("footer",
                t("Frame numbers count from 1 through all captures in the order above. Times are UTC."));
        return html.page();
    }

    /** Titles by anchor. */
    private Map<String, String> contents() {
        Map<String, String> sections = new LinkedHashMap<>();
        sections.put("short", "In short");
        put(sections, meeting.hasMatrix(), "matrix", "Who talks to whom");
        put(sections, meeting.hasBlocked(), "blocked", meeting.blockedTitle());
        proposal.ifPresent(p -> p.contents(sections));
        put(sections, report.changes().isPresent(), "changes", "Changes");
        sections.put("summary", "Summary");
        sections.put("conduits", "Conduits");
        put(sections, !report.unclassified().isEmpty(), "unclassified", "Without a conduit");
        put(sections, !report.causes().isEmpty(), "causes", "Lost sight");
        put(sections, !report.anomalies().isEmpty(), "anomalies", "Anomalies");
        sections.put("effects", "Effects");
        put(sections, !report.others().isEmpty(), "others", "Other frames");
        return sections;
    }

    private static void put(Map<String, String> sections, boolean present, String anchor, String title) {
        if (present) {
            sections.put(anchor, title);
        }
    }

    private void section(String anchor, String title) {
        html.open("section", "id", anchor).line().element("h2", t(title));
    }

    private void endSection() {
        html.close().line();
    }

    private void summary() {
        section("summary", "Summary");
        html.open("dl").line();
        policy("Policy", report.policy());
        fact("Mode", words.mode());
        fact("Profile", words.profile());
        report.changes().ifPresent(c -> policy("Baseline", c.baseline()));
        html.open("dt").text(t("Places from")).close().element("dd",
                String.join("; ", report.placing().stream().map(language::word).toList()));
        fact("Traffic", words.traffic());
        fact("Judged", words.judged());
        if (!words.gaps().isEmpty()) {
            fact("Not judged", words.gaps());
        }
        html.close().line();
        captures();
        endSection();
    }

    private void fact(String name, String value) {
        html.open("dt").text(t(name)).close().element("dd", t(value));
    }

    private void policy(String name, PolicyId policy) {
        html.open("dt").text(t(name)).close().open("dd").text(policy.name() + " ")
                .open("span", "class", "hash").text("sha256 " + policy.hash()).close().close().line();
    }

    private void captures() {
        HtmlTable table = new HtmlTable(html, language, "Captures", "capture", "packets>", "bytes>", "frames", "time");
        long frame = 1;
        for (InputSummary input : report.inputs()) {
            long last = frame + input.packets() - 1;
            table.row(false).head(0, language.word(input.name()), troubles(input)).cell(1, number(input.packets()))
                    .cell(2, number(input.octets())).cell(3, last < frame ? "" : PlainText.frames(frame, last))
                    .cell(4, t(ReportWords.times(input))).endRow();
            frame = last + 1;
        }
        table.end();
    }

    private String troubles(InputSummary input) {
        List<String> all = new ArrayList<>(input.troubles().stream().map(ReportWords::trouble).map(this::t).toList());
        long more = input.troubleCount() - input.troubles().size();
        if (more > 0) {
            all.add(t("and " + count(more, "more trouble")));
        }
        return String.join("; ", all);
    }

    private void conduits() {
        section("conduits", "Verdicts by conduit");
        if (report.conduits().isEmpty()) {
            html.element("p", t(words.noConduit()), "class", "advice");
        }
        int n = 0;
        for (ConduitRow conduit : report.conduits()) {
            html.element("h3", ReportWords.between(conduit).replace("->", "\u2192"), "id", "conduit-" + ++n);
            html.element("p", t(ReportWords.summary(conduit)), "class", "soft");
            bar(conduit, n);
            operations(conduit);
        }
        endSection();
    }

    /** The share of denials, hatched so that it shows without colour; never so thin that it cannot be seen. */
    private void bar(ConduitRow conduit, int n) {
        long all = conduit.allowed() + conduit.denied();
        if (all == 0) {
            return;
        }
        long exact = Math.round((double) conduit.denied() * BAR / all);
        long denied = conduit.denied() == 0 ? 0 : conduit.allowed() == 0 ? BAR : Math.clamp(exact, 8, BAR - 8);
        String from = Long.toString(BAR - denied);
        html.open("svg", "class", "bar", "role", "img", "aria-label", t(ReportWords.share(conduit)), "viewBox",
                "0 0 " + BAR + " 12", "preserveAspectRatio", "none").line();
        html.open("pattern", "id", "hatch-" + n, "width", "8", "height", "12", "patternUnits", "userSpaceOnUse")
                .open("path", "class", "hatch", "d", "M0 12 L8 0").close().close().line();
        rectangle("allowed", "0", from, "");
        rectangle("refused", from, Long.toString(denied), "");
        rectangle("", from, Long.toString(denied), "url(#hatch-" + n + ")");
        html.close().line();
    }

    private void rectangle(String sort, String x, String width, String fill) {
        String[] how = sort.isEmpty() ? new String[]{"fill", fill} : new String[]{"class", sort};
        html.open("rect", how[0], how[1], "x", x, "width", width, "height", "12").close().line();
    }

    private void operations(ConduitRow conduit) {
        HtmlTable table = new HtmlTable(html, language, "Operations from " + conduit.from() + " to " + conduit.to(),
                "count>",
                "verdict", "operation", "rule", "frames", "why");
        for (OperationRow o : conduit.operations()) {
            table.row(!o.allowed() && !o.answer()).cell(0, number(o.count())).verdict(1, o.allowed())
                    .head(2, language.word(o.operation()), t(ReportWords.example(o)))
                    .cell(3, language.word(o.rule())).cell(4, PlainText.frames(o.firstFrame(), o.lastFrame()))
                    .cell(5, ReportWords.why(o, language)).endRow();
        }
        table.end();
    }

    private void unclassified() {
        if (report.unclassified().isEmpty()) {
            return;
        }
        section("unclassified", ReportWords.UNCLASSIFIED);
        HtmlTable table = new HtmlTable(html, language, ReportWords.UNCLASSIFIED, "from \u2192 to", "service", "flows>",
                "packets>", "bytes>", "frames", "why");
        int shown = Math.min(report.unclassified().size(), ReportWords.TALKERS);
        for (TalkerRow t : report.unclassified().subList(0, shown)) {
            table.row(false).head(0, language.word(ReportWords.ends(t).replace("->", "\u2192")), "")
                    .cell(1, t.service())
                    .cell(2, number(t.flows())).cell(3, number(t.packets())).cell(4, number(t.octets()))
                    .cell(5, PlainText.frames(t.firstFrame(), t.lastFrame())).cell(6, language.of(t.verdict()))
                    .endRow();
        }
        table.end();
        more(report.unclassified().size(), shown);
        endSection();
    }

    private void more(int total, int shown) {
        if (total > shown) {
            html.element("p", t(words.more(total, shown, "row")), "class", "soft");
        }
    }

    private void causes() {
        if (report.causes().isEmpty()) {
            return;
        }
        section("causes", ReportWords.CAUSES);
        HtmlTable table = new HtmlTable(html, language, ReportWords.CAUSES, "cause", "reason", "count>", "frames",
                "meaning");
        for (CauseRow c : report.causes()) {
            table.row(false).head(0, c.cause(), "").cell(1, c.reason()).cell(2, number(c.count()))
                    .cell(3, PlainText.frames(c.firstFrame(), c.lastFrame())).cell(4, t(c.sentence())).endRow();
        }
        table.end();
        endSection();
    }

    private void anomalies() {
        if (report.anomalies().isEmpty()) {
            return;
        }
        section("anomalies", ReportWords.ANOMALIES);
        HtmlTable table = new HtmlTable(html, language, ReportWords.ANOMALIES, "anomaly", "count>", "dataplane",
                "frames",
                "meaning");
        for (AnomalyRow a : report.anomalies()) {
            table.row(false).head(0, a.anomaly(), "").cell(1, number(a.count())).cell(2, t(words.anomalyEffect(a)))
                    .cell(3, PlainText.frames(a.firstFrame(), a.lastFrame())).cell(4, t(a.sentence())).endRow();
        }
        table.end();
        endSection();
    }

    private void effects() {
        section("effects", words.effectsTitle());
        html.open("ul").line();
        words.effects().forEach(effect -> html.element("li", t(effect)));
        html.close().line();
        endSection();
    }

    private void others() {
        if (report.others().isEmpty()) {
            return;
        }
        section("others", ReportWords.OTHERS);
        HtmlTable table = new HtmlTable(html, language, ReportWords.OTHERS, "what", "count>", "frames");
        for (OtherRow o : report.others()) {
            table.row(false).head(0, language.word(o.what()), "").cell(1, number(o.count()))
                    .cell(2, PlainText.frames(o.firstFrame(), o.lastFrame())).endRow();
        }
        table.end();
        endSection();
    }

    private void changes(Changes changes) {
        section("changes", ReportWords.CHANGED);
        html.element("p", t(ReportWords.changed(changes)));
        if (!changes.rows().isEmpty()) {
            HtmlTable table = new HtmlTable(html, language, ReportWords.CHANGED, "count>", "operation",
                    "from \u2192 to",
                    "before",
                    "now", "frames");
            int shown = Math.min(changes.rows().size(), ReportWords.CHANGES);
            for (ChangeRow c : changes.rows().subList(0, shown)) {
                table.row(c.after().startsWith("deny")).cell(0, number(c.count()))
                        .head(1, language.word(c.operation()), c.example().isEmpty() ? "" : t("e.g. " + c.example()))
                        .cell(2, c.from() + " \u2192 " + c.to()).cell(3, t(c.before())).cell(4, t(c.after()))
                        .cell(5, language.word(ReportWords.frames(c))).endRow();
            }
            table.end();
            more(changes.rows().size(), shown);
        }
        endSection();
    }
}
