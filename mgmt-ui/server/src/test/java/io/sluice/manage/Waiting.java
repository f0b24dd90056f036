package io.sluice.manage;

import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** Asks again until an answer is as expected. */
final class Waiting {
    private static final long MOST_NANOS = 60_000_000_000L;

    private Waiting() {}

    static <T> T until(Callable<T> question, Predicate<T> expected) throws Exception {
        long end = System.nanoTime() + MOST_NANOS;
        T answer = question.call();
        while (!expected.test(answer)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not as expected after 60 s: " + answer);
            }
            Thread.sleep(50);
            answer = question.call();
        }
        return answer;
    }
}
