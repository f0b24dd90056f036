package io.sluice.rules.learn;

/**
 * One shape of a conversation with what came of it.
 *
 * @param good how often it was neither refused by anybody nor, where others are answered, left without an answer
 */
record Asking(Shape shape, Tally tally, long good) {
    static Asking of(Shape shape, Tally tally, Traffic traffic) {
        boolean answers = traffic.answers() > 0;
        return new Asking(shape, tally,
                tally.count() - tally.refused() - tally.forbidden() - (answers ? tally.unanswered() : 0));
    }

    /** In words: its first item, and to where it goes on. */
    String does() {
        String words = tally.does().isEmpty() ? "a request that cannot be put into words" : tally.does();
        return shape.high() > shape.low() ? words + " (to " + shape.high() + ")" : words;
    }
}
