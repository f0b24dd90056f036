package io.sluice.manage.alerts;

import io.sluice.manage.event.Deed;

/** Filters in the language of the Traffic page. */
final class Filters {
    private Filters() {}

    static String of(String... keysAndValues) {
        StringBuilder filter = new StringBuilder();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            if (!keysAndValues[i + 1].isEmpty()) {
                filter.append(filter.isEmpty() ? "" : " ").append(keysAndValues[i]).append(':')
                        .append(quoted(keysAndValues[i + 1]));
            }
        }
        return filter.toString();
    }

    /** What a written item is found by. */
    static String item(Deed.Part part, int address) {
        return part.node().isEmpty()
                ? of("unit", part.unit() < 0 ? "" : Integer.toString(part.unit()), "addr",
                        address < 0 ? "" : Integer.toString(address))
                : of("node", part.node());
    }

    static String join(String one, String other) {
        return other.isEmpty() ? one : one + " " + other;
    }

    private static String quoted(String value) {
        boolean plain = value.chars().allMatch(c -> Character.isLetterOrDigit(c) || "._-/=;".indexOf(c) >= 0);
        return plain ? value : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
