package io.sluice.replay;

import java.util.Map;

/** What every page begins with. */
final class PageShell {
    /** Nothing is loaded and nothing runs, whatever a captured name may try. */
    private static final String NOTHING_ELSE = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    private final Html html;
    private final Phrases phrases;

    PageShell(Html html, Phrases phrases) {
        this.html = html;
        this.phrases = phrases;
    }

    /**
     * Opens the page up to its main part.
     *
     * @param sections English titles by anchor
     */
    void open(String title, String product, String heading, String summary, Map<String, String> sections) {
        html.open("html", "lang", phrases.code()).line().open("head").line();
        html.single("meta", "charset", "utf-8");
        html.single("meta", "http-equiv", "Content-Security-Policy", "content", NOTHING_ELSE);
        html.single("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.element("title", title).style(ReportStyle.SHEET);
        html.close().line().open("body").line().open("header").line();
        html.element("p", product, "class", "product");
        html.element("h1", heading);
        html.element("p", summary, "class", "summary");
        html.open("nav", "aria-label", phrases.of("Contents")).open("ul").line();
        sections.forEach((anchor, name) -> html.open("li").open("a", "href", "#" + anchor).text(phrases.of(name))
                .close().close().line());
        html.close().close().line();
        html.close().line().open("main").line();
    }
}
