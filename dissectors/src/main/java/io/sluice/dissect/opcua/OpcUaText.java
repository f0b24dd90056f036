package io.sluice.dissect.opcua;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Strings of messages for people: cut, and cleaned of what a terminal might obey. Not for the packet path. */
final class OpcUaText {
    private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final int SHOWN = 200;
    /** No character takes more bytes in UTF-8; one more than are shown, so that a cut one is marked. */
    private static final int MOST_BYTES = 4 * (SHOWN + 1);

    private OpcUaText() {}

    /** Without control and other invisible characters, and no longer than people read. */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        int[] points = text.codePoints().limit(SHOWN + 1L).toArray();
        for (int i = 0; i < Math.min(points.length, SHOWN); i++) {
            shown.appendCodePoint(isVisible(points[i]) ? points[i] : '?');
        }
        return shown.append(points.length > SHOWN ? "…" : "").toString();
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR, Character.UNASSIGNED, Character.PRIVATE_USE ->
                false;
            default -> true;
        };
    }

    /** A text in quotes, as a request or a rule would state it. */
    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** A word of a request: in quotes where it would not read as one word. */
    static String word(String text) {
        return text.chars().anyMatch(Character::isWhitespace) ? quoted(text) : text;
    }

    /** The String at a place, in quotes; empty where none can be read. */
    static Optional<String> string(MemorySegment bytes, long at) {
        return bytes(bytes, at)
                .map(b -> quoted(shown(new String(b.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))));
    }

    /**
     * The bytes of the String or ByteString at a place, a character from 0 to 255 for each, as far as they are shown;
     * empty where it does not lie within the segment. Null counts as without bytes.
     */
    static Optional<String> bytes(MemorySegment bytes, long at) {
        long left = bytes.byteSize() - at - 4;
        if (at < 0 || left < 0) {
            return Optional.empty();
        }
        int length = Math.max(0, bytes.get(I32, at));
        return length > left ? Optional.empty() : Optional.of(bytes(bytes, at + 4, Math.min(length, MOST_BYTES)));
    }

    /** So many bytes, which lie within the segment. */
    static String bytes(MemorySegment bytes, long at, int count) {
        byte[] copy = new byte[count];
        MemorySegment.copy(bytes, JAVA_BYTE, at, copy, 0, count);
        return new String(copy, StandardCharsets.ISO_8859_1);
    }
}
