package io.sluice.manage.jump;

import io.sluice.manage.identity.Secrets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * Passwords for one connection each: 128 random bits, of which only the hash is kept, in memory alone. A session has one at a
 * time; it is void when used, after some minutes, or after several wrong ones.
 */
final class OneTimePasswords {
    static final Duration LIFE = Duration.ofMinutes(5);
    private static final int BYTES = 16;
    private static final int MOST_WRONG = 5;

    private final Map<String, Waiting> waiting = new HashMap<>();

    private record Waiting(String hash, Instant expires, int wrong) {}

    /** A password, and when it stops to work. */
    record Password(String text, Instant expires) {}

    /** What came of a try. */
    enum Outcome {
        RIGHT,
        WRONG,
        EXPIRED,
        /** There is none: used up, or never made. */
        NONE
    }

    /** Makes one for a session; the one before is void. */
    synchronized Password make(String session, Instant now, Instant sessionEnds) {
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(Secrets.bytes(BYTES));
        Instant expires = now.plus(LIFE).isBefore(sessionEnds) ? now.plus(LIFE) : sessionEnds;
        waiting.put(session, new Waiting(Secrets.hash(text), expires, 0));
        return new Password(text, expires);
    }

    synchronized Outcome use(String session, char[] password, Instant now) {
        Waiting one = waiting.get(session);
        if (one == null) {
            return Outcome.NONE;
        }
        if (!now.isBefore(one.expires())) {
            waiting.remove(session);
            return Outcome.EXPIRED;
        }
        if (Secrets.equal(Secrets.hash(new String(password)), one.hash())) {
            waiting.remove(session);
            return Outcome.RIGHT;
        }
        if (one.wrong() + 1 == MOST_WRONG) {
            waiting.remove(session);
        } else {
            waiting.put(session, new Waiting(one.hash(), one.expires(), one.wrong() + 1));
        }
        return Outcome.WRONG;
    }

    synchronized void forget(String session) {
        waiting.remove(session);
    }
}
