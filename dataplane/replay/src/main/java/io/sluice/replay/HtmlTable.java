package io.sluice.replay;

import java.util.List;

/** One table of the page, row by row. */
final class HtmlTable {
    private static final int SHORT = 17;

    private final Html html;
    private final Phrases language;
    /** The headings in English, and in the page's language. */
    private final List<String> columns;
    private final List<String> headings;
    private final boolean[] right;

    /** Headings that end in {@code >} head columns of numbers. The caption is for readers that cannot see the heading. */
    HtmlTable(Html html, Phrases language, String caption, String... headings) {
        this.html = html;
        this.language = language;
        right = new boolean[headings.length];
        for (int i = 0; i < headings.length; i++) {
            right[i] = headings[i].endsWith(">");
        }
        columns = List.of(headings).stream().map(h -> h.replace(">", "")).toList();
        this.headings = columns.stream().map(language::of).toList();
        html.open("table").line().element("caption", language.of(caption));
        html.open("thead").open("tr");
        for (int i = 0; i < headings.length; i++) {
            html.open("th", "scope", "col", "class", (right[i] ? "number " : "words ") + column(i))
                    .text(this.headings.get(i))
                    .close();
        }
        html.close().close().line().open("tbody").line();
    }

    /** Begins a row. */
    HtmlTable row(boolean denied) {
        if (denied) {
            html.open("tr", "class", "denied");
        } else {
            html.open("tr");
        }
        return this;
    }

    /** A cell of column {@code i} that holds plain text. */
    HtmlTable cell(int i, String text) {
        begin(i, text).text(text).close();
        return this;
    }

    /** The same with something drawn below the text. */
    HtmlTable cell(int i, String text, Runnable drawing) {
        begin(i, "").text(text);
        drawing.run();
        html.close();
        return this;
    }

    /** The cell that names the row. */
    HtmlTable head(int i, String text, String note) {
        html.open("th", "scope", "row", "class", "words", "data-label", headings.get(i)).text(text);
        note(note).close();
        return this;
    }

    /** Allowed or denied: by word and weight, and by colour beside them. */
    HtmlTable verdict(int i, boolean allowed) {
        begin(i, "").open("span", "class", allowed ? "allow" : "deny").text(language.of(allowed ? "allow" : "DENY"))
                .close().close();
        return this;
    }

    void endRow() {
        html.close().line();
    }

    void end() {
        html.close().close().line();
    }

    /** Frame numbers and other short entries stay on one line. */
    private Html begin(int i, String text) {
        boolean fixed = !text.isEmpty() && text.length() <= SHORT && text.indexOf(' ') < 0;
        return html.open("td", "class", right[i] ? "number" : fixed ? "fixed" : "words", "data-label", headings.get(i));
    }

    /** Columns that occur in several tables have one width in all of them. */
    private String column(int i) {
        String heading = columns.get(i);
        return heading.contains(" ") ? "column-ends" : "column-" + heading;
    }

    private Html note(String note) {
        return note.isEmpty() ? html : html.open("span", "class", "note").text(note).close();
    }
}
