package io.sluice.rules.policy;

/** A value understood, or a sentence that says what is wrong with it and what to write instead. */
public sealed interface Parsed<T> {
    record Yes<T>(T value) implements Parsed<T> {}

    record No<T>(String sentence) implements Parsed<T> {}

    static <T> Parsed<T> yes(T value) {
        return new Yes<>(value);
    }

    /** A refusal: what was written, in backticks, and the rest of the sentence. */
    static <T> Parsed<T> no(String text, String rest) {
        return new No<>(Problems.quote(text) + " " + rest);
    }
}
