package io.sluice.engine;

/**
 * What is left of a stretch of a stream once an {@link Answer}'s ranges are cut from it. Numbers cannot be moved where
 * both ends count for themselves, so what is left must be one piece: a cut is a head, which the receiver has already, or a
 * tail.
 */
final class Remainder {
    int from;
    int to;
    /** Something inside is cut: what is left cannot be sent. */
    boolean torn;

    void of(Answer answer, int start, int end) {
        from = start;
        to = end;
        torn = false;
        for (int i = 0; i < answer.removedCount; i++) {
            if (answer.removedFrom[i] - from <= 0 && cutTo(answer, i) - from > 0) {
                from = cutTo(answer, i) - end < 0 ? cutTo(answer, i) : end;
            }
        }
        for (int i = answer.removedCount - 1; i >= 0; i--) {
            if (cutTo(answer, i) - to >= 0 && answer.removedFrom[i] - to < 0) {
                to = answer.removedFrom[i] - from > 0 ? answer.removedFrom[i] : from;
            }
        }
        for (int i = 0; i < answer.removedCount; i++) {
            torn |= answer.removedFrom[i] - to < 0 && cutTo(answer, i) - from > 0;
        }
    }

    private static int cutTo(Answer answer, int i) {
        return answer.removedFrom[i] + answer.removedLength[i];
    }

    int length() {
        return to - from;
    }

    boolean isEmpty() {
        return to == from;
    }
}
