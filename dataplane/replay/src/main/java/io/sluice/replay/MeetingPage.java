package io.sluice.replay;

import static io.sluice.replay.PlainText.number;

import io.sluice.replay.Report.ChangeRow;
import io.sluice.replay.Report.ConduitRow;
import io.sluice.replay.Report.OperationRow;
import io.sluice.replay.Report.TalkerRow;
import io.sluice.replay.Report.Totals;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The first page of a report: for those who decide and do not read frames. */
final class MeetingPage {
    private static final int BARS = 12;
    private static final int BLOCKED = 25;
    private static final int MOST_PLACES = 20;
    private static final int BAR_WIDTH = 600;

    /** Something that is refused: an operation between two places, or a connection that nothing allows. */
    private record Blocked(String from, String to, String what, String example, long count, String why, long frame) {}

    private final Report report;
    private final ReportWords words;
    private final Phrases language;
    private final Html html;
    private final Optional<ProposalSections> proposal;

    MeetingPage(Report report, ReportWords words, Phrases language, Html html, Optional<ProposalSections> proposal) {
        this.report = report;
        this.words = words;
        this.language = language;
        this.html = html;
        this.proposal = proposal;
    }

    private String t(String english) {
        return language.of(english);
    }

    String blockedTitle() {
        return words.inline() ? "What was blocked, and for whom" : "What would be blocked, and for whom";
    }

    boolean hasMatrix() {
        return !report.conduits().isEmpty();
    }

    boolean hasBlocked() {
        return report.totals().deniedRequests() > 0 || !report.unclassified().isEmpty();
    }

    void write() {
        inShort();
        if (hasMatrix()) {
            matrix();
        }
        if (hasBlocked()) {
            blocked();
        }
    }

    private void inShort() {
        html.open("section", "id", "short").line().element("h2", t("In short"));
        Totals totals = report.totals();
        html.element("p", t(verdict(totals)), "class", "verdict");
        if (!words.enforces() && totals.requests() > 0) {
            html.element("p", t("The policy does not enforce yet: this is what enforcing it would do."));
        }
        html.open("ul", "class", "tiles").line();
        tile(totals.requests(), "requests judged");
        tile(totals.allowedRequests(), "may pass");
        tile(totals.deniedRequests(), words.inline() ? "were blocked" : "would be blocked");
        tile(report.conduits().stream().filter(c -> c.denied() > 0).count(), "pairs of devices affected");
        tile(report.unclassified().stream().mapToLong(TalkerRow::flows).sum(), "connections without a rule");
        report.changes().ifPresent(c -> {
            tile(changed(c.rows(), false), "newly blocked");
            tile(changed(c.rows(), true), "newly allowed");
        });
        proposal.ifPresent(ProposalSections::tiles);
        html.close().line();
        bars();
        html.element("p", t("It says nothing about traffic that is not in these recordings."), "class", "soft");
        html.close().line();
    }

    private String verdict(Totals totals) {
        if (report.conduits().isEmpty()) {
            return "Nothing could be judged: see below what to do.";
        }
        String would = words.inline() ? "were" : "would be";
        if (totals.deniedRequests() == 0) {
            return "Nothing in these recordings " + (words.inline() ? "was" : "would be") + " blocked.";
        }
        return number(totals.deniedRequests()) + " of " + number(totals.requests()) + " requests ("
                + percent(totals.deniedRequests(), totals.requests()) + " %) " + would + " blocked.";
    }

    /** Never 0 for something, never 100 for less than all. */
    static String percent(long part, long whole) {
        double exact = whole == 0 ? 0 : 100.0 * part / whole;
        if (part > 0 && exact < 0.1) {
            return "< 0.1";
        }
        return part < whole && exact > 99.9 ? "> 99.9" : String.format(Locale.ROOT, "%.1f", exact);
    }

    private static long changed(List<ChangeRow> rows, boolean allowed) {
        return rows.stream().filter(r -> r.after().startsWith("allow") == allowed).mapToLong(ChangeRow::count).sum();
    }

    private void tile(long value, String label) {
        tile(html, value, t(label));
    }

    static void tile(Html html, long value, String label) {
        html.open("li").open("b").text(number(value)).close().text(" ").open("span").text(label).close().close().line();
    }

    /** One bar for each pair, those with most refusals first; the numbers stand beside, so it needs no colour. */
    private void bars() {
        List<ConduitRow> pairs = report.conduits().stream().filter(c -> c.allowed() + c.denied() > 0)
                .sorted(Comparator.comparingLong(ConduitRow::denied).reversed()
                        .thenComparing(Comparator.comparingLong(ConduitRow::allowed).reversed()))
                .toList();
        if (pairs.isEmpty()) {
            return;
        }
        long most = pairs.stream().mapToLong(c -> c.allowed() + c.denied()).max().orElse(1);
        html.open("ul", "class", "bars").line();
        for (ConduitRow pair : pairs.subList(0, Math.min(BARS, pairs.size()))) {
            String share = t(ReportWords.share(pair));
            html.open("li").open("span", "class", "pair").text(pair.from() + " \u2192 " + pair.to()).close();
            html.open("svg", "class", "mini", "role", "img", "aria-label", share, "viewBox", "0 0 " + BAR_WIDTH + " 12",
                    "preserveAspectRatio", "none");
            long allowed = width(pair.allowed(), most);
            long denied = width(pair.denied(), most);
            rectangle("allowed", 0, allowed);
            rectangle("refused", allowed, denied);
            html.close().open("span", "class", "soft").text(share).close().close().line();
        }
        html.close().line();
        if (pairs.size() > BARS) {
            html.element("p", t("more pairs are in the tables below"), "class", "soft");
        }
    }

    private static long width(long count, long most) {
        return count == 0 ? 0 : Math.max(4, Math.round((double) count * (BAR_WIDTH - 4) / most));
    }

    private void rectangle(String sort, long x, long width) {
        html.open("rect", "class", sort, "x", Long.toString(x), "y", "0", "width", Long.toString(width), "height", "12")
                .close();
    }

    /** Who down the side, whom across: in each cell what may pass and what is refused, and the way to its table. */
    private void matrix() {
        html.open("section", "id", "matrix").line().element("h2", t("Who talks to whom"));
        Set<String> sources = new LinkedHashSet<>();
        Set<String> targets = new LinkedHashSet<>();
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (int i = 0; i < report.conduits().size(); i++) {
            ConduitRow c = report.conduits().get(i);
            if (sources.size() < MOST_PLACES && targets.size() < MOST_PLACES) {
                sources.add(c.from());
                targets.add(c.to());
            }
            numbers.put(c.from() + "\n" + c.to(), i);
        }
        html.open("table", "class", "matrix").line().element("caption", t("Who talks to whom"));
        html.open("thead").open("tr").open("td").close();
        targets.forEach(to -> html.open("th", "scope", "col").text(to).close());
        html.close().close().line().open("tbody").line();
        for (String from : sources) {
            html.open("tr").open("th", "scope", "row").text(from).close();
            for (String to : targets) {
                Integer at = numbers.get(from + "\n" + to);
                cell(at);
            }
            html.close().line();
        }
        html.close().close().line();
        if (numbers.size() > sources.size() * targets.size() || sources.size() == MOST_PLACES
                || targets.size() == MOST_PLACES) {
            html.element("p", t("more pairs are in the tables below"), "class", "soft");
        }
        html.close().line();
    }

    private void cell(@Nullable Integer at) {
        if (at == null) {
            html.open("td", "class", "none").text("\u2013").close();
            return;
        }
        ConduitRow c = report.conduits().get(at);
        html.open("td", "class", c.denied() > 0 ? "some" : "all").open("a", "href", "#conduit-" + (at + 1))
                .text("\u2713 " + number(c.allowed())).close();
        if (c.denied() > 0) {
            html.text(" ").open("span", "class", "no").text("\u2717 " + number(c.denied())).close();
        }
        html.close();
    }

    private void blocked() {
        html.open("section", "id", "blocked").line().element("h2", t(blockedTitle()));
        List<Blocked> rows = new ArrayList<>();
        for (ConduitRow c : report.conduits()) {
            for (OperationRow o : c.operations()) {
                if (!o.allowed() && !o.answer()) {
                    rows.add(new Blocked(c.from(), c.to(), language.word(o.operation()), t(ReportWords.example(o)),
                            o.count(), ReportWords.why(o, language), o.firstFrame()));
                }
            }
        }
        for (TalkerRow r : report.unclassified()) {
            rows.add(new Blocked(language.word(place(r.from(), r.client())), place(r.to(), r.server()), r.service(), "",
                    r.flows(), t(r.verdict()), r.firstFrame()));
        }
        rows.sort(Comparator.comparing(Blocked::from).thenComparing(Blocked::to)
                .thenComparing(Comparator.comparingLong(Blocked::count).reversed()));
        HtmlTable table = new HtmlTable(html, language, blockedTitle(), "who", "whom", "what", "how often>", "why",
                "first seen");
        for (Blocked b : rows.subList(0, Math.min(BLOCKED, rows.size()))) {
            table.row(false).cell(0, b.from()).cell(1, b.to()).head(2, b.what(), b.example())
                    .cell(3, number(b.count())).cell(4, b.why()).cell(5, t("frame " + b.frame())).endRow();
        }
        table.end();
        if (rows.size() > BLOCKED) {
            html.element("p", t(words.more(rows.size(), BLOCKED, "row")), "class", "soft");
        }
        html.close().line();
    }

    private static String place(String name, String address) {
        return name.isEmpty() || name.equals("?") ? address : name;
    }
}
