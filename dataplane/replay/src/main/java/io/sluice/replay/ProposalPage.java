package io.sluice.replay;

import static io.sluice.replay.PlainText.count;

import io.sluice.rules.learn.Proposal.Counts;
import java.util.LinkedHashMap;
import java.util.Map;

/** A page about a policy that was learnt from what cannot be read again: a journal, what was kept, a pipe. */
final class ProposalPage {
    private final Proposed proposed;
    private final Phrases phrases;
    private final Html html = new Html();
    private final ProposalSections sections;

    ProposalPage(Proposed proposed, Phrases phrases) {
        this.proposed = proposed;
        this.phrases = phrases;
        sections = new ProposalSections(proposed, phrases, html);
    }

    String page() {
        String title = phrases.of("Proposed policy " + proposed.name());
        Map<String, String> contents = new LinkedHashMap<>();
        contents.put("short", "In short");
        sections.contents(contents);
        new PageShell(html, phrases).open(title, phrases.of("Sluice learn"), title, phrases.of(summary()), contents);
        html.open("section", "id", "short").line().element("h2", phrases.of("In short"));
        html.open("ul", "class", "tiles").line();
        sections.tiles();
        html.close().line();
        html.element("p", phrases.of("Nothing was judged for this page: verdicts need captures that are files."));
        html.element("p", phrases.of("It says nothing about traffic that is not in these recordings."), "class",
                "soft");
        html.close().line();
        sections.write();
        html.close().line();
        html.element("footer", phrases.of("Frame numbers are those of the source. Times are UTC."));
        return html.page();
    }

    private String summary() {
        Counts c = proposed.proposal().counts();
        return count(c.rules(), "rule") + " proposed in " + count(c.conduits(), "conduit") + "; " + c.decisions()
                + " for a person to decide.";
    }
}
