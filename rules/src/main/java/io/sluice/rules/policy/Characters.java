package io.sluice.rules.policy;

/**
 * Looks at a policy's characters before YAML does. Whatever makes a text look different from what it is has no place in
 * a policy: control characters, byte order marks, characters that turn the direction of writing, foreign line ends.
 */
final class Characters {
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private Characters() {}

    /** Reports what may not stand in a policy; says whether the text can be read. */
    static boolean check(String text, Problems problems) {
        if (text.length() > problems.limits().characters()) {
            problems.error(problems.at(1, 1), "the file has " + text.length() + " characters, more than the "
                    + problems.limits().characters() + " that a " + problems.kind().noun() + " may have");
            return false;
        }
        int line = 1;
        int column = 1;
        boolean readable = true;
        for (int i = 0, c; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            boolean lineFeedFollows = i + 1 < text.length() && text.charAt(i + 1) == '\n';
            if (!isReadable(c) && c != '\n' && !(c == '\r' && lineFeedFollows)) {
                problems.error(problems.at(line, column), sentence(c));
                readable = false;
            }
            column = c == '\n' ? 1 : column + 1;
            line += c == '\n' ? 1 : 0;
        }
        return readable;
    }

    /** Whether a character shows itself, as what it is, within one line. */
    static boolean isReadable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR, Character.UNASSIGNED ->
                false;
            default -> true;
        };
    }

    private static String sentence(int c) {
        return switch (c) {
            case '\t' -> "there is a tab here; use spaces";
            case '\r' -> "there is a carriage return without a line feed here; save the file with plain line ends";
            case BYTE_ORDER_MARK -> "there is a byte order mark here; save the file as UTF-8 without one";
            default -> String.format("there is a character here that cannot be seen (U+%04X); remove it", c);
        };
    }
}
