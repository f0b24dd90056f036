package io.sluice.manage.jump;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a session so far.
 *
 * @param grants as the firewall called what was opened for it, the oldest first
 * @param visits at most the latest hundred
 * @param allowed requests that passed, of visits that are over
 * @param refused messages that did not, likewise
 * @param lastAt when something last crossed or was refused, as far as is known
 * @param warned people were told that the end is near
 */
public record Activity(List<String> grants, List<Visit> visits, long allowed, long refused, @Nullable Instant lastAt,
        boolean warned) {
    static final Activity NONE = new Activity(List.of(), List.of(), 0, 0, null, false);
    private static final int MOST = 100;

    public Activity {
        grants = List.copyOf(grants);
        visits = List.copyOf(visits);
    }

    Activity granted(String grant) {
        List<String> more = new ArrayList<>(grants);
        more.add(grant);
        return new Activity(more.subList(Math.max(0, more.size() - MOST), more.size()), visits, allowed, refused,
                lastAt,
                warned);
    }

    Activity entered(Visit visit) {
        List<Visit> more = new ArrayList<>(visits);
        more.add(visit);
        return new Activity(grants, more.subList(Math.max(0, more.size() - MOST), more.size()), allowed, refused,
                lastAt,
                warned);
    }

    Activity left(String visit, Instant at, long moreAllowed, long moreRefused) {
        return new Activity(grants, visits.stream().map(v -> v.id().equals(visit) ? v.left(at) : v).toList(),
                allowed + moreAllowed, refused + moreRefused, at, warned);
    }

    Activity withWarning() {
        return new Activity(grants, visits, allowed, refused, lastAt, true);
    }

    /** After a restart of this server, which ended all connections. */
    Activity allLeft(Instant at) {
        return new Activity(grants, visits.stream().map(v -> v.until() == null ? v.left(at) : v).toList(), allowed,
                refused, lastAt, warned);
    }
}
