package io.sluice.replay;

import java.util.ArrayList;
import java.util.List;

/** Text for a terminal and for pages, made harmless: names come from captures and policies that anyone may have written. */
final class PlainText {
    private PlainText() {}

    /** Control characters, and those that turn the direction of text, shown by their numbers instead of obeyed. */
    static String clean(String text) {
        if (text.codePoints().noneMatch(PlainText::acts)) {
            return text;
        }
        StringBuilder clean = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (acts(c)) {
                clean.append("<U+").append(String.format(java.util.Locale.ROOT, "%04X", c)).append('>');
            } else {
                clean.appendCodePoint(c);
            }
        });
        return clean.toString();
    }

    private static boolean acts(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR, Character.UNASSIGNED, Character.PRIVATE_USE ->
                true;
            default -> false;
        };
    }

    /** Lines of at most {@code width} characters, broken at spaces, in words where these are longer. */
    static List<String> fold(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > width) {
            int space = rest.lastIndexOf(' ', width);
            int end = space > 0 ? space : Character.isHighSurrogate(rest.charAt(width - 1)) ? width - 1 : width;
            lines.add(rest.substring(0, end).stripTrailing());
            rest = rest.substring(end).stripLeading();
        }
        lines.add(rest);
        return lines;
    }

    /** Digits in groups of three: {@code 53 169}. */
    static String number(long n) {
        String digits = Long.toString(n);
        StringBuilder grouped = new StringBuilder();
        for (int i = 0; i < digits.length(); i++) {
            boolean group = i > 0 && (digits.length() - i) % 3 == 0 && digits.charAt(i - 1) != '-';
            grouped.append(group ? " " : "").append(digits.charAt(i));
        }
        return grouped.toString();
    }

    /** A number with its noun: {@code 1 packet}, {@code 2 packets}. */
    static String count(long n, String noun) {
        return number(n) + " " + noun + (n == 1 ? "" : "s");
    }

    /** Frame numbers are written without groups, as analysers take them. */
    static String frames(long first, long last) {
        return first == last ? Long.toString(first) : first + ".." + last;
    }
}
