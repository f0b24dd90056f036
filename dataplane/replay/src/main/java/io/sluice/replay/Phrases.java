package io.sluice.replay;

/** What a page says, in the language in which it says it. */
interface Phrases {
    /** A phrase or sentence of the program. */
    String of(String english);

    /** A text that may be the program's, or a word of a policy or protocol, which stays as it is. */
    String word(String text);

    /** For the {@code lang} attribute. */
    String code();
}
