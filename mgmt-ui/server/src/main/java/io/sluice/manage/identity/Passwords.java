package io.sluice.manage.identity;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Hashes of passwords by Argon2id (RFC 9106). Each takes a good part of a second and 46 MiB of memory, which is the point of
 * it, and why only one is computed at a time.
 */
public final class Passwords {
    static final int SHORTEST = 12;
    private static final int MEMORY_KIB = 46 << 10;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int PATIENCE_SECONDS = 20;

    private final Argon2id function = new Argon2id(MEMORY_KIB, PASSES, LANES);
    private final Semaphore one = new Semaphore(1, true);
    private final LongAdder computed = new LongAdder();

    /** What is wrong with a new password; empty: nothing. */
    public static Optional<String> problem(String password, String user) {
        if (password.codePointCount(0, password.length()) < SHORTEST) {
            return Optional.of("a password has at least " + SHORTEST + " characters; a few unrelated words are easy to"
                    + " remember");
        }
        if (password.toLowerCase(java.util.Locale.ROOT).contains(user) && user.length() > 2) {
            return Optional.of("the password contains the user's name; choose another");
        }
        return password.codePoints().distinct().count() < 5
                ? Optional.of("the password repeats the same few characters; choose another")
                : Optional.empty();
    }

    /** {@return empty where too many wait} */
    Optional<String> hash(String password) {
        return guarded(() -> function.hash(password));
    }

    /** {@return empty where too many wait} */
    Optional<Boolean> matches(String password, String hash) {
        return guarded(() -> Argon2id.matches(password, hash));
    }

    /** Takes as long as {@link #matches}, for accounts that are not there: the time would tell which are. */
    Optional<Boolean> matchesNothing(String password) {
        return guarded(() -> {
            function.hash(password);
            return false;
        });
    }

    /** How many hashes were computed. */
    public long computed() {
        return computed.sum();
    }

    private <T> Optional<T> guarded(java.util.function.Supplier<T> work) {
        try {
            if (!one.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return Optional.empty();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        try {
            computed.increment();
            return Optional.of(work.get());
        } finally {
            one.release();
        }
    }
}
