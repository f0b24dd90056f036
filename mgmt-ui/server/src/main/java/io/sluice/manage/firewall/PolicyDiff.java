package io.sluice.manage.firewall;

import io.sluice.manage.Refused;
import io.sluice.rules.analyze.Differences;
import io.sluice.rules.analyze.PolicyDifference;
import io.sluice.rules.analyze.SettingChange;
import io.sluice.rules.analyze.Statement;
import io.sluice.rules.space.Comparison.TooMany;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * In what a draft differs from another policy, line by line: what {@code sluice diff} says.
 *
 * @param summary all of it in one line
 */
public record PolicyDiff(List<Change> changes, String summary) {
    /** Words by which operations begin that change a device or take it away from its operators. */
    private static final Set<String> DANGEROUS = Set.of("write", "call", "function", "program", "restart", "transfer",
            "add", "delete", "update", "any", "everything");

    /** What sort of difference it is. */
    public enum Kind {
        ALLOWED,
        REFUSED,
        OTHER
    }

    /**
     * One difference.
     *
     * @param conduit that decides it, in the policy that allows or refuses it; empty for what belongs to none
     * @param what the requests in the policy's words; of settings, which one and how
     * @param example one request; may be empty
     * @param danger newly allows a change of a device
     */
    public record Change(Kind kind, String conduit, String from, String to, String what, String example,
            boolean danger) {}

    public static PolicyDiff between(PolicyText.Sound before, PolicyText.Sound after) throws Refused {
        Differences differences;
        try {
            differences = PolicyDifference.between(before.version(), after.version());
        } catch (TooMany e) {
            throw Refused.of(422, "too-many-differences",
                    "the policies differ in more places than can be listed; change"
                            + " the policy in smaller steps");
        }
        List<Change> changes = new ArrayList<>();
        differences.statements().forEach(s -> changes.add(change(s, before, after)));
        for (SettingChange s : differences.settings()) {
            changes.add(
                    new Change(Kind.OTHER, "", "", "", s.what() + ": " + s.before() + " → " + s.after(), "", false));
        }
        return new PolicyDiff(List.copyOf(changes), summary(changes));
    }

    private static Change change(Statement s, PolicyText.Sound before, PolicyText.Sound after) {
        String service = s.service().isEmpty() ? "" : s.service() + ": ";
        String when = s.when().isEmpty() ? "" : " " + s.when();
        String what = switch (s.kind()) {
            case ALLOWED -> service + s.what() + when + rate(s.after());
            case DENIED -> service + s.what() + when + rate(s.before());
            case RATE -> service + s.what() + when + ": " + s.before() + " → " + s.after();
            case INSPECTION -> "inspection of " + service + s.before() + " → " + s.after();
            case CHANNEL -> "channel of " + service + s.before() + " → " + s.after();
            case ON_DENY -> "answer to refusals of " + service + s.before() + " → " + s.after();
            case MODE -> "mode of " + service + s.before() + " → " + s.after();
        };
        Kind kind = switch (s.kind()) {
            case ALLOWED -> Kind.ALLOWED;
            case DENIED -> Kind.REFUSED;
            case RATE, INSPECTION, CHANNEL, ON_DENY, MODE -> Kind.OTHER;
        };
        return new Change(kind, ChangedConduit.of(s, before, after), String.join(", ", s.from()),
                String.join(", ", s.to()), what,
                s.witness().flatMap(w -> w.does()).orElse(""), danger(s));
    }

    /** What is not inspected may be anything; a weaker mode lets everything pass. */
    private static boolean danger(Statement s) {
        return switch (s.kind()) {
            case ALLOWED -> s.service().isEmpty()
                    || DANGEROUS.stream().anyMatch(word -> s.what().toLowerCase(Locale.ROOT).startsWith(word));
            case MODE -> s.before().equals("enforce");
            case DENIED, RATE, INSPECTION, CHANNEL, ON_DENY -> false;
        };
    }

    private static String rate(String rate) {
        return rate.isEmpty() || rate.equals("unlimited") ? "" : ", " + rate;
    }

    private static String summary(List<Change> changes) {
        if (changes.isEmpty()) {
            return "no difference: both mean the same";
        }
        return count(changes, Kind.ALLOWED) + " newly allowed, " + count(changes, Kind.REFUSED) + " newly refused, "
                + count(changes, Kind.OTHER) + " other";
    }

    private static long count(List<Change> changes, Kind kind) {
        return changes.stream().filter(c -> c.kind() == kind).count();
    }
}
