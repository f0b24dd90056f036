package io.sluice.manage.query;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers and ranges: {@code 5}, {@code 100..119}, {@code 100..}, {@code ..0.5}, {@code 0x10}. */
final class RangeWords {
    private static final String NUMBER = "-?[0-9]{1,16}(?:\\.[0-9]{1,15})?|0x[0-9a-fA-F]{1,8}";
    private static final Pattern RANGE = Pattern.compile("(" + NUMBER + ")?(\\.\\.)?(" + NUMBER + ")?");

    private RangeWords() {}

    static Value.@Nullable Range of(String text) {
        Matcher m = RANGE.matcher(text);
        if (!m.matches()) {
            return null;
        }
        String low = m.group(1);
        String high = m.group(3);
        if (m.group(2) == null) {
            return low == null || high != null ? null : new Value.Range(number(low), number(low));
        }
        if (low == null && high == null) {
            return null;
        }
        return new Value.Range(low == null ? Double.NEGATIVE_INFINITY : number(low),
                high == null ? Double.POSITIVE_INFINITY : number(high));
    }

    /** Without a negative zero, which no comparison tells from zero but equality of records does. */
    private static double number(String text) {
        return (text.startsWith("0x") ? Long.parseLong(text, 2, text.length(), 16) : Double.parseDouble(text)) + 0.0;
    }
}
