package io.sluice.dissect.opcua;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a request into words. Spaces divide; what stands in quotes is one word, with {@code \"} for a quote and
 * {@code \\} for a backslash. Node ids are full of {@code =} and may have commas, so the first counts only where a word
 * begins, and the second only among values.
 */
final class OpcUaTokens {
    private final String text;
    private final List<List<Token>> parts = new ArrayList<>();
    private boolean amongValues;
    private int at;

    /** @param quoted written in quotes, and so never a word of the grammar or a number */
    record Token(String text, boolean quoted) {}

    private OpcUaTokens(String text) {
        this.text = text;
    }

    /** The words of each of the parts that {@code and} joins. */
    static List<List<Token>> parts(String text) {
        OpcUaTokens tokens = new OpcUaTokens(text);
        tokens.parts.add(new ArrayList<>());
        while (tokens.skipSpaces()) {
            tokens.add(tokens.next());
        }
        return tokens.parts;
    }

    private void add(Token token) {
        if (!token.quoted && token.text.equalsIgnoreCase("and")) {
            parts.add(new ArrayList<>());
            amongValues = false;
        } else {
            parts.getLast().add(token);
        }
    }

    private boolean skipSpaces() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length();
    }

    private Token next() {
        char first = text.charAt(at);
        if (first == '"') {
            return quoted();
        }
        if (first == '=' || (first == ',' && amongValues)) {
            at++;
            amongValues = true;
            return new Token(String.valueOf(first), false);
        }
        int start = at;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at))
                && !(amongValues && text.charAt(at) == ',')) {
            at++;
        }
        return new Token(text.substring(start, at), false);
    }

    /** To the closing quote; a missing one is taken to stand at the end. */
    private Token quoted() {
        StringBuilder inside = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            inside.append(text.charAt(at));
        }
        at++;
        return new Token(inside.toString(), true);
    }
}
