package io.sluice.manage.jump;

import io.sluice.manage.Refused;
import io.sluice.manage.firewall.PolicyText;
import io.sluice.rules.policy.Problem;
import io.sluice.rules.policy.SessionRule;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes an offer of a request, and a smaller offer of an offer. Nothing that comes out is more than what went in. */
final class Narrowing {
    /** So far ahead a session may be asked for. */
    private static final Duration AHEAD = Duration.ofDays(90);

    private final Ceiling ceiling;

    Narrowing(Ceiling ceiling) {
        this.ceiling = ceiling;
    }

    /** What a request comes to under a rule. */
    Offer asked(SessionRule rule, Terms terms, Wish wish, Instant now) throws Refused {
        List<Target> targets = wish.targets() == null
                ? List.of()
                : List.copyOf(new java.util.LinkedHashSet<>(wish.targets()));
        if (targets.isEmpty()) {
            throw Refused.wrong("name at least one device to be reached");
        }
        Set<Target> possible = new HashSet<>(ceiling.targets(rule));
        for (Target target : targets) {
            if (!possible.contains(target)) {
                throw Refused.wrong("sessions of `" + rule.name() + "` do not lead to `" + target.asset()
                        + "` by conduit `" + target.conduit() + "`");
            }
        }
        Access access = wish.access() == null ? Access.READ : wish.access();
        Map<String, String> rules = ceiling.narrowed(ceiling.whole(targets), access, wish.rules());
        return checked(new Offer(reached(targets, rules), access, rules, start(wish.start(), now),
                duration(wish.duration(), terms.longest())));
    }

    /** What an approval leaves of an offer. */
    Offer narrowed(Offer offer, Terms terms, Wish wish, Instant now) throws Refused {
        List<Target> targets = wish.targets() == null ? offer.targets() : wish.targets();
        for (Target target : targets) {
            if (!offer.targets().contains(target)) {
                throw beyond("`" + target.asset() + "` was not asked for");
            }
        }
        if (targets.isEmpty()) {
            throw Refused.wrong("name at least one device; to refuse all of them, deny the request");
        }
        Access access = wish.access() == null ? offer.access() : wish.access();
        if (access == Access.WRITE && offer.access() != Access.WRITE) {
            throw beyond("what was asked for is `" + offer.access().word() + "`");
        }
        Map<String, String> left = new LinkedHashMap<>();
        targets.forEach(t -> left.put(t.conduit(), offer.rules(t.conduit())));
        boolean same = access == offer.access() && (access != Access.RULES || wish.rules().isBlank());
        Map<String, String> rules = same ? left : ceiling.narrowed(left, access, wish.rules());
        Duration most = offer.duration() == null ? terms.longest() : offer.duration();
        if (wish.duration() != null && wish.duration().compareTo(most) > 0) {
            throw beyond("the time asked for is " + most.toMinutes() + " min");
        }
        Instant start = wish.start();
        if (start != null && offer.start() != null && start.isBefore(offer.start())) {
            throw beyond("the start asked for is " + offer.start());
        }
        return checked(new Offer(reached(targets, rules), access, rules,
                start == null ? offer.start() : start(start, now),
                wish.duration() == null ? offer.duration() : wish.duration()));
    }

    private static Refused beyond(String what) {
        return Refused.wrong("an approval can only narrow: " + what);
    }

    /** Without devices at which nothing could be done. */
    private static List<Target> reached(List<Target> targets, Map<String, String> rules) {
        return targets.stream().filter(t -> rules.containsKey(t.conduit())).toList();
    }

    private static @Nullable Instant start(@Nullable Instant wanted, Instant now) throws Refused {
        if (wanted != null && wanted.isAfter(now.plus(AHEAD))) {
            throw Refused.wrong("the start is more than " + AHEAD.toDays() + " days ahead");
        }
        return wanted;
    }

    private static @Nullable Duration duration(@Nullable Duration wanted, Duration longest) throws Refused {
        if (wanted != null && wanted.compareTo(longest) > 0) {
            throw Refused.wrong("sessions of this kind last " + longest.toMinutes() + " min at most");
        }
        return wanted;
    }

    /** The firewall would say the same; it is better said before somebody waits for an approval. */
    private Offer checked(Offer offer) throws Refused {
        for (Target target : offer.targets()) {
            List<Problem> problems = ceiling.problems(target, offer.rules(target.conduit()));
            if (!problems.isEmpty()) {
                throw Refused.wrong("the policy does not permit it at `" + target.asset() + "`",
                        PolicyText.problems(problems));
            }
        }
        return offer;
    }
}
