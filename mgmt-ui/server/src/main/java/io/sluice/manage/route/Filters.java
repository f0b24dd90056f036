package io.sluice.manage.route;

import io.sluice.manage.Refused;
import io.sluice.manage.event.Event;
import io.sluice.manage.firewall.PolicyDesk;
import io.sluice.manage.firewall.StatusWatch;
import io.sluice.manage.query.Condition;
import io.sluice.manage.query.Filter;
import io.sluice.manage.query.FilterContext;
import io.sluice.rules.policy.Asset;
import io.sluice.rules.policy.Policy;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Filters as people write them, under the policy that judges now and at this time. */
final class Filters {
    private final PolicyDesk desk;
    private final StatusWatch watch;
    private final InstantSource clock;
    private volatile Optional<Policy> last = Optional.empty();

    Filters(PolicyDesk desk, StatusWatch watch, InstantSource clock) {
        this.desk = desk;
        this.watch = watch;
        this.clock = clock;
    }

    Condition condition(String text) throws Refused {
        Filter filter = parse(text);
        return filter.under(context(filter));
    }

    /** A filter whose zones and times are those of the moment in which it is asked about an event. */
    Predicate<Event> following(String text) throws Refused {
        Filter filter = parse(text);
        return event -> filter.under(now()).test(event);
    }

    /** What filters mean now; quick, and never asks the firewall for what it said already. */
    FilterContext now() {
        return new FilterContext(clock.instant().toEpochMilli() * 1_000,
                zone -> known().map(policy -> places(policy, zone)).orElse(Set.of(zone)));
    }

    /** The policy that judges now; while the firewall is away the last one. */
    private Optional<Policy> known() {
        String hash = watch.last().status()
                .map(s -> s.hasPending() ? s.getPending().getHash() : s.getActive().getHash()).orElse("");
        if (!hash.isEmpty()) {
            try {
                last = Optional.of(desk.byHash(hash).policy());
            } catch (Refused e) {
                // It went away in between; the one before stays.
            }
        }
        return last;
    }

    private static Filter parse(String text) throws Refused {
        return switch (Filter.parse(text)) {
            case Filter.Result.Parsed parsed -> parsed.filter();
            case Filter.Result.Refused refused -> throw Refused.wrong("the filter cannot be understood: "
                    + refused.problems().getFirst().sentence(),
                    refused.problems().stream()
                            .map(p -> new Refused.Problem(false, 1, p.from() + 1, p.sentence())).toList());
        };
    }

    /** A policy is asked for only where the filter speaks of zones; without a firewall a zone has no assets. */
    private FilterContext context(Filter filter) {
        long now = clock.instant().toEpochMilli() * 1_000;
        if (!filter.toString().contains("zone:") || watch.last().status().isEmpty()) {
            return FilterContext.at(now);
        }
        try {
            Policy policy = desk.judging().policy();
            return new FilterContext(now, zone -> places(policy, zone));
        } catch (Refused e) {
            return FilterContext.at(now);
        }
    }

    private static Set<String> places(Policy policy, String zone) {
        Set<String> places = new LinkedHashSet<>();
        places.add(zone);
        policy.assets().values().stream().filter(a -> a.zone().equals(zone)).map(Asset::name).forEach(places::add);
        return places;
    }
}
