package io.sluice.manage.query;

/** Values as numbers. */
public final class Numbers {
    private static final int LONGEST = 64;

    private Numbers() {}

    /** The number that a text is; NaN where it is none. */
    public static double of(String text) {
        int digits = 0;
        if (text.isEmpty() || text.length() > LONGEST) {
            return Double.NaN;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            digits += digit ? 1 : 0;
            if (!digit && !(c == '-' && i == 0) && c != '.' && !((c == 'E' || c == '-' || c == '+') && digits > 0)) {
                return Double.NaN;
            }
        }
        try {
            return digits == 0 ? Double.NaN : Double.parseDouble(text) + 0.0;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
