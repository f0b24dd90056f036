package io.sluice.manage.firewall;

import io.sluice.rules.policy.Conduit;
import io.sluice.rules.policy.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Puts a rule into a policy's text, so that nothing else of it changes: neither comments nor the order of lines. */
final class RuleInsertion {
    private RuleInsertion() {}

    /**
     * The text with the rule.
     *
     * @param line where it stands, from 1
     */
    record Inserted(String yaml, int line) {}

    /** Behind the conduit's last allow; empty where the text is not written in lines that begin with {@code - }. */
    static Optional<Inserted> into(String yaml, Conduit conduit, String rule) {
        List<String> lines = new ArrayList<>(Arrays.asList(yaml.split("\n", -1)));
        Optional<Rule> last = conduit.rules().stream().filter(r -> !r.deny())
                .max(Comparator.comparingInt(r -> r.position().line()));
        return last.isPresent() ? behind(lines, last.get(), rule) : first(lines, conduit, rule);
    }

    private static Optional<Inserted> behind(List<String> lines, Rule last, String rule) {
        int at = last.position().line() - 1;
        String line = lines.get(at);
        int dash = line.indexOf('-');
        if (dash < 0 || dash != indent(line) || last.position().column() <= dash + 1) {
            return Optional.empty();
        }
        int end = endOfBlock(lines, at, dash);
        return inserted(lines, end, " ".repeat(dash) + "- " + rule);
    }

    /** A conduit that allows nothing yet. */
    private static Optional<Inserted> first(List<String> lines, Conduit conduit, String rule) {
        int at = conduit.position().line() - 1;
        int keys = indent(lines.get(at));
        boolean ownLine = conduit.position().column() - 1 == keys && !lines.get(at).contains("{");
        boolean hasAllow = false;
        int end = ownLine ? at + 1 : at;
        while (ownLine && end < lines.size() && (lines.get(end).isBlank() || indent(lines.get(end)) >= keys)) {
            hasAllow |= lines.get(end).startsWith("allow:", keys);
            end++;
        }
        if (!ownLine || hasAllow) {
            return Optional.empty();
        }
        while (lines.get(end - 1).isBlank()) {
            end--;
        }
        lines.add(end, " ".repeat(keys) + "allow:");
        return inserted(lines, end + 1, " ".repeat(keys + 2) + "- " + rule);
    }

    /** The line behind what is deeper than a dash. */
    private static int endOfBlock(List<String> lines, int from, int dash) {
        int end = from + 1;
        while (end < lines.size() && !lines.get(end).isBlank() && indent(lines.get(end)) > dash) {
            end++;
        }
        return end;
    }

    private static int indent(String line) {
        int i = 0;
        while (i < line.length() && line.charAt(i) == ' ') {
            i++;
        }
        return i;
    }

    private static Optional<Inserted> inserted(List<String> lines, int at, String line) {
        lines.add(at, line);
        return Optional.of(new Inserted(String.join("\n", lines), at + 1));
    }
}
