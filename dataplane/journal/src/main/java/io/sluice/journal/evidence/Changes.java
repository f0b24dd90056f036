package io.sluice.journal.evidence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a session wrote, or tried to: each place with the value that it had before, where the session itself had written it.
 * The journal has no values of answers, so what nobody wrote is not seen.
 */
final class Changes {
    /** In a bundle's words. */
    static final String PASSED = "passed";
    static final String REFUSED = "refused";
    private static final Pattern MODBUS = Pattern.compile("(write unit [0-9]+ [a-z]+) ([0-9]+)(?:\\.\\.([0-9]+))?");

    /**
     * A change of one place.
     *
     * @param before empty where it was not seen
     * @param after empty where the record does not say
     * @param verdict {@link #PASSED}, or {@link #REFUSED} and why
     */
    record Change(SessionRecord record, String where, String before, String after, String verdict) {
        boolean passed() {
            return verdict.startsWith(PASSED);
        }
    }

    private final Map<String, String> seen = new HashMap<>();
    private final List<Change> all = new ArrayList<>();

    private Changes() {}

    static List<Change> in(List<SessionRecord> records) {
        Changes changes = new Changes();
        records.forEach(changes::record);
        return changes.all;
    }

    private void record(SessionRecord record) {
        if (record.type().equals("session-refused")) {
            parts(record, record.note("does"), record.note("target") + " ",
                    REFUSED + " at the gateway: " + record.note("reason"));
        } else if (record.text("direction").equals("to_server")) {
            parts(record, record.text("sluice", "does"), record.text("sluice", "to") + " ", verdict(record));
        }
    }

    private static String verdict(SessionRecord record) {
        String rule = record.text("sluice", "rule");
        if (record.text("sluice", "verdict").equals("allow")) {
            return PASSED + (rule.isEmpty() ? "" : ", rule " + rule);
        }
        String why = record.text("sluice", "reason") + (rule.isEmpty() ? "" : ", rule " + rule);
        return record.text("sluice", "enforced").equals("true")
                ? REFUSED + ": " + why
                : PASSED + ", would be refused: " + why;
    }

    /** Names of OPC UA nodes may contain any words, so only what Modbus does is taken apart. */
    private void parts(SessionRecord record, String does, String to, String verdict) {
        boolean modbus = record.text("app_proto").equals("modbus");
        for (String part : modbus ? does.split(" and ", -1) : new String[]{does}) {
            int equals = part.indexOf(" = ");
            String place = equals < 0 ? part : part.substring(0, equals);
            String value = equals < 0 ? "" : part.substring(equals + 3);
            if (place.startsWith("write ")) {
                Matcher range = MODBUS.matcher(place);
                String[] values = value.split(", ", -1);
                if (modbus && range.matches() && range.group(3) != null && spans(range, values.length)) {
                    long low = Long.parseLong(range.group(2));
                    for (int i = 0; i < values.length; i++) {
                        change(record, to + range.group(1).substring(6) + " " + (low + i), values[i], verdict);
                    }
                } else {
                    change(record, to + place.substring(6), value, verdict);
                }
            } else if (place.startsWith("function ")) {
                change(record, to + place, value, verdict);
            }
        }
    }

    private static boolean spans(Matcher range, int values) {
        return range.group(2).length() < 7 && range.group(3).length() < 7
                && Integer.parseInt(range.group(3)) - Integer.parseInt(range.group(2)) + 1 == values;
    }

    private void change(SessionRecord record, String where, String after, String verdict) {
        Change change = new Change(record, where, seen.getOrDefault(where, ""), after, verdict);
        all.add(change);
        if (change.passed()) {
            if (after.isEmpty()) {
                seen.remove(where);
            } else {
                seen.put(where, after);
            }
        }
    }
}
