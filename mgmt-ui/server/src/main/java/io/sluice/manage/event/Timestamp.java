package io.sluice.manage.event;

/** Times as the journal writes them: {@code 2026-11-27T16:27:36.000123+0000}. */
final class Timestamp {
    private static final int LENGTH = 31;
    private static final long MICROS = 1_000_000L;

    private Timestamp() {}

    /** Microseconds since 1970-01-01T00:00Z; -1 for what is no such time. */
    static long micros(String text) {
        if (text.length() != LENGTH || !text.endsWith("+0000") || text.charAt(10) != 'T' || text.charAt(19) != '.') {
            return -1;
        }
        long year = number(text, 0, 4);
        long month = number(text, 5, 7);
        long day = number(text, 8, 10);
        long hour = number(text, 11, 13);
        long minute = number(text, 14, 16);
        long second = number(text, 17, 19);
        long micros = number(text, 20, 26);
        if (Math.min(Math.min(Math.min(year, month), Math.min(day, hour)),
                Math.min(Math.min(minute, second), micros)) < 0) {
            return -1;
        }
        return (((days(year, month, day) * 24 + hour) * 60 + minute) * 60 + second) * MICROS + micros;
    }

    /** Days since 1970-01-01 in the Gregorian calendar; the year is counted from March, so that its leap day is its last. */
    private static long days(long year, long month, long day) {
        long y = month <= 2 ? year - 1 : year;
        long era = Math.floorDiv(y, 400L);
        long ofEra = y - era * 400;
        long ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468;
    }

    private static long number(String text, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
