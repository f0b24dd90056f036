package io.sluice.replay;

import static io.sluice.replay.PlainText.number;

import io.sluice.engine.words.Times;
import io.sluice.rules.learn.LeftOut;
import io.sluice.rules.learn.Outline;
import io.sluice.rules.learn.Proposal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The part of a page that tells what was learnt: rules with where they come from, and what is in no rule. */
final class ProposalSections {
    private static final int BAR = 600;
    private static final int LONGEST_BAR = 4;
    /** Rules of one conduit, and lines of one sort of what is left out. */
    private static final int ROWS = 40;
    /** Values of one key of a rule. */
    private static final int VALUES = 12;

    private final Proposed proposed;
    private final Proposal proposal;
    private final Phrases phrases;
    private final Html html;

    ProposalSections(Proposed proposed, Phrases phrases, Html html) {
        this.proposed = proposed;
        proposal = proposed.proposal();
        this.phrases = phrases;
        this.html = html;
    }

    private String t(String english) {
        return phrases.of(english);
    }

    void tiles() {
        MeetingPage.tile(html, proposal.counts().rules(), t("rules proposed"));
        MeetingPage.tile(html, proposal.counts().decisions(), t("rules for a person to decide"));
        MeetingPage.tile(html, proposal.counts().assets(), t("devices"));
        MeetingPage.tile(html, proposal.leftOut().size(), t("sorts of traffic in no rule"));
    }

    /** Adds the titles of its sections by anchor. */
    void contents(Map<String, String> sections) {
        sections.put("proposed", "The proposed policy");
        sections.put("left-out", "Seen, and in no rule");
        sections.put("places", "Places");
    }

    void write() {
        proposed();
        leftOut();
        places();
    }

    private void proposed() {
        html.open("section", "id", "proposed").line().element("h2", t("The proposed policy"));
        html.element("p", t("Learnt from " + proposed.source() + "."));
        proposed.losses().forEach(loss -> html.element("p", t("INCOMPLETE: " + loss), "class", "advice"));
        proposal.outline().conduits().forEach(this::conduit);
        html.close().line();
    }

    private void conduit(Outline.Conduit conduit) {
        html.element("h3", conduit.from() + " \u2192 " + conduit.to());
        html.element("p", conduit.service().isEmpty() ? conduit.name() : conduit.name() + ": " + conduit.service(),
                "class", "soft");
        if (!conduit.channel().isEmpty()) {
            html.element("p", t("demanded of connections: " + conduit.channel()));
        }
        HtmlTable table = new HtmlTable(html, phrases, "Rules from " + conduit.from() + " to " + conduit.to(), "rule",
                "permits", "seen>", "from when to when", "sample frames");
        conduit.rules().stream().limit(ROWS).forEach(rule -> {
            table.row(false).cell(0, rule.id()).head(1, keys(rule), notes(rule)).cell(2, number(rule.count()));
            when(table, rule);
            table.cell(4, frames(rule.frames(), rule.count())).endRow();
        });
        table.end();
        if (conduit.rules().size() > ROWS) {
            html.element("p", t("more rules are in the policy's text"), "class", "soft");
        }
    }

    /** As the policy states it, long lists cut. */
    private static String keys(Outline.Rule rule) {
        return rule.keys().entrySet().stream().map(e -> e.getKey() + ": " + values(e.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String values(List<String> values) {
        if (values.size() == 1) {
            return values.getFirst();
        }
        return values.stream().limit(VALUES)
                .collect(Collectors.joining(", ", "[", values.size() > VALUES ? " \u2026]" : "]"));
    }

    private String notes(Outline.Rule rule) {
        List<String> notes = new ArrayList<>();
        rule.decide().ifPresent(why -> notes.add(t("DECIDE: " + why)));
        if (rule.dormant()) {
            notes.add(t("only as a comment in the policy"));
        }
        rule.notes().forEach(note -> notes.add(t(note)));
        if (rule.confidence() >= 0) {
            notes.add(t("confidence " + rule.confidence() + " %"));
        }
        return String.join("; ", notes);
    }

    /** When, and a bar that shows what part of the recording that is; the times stand beside, so it needs no colour. */
    private void when(HtmlTable table, Outline.Rule rule) {
        String first = moment(rule.first());
        String last = moment(rule.last());
        String day = first.substring(0, 11);
        String when = first + " \u2013 " + (last.startsWith(day) ? last.substring(11) : last);
        Outline all = proposal.outline();
        double length = Math.max(1.0, (double) all.last() - all.first());
        long from = Math.round(Math.clamp((rule.first() - all.first()) / length, 0, 1) * (BAR - LONGEST_BAR));
        long to = Math.round(Math.clamp((rule.last() - all.first()) / length, 0, 1) * (BAR - LONGEST_BAR));
        table.cell(3, when, () -> {
            html.open("svg", "class", "mini", "role", "img", "aria-label", when, "viewBox", "0 0 " + BAR + " 12",
                    "preserveAspectRatio", "none");
            html.open("rect", "class", "allowed", "x", Long.toString(from), "y", "0", "width",
                    Long.toString(to - from + LONGEST_BAR), "height", "12").close().close();
        });
    }

    private static String moment(long nanos) {
        return Times.iso(nanos).substring(0, 19).replace('T', ' ');
    }

    private static String frames(List<Long> frames, long count) {
        return frames.stream().map(String::valueOf).collect(Collectors.joining(", "))
                + (count > frames.size() ? " \u2026" : "");
    }

    private void leftOut() {
        html.open("section", "id", "left-out").line().element("h2", t("Seen, and in no rule"));
        if (proposal.leftOut().isEmpty()) {
            html.element("p", t("Nothing that was seen is left out."));
        }
        Map<LeftOut.Why, List<LeftOut>> sorts = new EnumMap<>(LeftOut.Why.class);
        proposal.leftOut().forEach(l -> sorts.computeIfAbsent(l.why(), _ -> new ArrayList<>()).add(l));
        sorts.forEach((why, all) -> {
            html.element("h3", t(why.sentence()));
            HtmlTable table = new HtmlTable(html, phrases, why.sentence(), "who", "what", "seen>", "sample frames");
            all.stream().limit(ROWS).forEach(l -> table.row(false).cell(0, l.who().replace(" to ", " \u2192 "))
                    .head(1, what(l), "").cell(2, number(l.count())).cell(3, frames(l.frames(), l.count())).endRow());
            table.end();
            if (all.size() > ROWS) {
                html.element("p", t("and " + number(all.size() - ROWS) + " more of the kind"), "class", "soft");
            }
        });
        html.close().line();
    }

    /** Requests are in the protocol's words. */
    private String what(LeftOut l) {
        return switch (l.why()) {
            case SCAN, UNREADABLE, CONFLICTING, DEAD, CONNECTED -> t(l.what());
            default -> phrases.word(l.what());
        };
    }

    private void places() {
        html.open("section", "id", "places").line().element("h2", t("Places"));
        Map<String, String> told = proposal.outline().zones().stream()
                .collect(Collectors.toMap(Outline.Zone::name, Outline.Zone::told));
        HtmlTable table = new HtmlTable(html, phrases, "Places", "place", "address", "zone", "zone told by");
        proposal.outline().assets().forEach(a -> table.row(false).head(0, a.name(), "").cell(1, a.address())
                .cell(2, a.zone()).cell(3, t(told.getOrDefault(a.zone(), ""))).endRow());
        table.end();
        html.close().line();
    }
}
