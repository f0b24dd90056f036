package io.sluice.manage.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
    /** The secret of RFC 6238 appendix B, SHA-1. */
    private static final String SECRET = Base32.encode("12345678901234567890".getBytes(StandardCharsets.US_ASCII));

    // RFC 6238 appendix B has eight digits; six are the last six of them.
    @ParameterizedTest
    @CsvSource({"59, 287082", "1111111109, 081804", "1111111111, 050471", "1234567890, 005924", "2000000000, 279037",
            "20000000000, 353130"})
    void codesAreThoseOfTheStandard(long seconds, String code) {
        assertEquals(code, Totp.code(SECRET, seconds / Totp.STEP_SECONDS));
        assertEquals(OptionalLong.of(seconds / Totp.STEP_SECONDS), Totp.accept(SECRET, code, seconds, 0));
    }

    @Test
    void aCodeOfTheStepBeforeOrAfterCountsAndOneOfAUsedStepDoesNot() {
        long now = 1_111_111_111;
        long step = now / Totp.STEP_SECONDS;
        assertTrue(Totp.accept(SECRET, Totp.code(SECRET, step - 1), now, 0).isPresent());
        assertTrue(Totp.accept(SECRET, Totp.code(SECRET, step + 1), now, 0).isPresent());
        assertTrue(Totp.accept(SECRET, Totp.code(SECRET, step - 2), now, 0).isEmpty());
        assertTrue(Totp.accept(SECRET, Totp.code(SECRET, step), now, step).isEmpty());
        assertTrue(Totp.accept(SECRET, Totp.code(SECRET, step - 1), now, step).isEmpty());
        assertTrue(Totp.accept(SECRET, "", now, 0).isEmpty());
        assertTrue(Totp.accept(SECRET, "12345x", now, 0).isEmpty());
    }

    // RFC 4648 §10.
    @ParameterizedTest
    @CsvSource({"f, MY", "fo, MZXQ", "foo, MZXW6", "foob, MZXW6YQ", "fooba, MZXW6YTB", "foobar, MZXW6YTBOI"})
    void base32IsThatOfTheStandard(String text, String encoded) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertEquals(encoded, Base32.encode(bytes));
        assertArrayEquals(bytes, Base32.decode(encoded));
    }
}
