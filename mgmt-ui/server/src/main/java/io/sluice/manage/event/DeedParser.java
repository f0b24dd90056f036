package io.sluice.manage.event;

import io.sluice.manage.event.Deed.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes apart what a record says that a request does, such as {@code write unit 1 holding 100 = 1500}. Lines of protocols
 * differ in little: parts are joined by {@code and}, words stand before numbers, node ids have an equals sign inside, and
 * values stand behind one. What is cut short ({@code … and 3 more}) tells as much as is there.
 */
final class DeedParser {
    private static final Set<String> SPACES = Set.of("coil", "discrete", "input", "holding", "fifo");
    private static final int NONE = -1;

    private final String text;
    private final List<Part> parts = new ArrayList<>();
    private int at;
    private boolean quoted;
    private boolean amongValues;

    private DeedParser(String text) {
        this.text = text;
    }

    static List<Part> parts(String text) {
        DeedParser parser = new DeedParser(text);
        while (parser.part()) {
        }
        return parser.parts;
    }

    private boolean part() {
        String operation = next();
        if (operation == null) {
            return false;
        }
        int unit = NONE;
        int low = NONE;
        int high = NONE;
        String space = "";
        String node = "";
        List<String> values = List.of();
        amongValues = false;
        String word = next();
        for (; word != null && (quoted || !word.equals("and")); word = next()) {
            if (amongValues) {
                if (quoted || !(word.equals("=") || word.equals(",") || word.equals("…"))) {
                    values = values.isEmpty() ? new ArrayList<>() : values;
                    values.add(word);
                }
            } else if (quoted || word.indexOf('=') > 0) {
                node = node.isEmpty() ? word : node;
            } else if (word.equals("unit")) {
                unit = number(next());
            } else if (word.equals("file")) {
                space = word;
                next(); // its number
            } else if (SPACES.contains(word)) {
                space = word;
            } else if (!space.isEmpty() && low == NONE && Character.isDigit(word.charAt(0))) {
                int dots = word.indexOf("..");
                low = number(dots < 0 ? word : word.substring(0, dots));
                high = dots < 0 ? low : number(word.substring(dots + 2));
            }
        }
        if (operation.isEmpty() || !Character.isDigit(operation.charAt(0))) { // `3 more`
            parts.add(new Part(operation.toLowerCase(Locale.ROOT), unit, space, low, high, node, values));
        }
        return word != null;
    }

    private static int number(@Nullable String word) {
        int number = 0;
        if (word == null || word.isEmpty() || word.length() > 9) {
            return NONE;
        }
        for (int i = 0; i < word.length(); i++) {
            int digit = word.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return NONE;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** The next word, or null; a sign of values is a word of its own. */
    private @Nullable String next() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        if (at >= text.length()) {
            return null;
        }
        char first = text.charAt(at);
        quoted = first == '"';
        if (quoted) {
            return inQuotes();
        }
        if (first == '=' || (first == ',' && amongValues)) {
            at++;
            amongValues = true;
            return first == '=' ? "=" : ",";
        }
        int start = at;
        while (at < text.length() && text.charAt(at) != ' ' && !(amongValues && text.charAt(at) == ',')) {
            at++;
        }
        return text.substring(start, at);
    }

    /** To the closing quote; a missing one is taken to stand at the end. */
    private String inQuotes() {
        StringBuilder inside = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            inside.append(text.charAt(at));
        }
        at++;
        return inside.toString();
    }
}
