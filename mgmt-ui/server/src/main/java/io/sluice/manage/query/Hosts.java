package io.sluice.manage.query;

import io.sluice.manage.event.Event.End;

/** What looks like an address is one, and is not looked for among names. */
final class Hosts {
    private Hosts() {}

    static boolean isAddress(Value.Text text) {
        boolean digits = false;
        boolean divided = false;
        for (int i = 0; i < text.text().length(); i++) {
            char c = text.text().charAt(i);
            boolean hexadecimal = Character.digit(c, 16) >= 0 && c < 128;
            divided |= c == ':' || c == '.';
            digits |= (c >= '0' && c <= '9') || c == ':';
            if (!hexadecimal && c != ':' && c != '.' && c != '*') {
                return false;
            }
        }
        return digits && divided;
    }

    static boolean is(Value.Text text, End end) {
        return text.matches(isAddress(text) ? end.address() : end.place());
    }
}
