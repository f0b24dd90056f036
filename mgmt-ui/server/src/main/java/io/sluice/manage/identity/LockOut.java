package io.sluice.manage.identity;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long an account waits after wrong passwords: a few are free, then each doubles the time. Names that no account has wait
 * alike, so that the answer does not tell which there are; of those only the last few thousand are remembered.
 */
final class LockOut {
    static final int FREE = 5;
    private static final long FIRST_MILLIS = 30_000;
    private static final int MOST_DOUBLINGS = 5;
    private static final int MOST_NAMES = 4_096;

    private record Tries(int failures, long lockedUntil) {}

    private final Map<String, Tries> unknown = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tries> eldest) {
            return size() > MOST_NAMES;
        }
    };

    /** Until when an account is locked that has failed so often, the last time just now. */
    static long until(int failures, long now) {
        return failures < FREE ? 0 : now + (FIRST_MILLIS << Math.min(failures - FREE, MOST_DOUBLINGS));
    }

    synchronized long lockedUntil(String name) {
        Tries tries = unknown.get(name);
        return tries == null ? 0 : tries.lockedUntil();
    }

    synchronized void failed(String name, long now) {
        Tries before = unknown.remove(name);
        int failures = before == null ? 1 : before.failures() + 1;
        unknown.put(name, new Tries(failures, until(failures, now)));
    }
}
