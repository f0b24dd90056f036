package io.sluice.manage.query;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a filter into terms: spaces divide, a {@code -} in front negates, the first colon behind a word of letters ends a key,
 * commas divide values. What stands in quotes is one value, with {@code \"} for a quote and {@code \\} for a backslash.
 */
final class FilterWords {
    private final String text;
    private final List<FilterProblem> problems;
    private int at;

    /** @param from where it begins in the filter */
    record Word(int from, int to, String text, boolean quoted) {}

    /** @param key empty for what is searched for in all texts */
    record Raw(int from, boolean negated, String key, int keyFrom, List<Word> values) {}

    private FilterWords(String text, List<FilterProblem> problems) {
        this.text = text;
        this.problems = problems;
    }

    static List<Raw> of(String text, List<FilterProblem> problems) {
        FilterWords words = new FilterWords(text, problems);
        List<Raw> all = new ArrayList<>();
        while (words.skipSpaces()) {
            all.add(words.term());
        }
        return all;
    }

    /** Characters that end a value without quotes. */
    static boolean divides(int c) {
        return Character.isWhitespace(c) || c == ',' || c == '"';
    }

    private boolean skipSpaces() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length();
    }

    private Raw term() {
        int from = at;
        boolean negated = text.charAt(at) == '-' && at + 1 < text.length()
                && !Character.isWhitespace(text.charAt(at + 1));
        if (negated) {
            at++;
        }
        int keyFrom = at;
        int colon = at;
        while (colon < text.length() && isLetter(text.charAt(colon))) {
            colon++;
        }
        boolean keyed = colon > at && colon < text.length() && text.charAt(colon) == ':';
        String key = keyed ? text.substring(at, colon) : "";
        at = keyed ? colon + 1 : at;
        List<Word> values = new ArrayList<>();
        if (!keyed) {
            values.add(text.charAt(at) == '"' ? quoted() : bare(false));
            return new Raw(from, negated, key, keyFrom, values);
        }
        do {
            values.add(at < text.length() && text.charAt(at) == '"' ? quoted() : bare(true));
        } while (at < text.length() && text.charAt(at) == ',' && ++at > 0);
        return new Raw(from, negated, key, keyFrom, values);
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** To the next space; in a list of values to the next comma. */
    private Word bare(boolean listed) {
        int from = at;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at)) && !(listed && text.charAt(at) == ',')) {
            at++;
        }
        return new Word(from, at, text.substring(from, at), false);
    }

    private Word quoted() {
        int from = at;
        StringBuilder inside = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            inside.append(text.charAt(at));
        }
        if (at >= text.length()) {
            problems.add(new FilterProblem(from, text.length(), "a quote is opened here and never closed; add `\"`"));
        }
        at = Math.min(at + 1, text.length());
        int to = at;
        if (at < text.length() && !divides(text.charAt(at))) {
            while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            problems.add(new FilterProblem(to, at, "a space or a comma is missing behind the closing quote"));
        }
        return new Word(from, to, inside.toString(), true);
    }
}
