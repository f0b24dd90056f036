package io.sluice.replay;

import java.util.ArrayDeque;
import java.util.Deque;

/** A page in the making: every text and every attribute passes through {@link #escape}, every element is closed. */
final class Html {
    private final StringBuilder page = new StringBuilder("<!doctype html>\n");
    private final Deque<String> open = new ArrayDeque<>();

    /** Opens an element. {@code attributes} are names and values in turn. */
    Html open(String element, String... attributes) {
        tag(element, attributes);
        open.push(element);
        return this;
    }

    /** An element without contents and without an end tag. */
    Html single(String element, String... attributes) {
        tag(element, attributes);
        return line();
    }

    private void tag(String element, String... attributes) {
        page.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            page.append(' ').append(attributes[i]).append("=\"").append(escape(attributes[i + 1])).append('"');
        }
        page.append('>');
    }

    Html text(String text) {
        page.append(escape(text));
        return this;
    }

    Html close() {
        page.append("</").append(open.pop()).append('>');
        return this;
    }

    Html line() {
        page.append('\n');
        return this;
    }

    /** A whole element with nothing but text in it. */
    Html element(String element, String text, String... attributes) {
        return open(element, attributes).text(text).close().line();
    }

    /** The style sheet: a constant of the program, which CSS does not let us escape. */
    Html style(String sheet) {
        page.append("<style>\n").append(sheet).append("</style>\n");
        return this;
    }

    String page() {
        while (!open.isEmpty()) {
            close().line();
        }
        return page.toString();
    }

    static String escape(String text) {
        String clean = PlainText.clean(text);
        StringBuilder escaped = new StringBuilder(clean.length() + 16);
        for (int i = 0; i < clean.length(); i++) {
            char c = clean.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
