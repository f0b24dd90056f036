package io.sluice.replay;

import java.util.Locale;

/** The language in which a page speaks to people. Words of policies and protocols stay as they are. */
public enum ReportLanguage implements Phrases {
    EN,
    DE;

    /** Read when the first German page is written. */
    private static final class German {
        static final Phrasebook BOOK = Phrasebook.read("german.txt");
    }

    @Override
    public String of(String english) {
        return word(english);
    }

    @Override
    public String word(String text) {
        return this == EN ? text : German.BOOK.find(text).orElse(text);
    }

    @Override
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
