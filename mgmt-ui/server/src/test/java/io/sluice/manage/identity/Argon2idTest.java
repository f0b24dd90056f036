package io.sluice.manage.identity;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class Argon2idTest {
    private static final String PASSWORD = "correct horse battery";
    /** Made by another library. */
    private static final String HASH = "$argon2id$v=19$m=47104,t=2,p=1$pg378ibq72/EXeieDZnVlg"
            + "$y2d070MD+JSc5gK2tua8I8eTYi4c/Ax2s23/LwGLQtg";

    @Test
    void aHashThatAnotherLibraryMadeIsKnown() {
        assertTrue(Argon2id.matches(PASSWORD, HASH));
        assertFalse(Argon2id.matches(PASSWORD + ".", HASH));
        assertFalse(Argon2id.matches(PASSWORD, HASH.replace("t=2", "t=3")));
    }

    @Test
    void eachHashHasItsOwnSaltAndCosts() {
        Argon2id small = new Argon2id(64, 1, 2);
        String one = small.hash(PASSWORD);
        assertNotEquals(one, small.hash(PASSWORD));
        assertTrue(one.startsWith("$argon2id$v=19$m=64,t=1,p=2$"), one);
        assertTrue(Argon2id.matches(PASSWORD, one));
        assertFalse(Argon2id.matches("Correct horse battery", one));
    }

    @Test
    void whatIsNoHashMatchesNothing() {
        for (String text : new String[]{"", "secret", "$argon2i$v=19$m=64,t=1,p=1$AAAAAAAAAAA$AAAA",
                HASH.substring(0, 40)}) {
            assertFalse(Argon2id.matches(PASSWORD, text), text);
        }
    }
}
