package io.sluice.rules.learn;

import java.util.regex.Pattern;

/** Texts of a policy that come from messages, whose senders may wish them to read as something else. */
final class YamlText {
    /** As long as a value of a policy may be, with room for what is escaped. */
    private static final int LONGEST = 900;
    private static final int COMMENT = 400;
    private static final Pattern NO_NAME = Pattern.compile("[^A-Za-z0-9._-]+");

    private YamlText() {}

    /** Whether a policy can state a text at all: it shows itself as what it is, and is not too long. */
    static boolean isStatable(String text) {
        return text.length() <= LONGEST && text.codePoints().allMatch(YamlText::isReadable);
    }

    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** One line that stays a comment. */
    static String comment(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().limit(COMMENT).forEach(c -> line.appendCodePoint(isReadable(c) ? c : '?'));
        return line + (text.codePointCount(0, text.length()) > COMMENT ? "…" : "");
    }

    /** A name made of a text. */
    static String name(String text) {
        String name = NO_NAME.matcher(text).replaceAll("-");
        name = name.replaceAll("^[._-]+|[._-]+$", "");
        return name.isEmpty() ? "unnamed" : name.substring(0, Math.min(40, name.length()));
    }

    private static boolean isReadable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR, Character.UNASSIGNED, Character.PRIVATE_USE ->
                false;
            default -> true;
        };
    }
}
