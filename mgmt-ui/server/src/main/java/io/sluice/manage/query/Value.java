package io.sluice.manage.query;

import java.math.BigDecimal;

/** One of the values behind a key. */
public sealed interface Value {
    /** As it is written in a filter. */
    String written();

    /**
     * A text.
     *
     * @param pattern a {@code *} in it stands for any characters, or none
     */
    record Text(String text, boolean pattern) implements Value {
        @Override
        public String written() {
            return pattern || plain() ? text : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        }

        private boolean plain() {
            return !text.isEmpty() && text.indexOf('*') < 0 && text.chars().noneMatch(FilterWords::divides)
                    && text.indexOf('\\') < 0;
        }

        boolean matches(String other) {
            return pattern ? like(text, 0, other, 0) : text.equals(other);
        }

        /** Whether it matches a text whose case does not count; its own is folded already. */
        boolean matchesFolded(String other) {
            return matches(fold(other));
        }

        private static boolean like(String pattern, int p, String text, int t) {
            int at = t;
            int star = -1;
            int again = t;
            int i = p;
            while (at < text.length()) {
                if (i < pattern.length() && pattern.charAt(i) == '*') {
                    star = i++;
                    again = at;
                } else if (i < pattern.length() && pattern.charAt(i) == text.charAt(at)) {
                    i++;
                    at++;
                } else if (star >= 0) {
                    i = star + 1;
                    at = ++again;
                } else {
                    return false;
                }
            }
            while (i < pattern.length() && pattern.charAt(i) == '*') {
                i++;
            }
            return i == pattern.length();
        }

        /** For SQL's {@code LIKE}, with a backslash before what is meant literally. */
        String like() {
            return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_").replace('*', '%');
        }

        /** Small letters, character by character, as the index folds them. */
        static String fold(String text) {
            StringBuilder folded = new StringBuilder(text.length());
            text.codePoints().map(Character::toLowerCase).forEach(folded::appendCodePoint);
            return folded.toString();
        }
    }

    /** All numbers from one to another; of a single one both are the same, and an open end is infinite. */
    record Range(double low, double high) implements Value {
        @Override
        public String written() {
            return low == high ? number(low) : number(low) + ".." + number(high);
        }

        boolean has(double number) {
            return low <= number && number <= high;
        }

        /** For columns of whole numbers. */
        long lowest() {
            return (long) Math.ceil(low);
        }

        long highest() {
            return (long) Math.floor(high);
        }

        private static String number(double number) {
            return Double.isInfinite(number) ? "" : new BigDecimal(number).toPlainString();
        }
    }

    /**
     * A point in time.
     *
     * @param written as the user wrote it: absolute, or how long before now
     * @param ago before now, seconds; -1: absolute
     * @param micros since 1970-01-01T00:00Z, if absolute
     */
    record Time(String written, long ago, long micros) implements Value {
        private static final long MICROS = 1_000_000L;

        long micros(long nowMicros) {
            return ago < 0 ? micros : nowMicros - ago * MICROS;
        }
    }
}
