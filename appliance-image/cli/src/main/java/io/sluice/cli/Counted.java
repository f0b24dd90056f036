package io.sluice.cli;

/** Numbers with their nouns, as people write them. */
final class Counted {
    private Counted() {}

    /** {@code 1 rule}, {@code 2 rules}, {@code no rules}. */
    static String of(long count, String noun) {
        return (count == 0 ? "no" : Long.toString(count)) + " " + noun + (count == 1 ? "" : "s");
    }
}
