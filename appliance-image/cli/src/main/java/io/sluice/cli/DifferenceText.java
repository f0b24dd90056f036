package io.sluice.cli;

import io.sluice.rules.analyze.Differences;
import io.sluice.rules.analyze.SettingChange;
import io.sluice.rules.analyze.Statement;
import io.sluice.rules.analyze.Statement.Kind;
import io.sluice.rules.analyze.Witness;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Differences for people: who asks whom, and below it what is new. */
final class DifferenceText {
    private DifferenceText() {}

    static void print(Differences differences, String before, String after, PrintStream out) {
        if (differences.isEmpty()) {
            out.println("no difference: " + before + " and " + after + " mean the same");
            return;
        }
        groups(differences).forEach((places, statements) -> {
            out.println(places);
            statements.forEach(s -> print(s, out));
            out.println();
        });
        if (!differences.settings().isEmpty()) {
            out.println("settings");
            for (SettingChange change : differences.settings()) {
                out.println("  ~ " + change.what() + ": " + change.before() + " -> " + change.after());
            }
            out.println();
        }
        out.println(summary(differences));
    }

    private static Map<String, List<Statement>> groups(Differences differences) {
        Map<String, List<Statement>> groups = new LinkedHashMap<>();
        for (Statement s : differences.statements()) {
            String places = String.join(", ", s.from()) + " -> " + String.join(", ", s.to());
            groups.computeIfAbsent(places, p -> new ArrayList<>()).add(s);
        }
        return groups;
    }

    private static void print(Statement s, PrintStream out) {
        String service = s.service().isEmpty() ? "" : s.service() + ": ";
        String when = s.when().isEmpty() ? "" : " " + s.when();
        out.println(switch (s.kind()) {
            case ALLOWED -> "  + newly allowed  " + service + s.what() + when + atRate(s.after());
            case DENIED -> "  - newly denied   " + service + s.what() + when + atRate(s.before());
            case RATE -> "  ~ other rate     " + service + s.what() + when + ": " + s.before() + " -> " + s.after();
            case INSPECTION, CHANNEL, ON_DENY, MODE -> s.what().isEmpty()
                    ? "  ~ " + name(s.kind()) + service(s) + ": " + s.before() + " -> " + s.after()
                    : "  ~ other " + name(s.kind()) + "  " + service + s.what() + when + ": " + s.before() + " -> "
                            + s.after();
        });
        s.witness().ifPresent(w -> out.println("      e.g. " + w.text() + remark(s, w)));
    }

    private static String remark(Statement s, Witness w) {
        String was = s.kind() == Kind.RATE ? "" : "was " + w.before().text();
        String both = String.join(", ", Stream.of(w.when(), was).filter(t -> !t.isEmpty()).toList());
        return both.isEmpty() ? "" : "  # " + both;
    }

    private static String atRate(String rate) {
        return rate.isEmpty() || rate.equals("unlimited") ? "" : ", " + rate;
    }

    private static String service(Statement s) {
        return s.service().isEmpty() ? "" : " of " + s.service();
    }

    /** As in a policy. */
    static String name(Kind kind) {
        return switch (kind) {
            case ALLOWED -> "allowed";
            case DENIED -> "denied";
            case RATE -> "rate";
            case INSPECTION -> "port";
            case CHANNEL -> "channel";
            case ON_DENY -> "on_deny";
            case MODE -> "mode";
        };
    }

    private static String summary(Differences differences) {
        Map<Kind, Long> counts = new TreeMap<>();
        differences.statements().forEach(s -> counts.merge(s.kind(), 1L, Long::sum));
        long others = differences.settings().size() + differences.statements().stream()
                .filter(s -> s.kind() != Kind.ALLOWED && s.kind() != Kind.DENIED).count();
        return counts.getOrDefault(Kind.ALLOWED, 0L) + " newly allowed, " + counts.getOrDefault(Kind.DENIED, 0L)
                + " newly denied, " + Counted.of(others, "other difference");
    }
}
