package io.sluice.manage.jump;

import java.util.Locale;

/** How much a session may do of what its conduits allow. */
public enum Access {
    /** What changes nothing at the device. */
    READ,
    /** All of it. */
    WRITE,
    /** What rules say. */
    RULES;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** One of the words of the API document. */
    public static Access of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
