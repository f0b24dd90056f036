package io.sluice.manage.firewall;

import io.sluice.manage.firewall.PolicyTree.Entries;
import io.sluice.manage.firewall.PolicyTree.Entry;
import io.sluice.manage.firewall.PolicyTree.Items;
import io.sluice.manage.firewall.PolicyTree.Node;
import io.sluice.manage.firewall.PolicyTree.Scalar;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Additions to a policy's text that leave every other byte of it as it is: comments, order, quotes and line ends. What is
 * added follows the style around it, lines below lines and braces within braces.
 */
final class PolicyEdits {
    private static final int INDENT = 2;

    private final String text;
    private final String lineEnd;
    private final PolicyTree tree;
    private final List<Edit> edits = new ArrayList<>();
    /** What people are to look at, in the last edit. */
    private String shown = "";

    /** {@code text} in place of what lies between two offsets. */
    private record Edit(int from, int to, String text) {}

    /**
     * Something to add below a key.
     *
     * @param flow its value in braces
     * @param lines the same as lines of their own, those below the key indented from 0; empty: only in braces
     */
    record Addition(String key, String flow, List<String> lines) {}

    /**
     * The changed text.
     *
     * @param line the first that was added or changed, from 1
     */
    record Edited(String yaml, int line) {}

    PolicyEdits(String text) {
        this.text = text;
        lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
        tree = new PolicyTree(text);
    }

    /** Rules in braces, behind the conduit's last allow. */
    void allow(String conduit, List<String> rules) {
        Entries map = tree.conduit(conduit).orElseThrow();
        shown = rules.getFirst();
        Node value = map.find("allow").orElse(null);
        if (value instanceof Items items && !items.flow() && !items.items().isEmpty()) {
            String dash = " ".repeat(indent(items.start())) + "- ";
            insertLines(items.end(), rules.stream().map(r -> dash + r).toList());
        } else if (value instanceof Items items) {
            insertInBrackets(items.start(), items.items(), String.join(", ", rules));
        } else {
            add(map, new Addition("allow", "[" + String.join(", ", rules) + "]",
                    rules.stream().map(r -> "- " + r).toList()));
        }
    }

    /** Entries of one of the policy's sections, such as a conduit of {@code conduits}. */
    void entries(String section, List<Addition> additions) {
        String flow = additions.stream().map(a -> a.key() + ": " + a.flow()).collect(Collectors.joining(", "));
        Node value = tree.root().find(section).orElse(null);
        shown = additions.getFirst().key() + ":";
        if (value instanceof Entries entries && (entries.flow() || entries.entries().isEmpty())) {
            insertInBrackets(entries.start(), values(entries), flow);
        } else if (value instanceof Entries entries) {
            additions.forEach(a -> add(entries, a));
        } else {
            add(tree.root(), new Addition(section, "{" + flow + "}",
                    additions.stream().flatMap(a -> asLines(a).stream()).toList()));
        }
    }

    /** Another rate for a rule that has one. */
    void rate(String conduit, String rule, String rate) {
        Node value = tree.rule(conduit, rule).flatMap(r -> r.find("rate")).orElseThrow();
        shown = rate;
        edits.add(new Edit(value.start(), value.end(), rate));
    }

    /** Below a key that is there and empty, or with a key of its own. */
    private void add(Entries map, Addition addition) {
        Entry there = map.entry(addition.key()).orElse(null);
        if (there != null) {
            Scalar empty = (Scalar) there.value();
            boolean colon = text.substring(there.key().end(), Math.max(there.key().end(), empty.start()))
                    .contains(":");
            edits.add(new Edit(empty.start(), empty.end(), (colon ? " " : ": ") + addition.flow()));
        } else if (map.flow()) {
            insertInBrackets(map.start(), values(map), addition.key() + ": " + addition.flow());
        } else {
            String margin = " ".repeat(indent(map.entries().getFirst().key().start()));
            insertLines(map.end(), asLines(addition).stream().map(l -> margin + l).toList());
        }
    }

    private static List<Node> values(Entries map) {
        return map.entries().stream().map(Entry::value).toList();
    }

    private static List<String> asLines(Addition addition) {
        List<String> lines = new ArrayList<>();
        lines.add(addition.key() + ":" + (addition.lines().isEmpty() ? " " + addition.flow() : ""));
        addition.lines().forEach(l -> lines.add(" ".repeat(INDENT) + l));
        return lines;
    }

    /** As the last within brackets or braces, before a comma that stands there already. */
    private void insertInBrackets(int start, List<Node> siblings, String addition) {
        if (siblings.isEmpty()) {
            edits.add(new Edit(start + 1, start + 1, addition));
        } else {
            int end = siblings.stream().mapToInt(Node::end).max().orElseThrow();
            edits.add(new Edit(end, end, ", " + addition));
        }
    }

    /** Below the line on which something ends. */
    private void insertLines(int end, List<String> added) {
        int line = text.indexOf('\n', end);
        int at = line < 0 ? text.length() : line > end && text.charAt(line - 1) == '\r' ? line - 1 : line;
        edits.add(new Edit(at, at, added.stream().map(l -> lineEnd + l).collect(Collectors.joining())));
    }

    /** The column of the first character on the line of an offset. */
    private int indent(int offset) {
        int start = text.lastIndexOf('\n', offset - 1) + 1;
        int column = start;
        while (text.charAt(column) == ' ') {
            column++;
        }
        return column - start;
    }

    /** All edits made; the line is that of the last one asked for. */
    Edited edited() {
        Edit last = edits.getLast();
        List<Edit> inOrder = edits.stream().sorted(Comparator.comparingInt(Edit::from)).toList();
        StringBuilder yaml = new StringBuilder();
        int at = 0;
        int line = 1;
        for (Edit edit : inOrder) {
            yaml.append(text, at, edit.from);
            if (edit.equals(last)) {
                String above = yaml + edit.text.substring(0, Math.max(0, edit.text.indexOf(shown)));
                line = 1 + (int) above.chars().filter(c -> c == '\n').count();
            }
            yaml.append(edit.text);
            at = edit.to;
        }
        return new Edited(yaml.append(text, at, text.length()).toString(), line);
    }
}
