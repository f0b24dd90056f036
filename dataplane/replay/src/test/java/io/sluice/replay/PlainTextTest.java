package io.sluice.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Text that fits a terminal and does nothing to it. */
class PlainTextTest {
    @Test
    void digitsStandInGroupsOfThree() {
        assertEquals("0", PlainText.number(0));
        assertEquals("999", PlainText.number(999));
        assertEquals("1 000", PlainText.number(1000));
        assertEquals("12 345 678", PlainText.number(12_345_678));
        assertEquals("-123 456", PlainText.number(-123_456));
        assertEquals("1 packet", PlainText.count(1, "packet"));
    }

    @Test
    void linesBreakAtSpacesAndInLongWords() {
        assertEquals(List.of("ab cd", "ef"), PlainText.fold("ab cd ef", 5));
        assertEquals(List.of("abcde", "fgh"), PlainText.fold("abcdefgh", 5));
        assertEquals(List.of("abc", "defgh", "ij"), PlainText.fold("abc defghij", 5));
        assertEquals(List.of(""), PlainText.fold("", 5));
    }

    // Half a character is no character: the terminal would show rubbish.
    @Test
    void aCharacterOfTwoUnitsIsNotCut() {
        assertEquals(List.of("abcd", "\uD83D\uDE00e"), PlainText.fold("abcd\uD83D\uDE00e", 5));
    }

    @Test
    void whatWouldActIsShownByItsNumber() {
        assertEquals("a<U+001B>[2J<U+000A>b", PlainText.clean("a\u001b[2J\nb"));
        // Turns the rest of the line round, so that a name reads as another (Unicode TR 36 §2).
        assertEquals("<U+202E>exe.txt", PlainText.clean("\u202eexe.txt"));
        assertEquals("<U+D800>", PlainText.clean("\uD800"));
        assertEquals("Fördermenge", PlainText.clean("Fördermenge"));
    }
}
