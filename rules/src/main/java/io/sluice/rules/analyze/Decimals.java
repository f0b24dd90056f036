package io.sluice.rules.analyze;

import io.sluice.dissect.OrderedNumber;

/** Ranges of {@link OrderedNumber}s for people: where a range begins behind a number rather than at it, it says so. */
final class Decimals {
    private Decimals() {}

    static String range(long low, long high) {
        boolean fromFirst = low <= OrderedNumber.of(Double.NEGATIVE_INFINITY);
        boolean toLast = high >= OrderedNumber.of(Double.POSITIVE_INFINITY);
        if (low == high) {
            return OrderedNumber.text(low);
        }
        if (fromFirst && toLast) {
            return "any number";
        }
        boolean behind = !fromFirst && length(low - 1) < length(low);
        boolean before = !toLast && length(high + 1) < length(high);
        if (toLast) {
            return behind ? "above " + OrderedNumber.text(low - 1) : OrderedNumber.text(low) + " and above";
        }
        if (fromFirst) {
            return before ? "below " + OrderedNumber.text(high + 1) : OrderedNumber.text(high) + " and below";
        }
        String from = behind ? OrderedNumber.text(low - 1) : OrderedNumber.text(low);
        String to = before ? OrderedNumber.text(high + 1) : OrderedNumber.text(high);
        String excluded = behind && before
                ? " (neither of the two)"
                : behind ? " (not " + from + ")" : before ? " (not " + to + ")" : "";
        return from + ".." + to + excluded;
    }

    private static int length(long form) {
        return OrderedNumber.text(form).length();
    }
}
