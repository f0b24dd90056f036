package io.sluice.manage.route;

import io.sluice.manage.Refused;
import io.sluice.manage.event.Event;
import io.sluice.manage.firewall.PolicyDesk;
import io.sluice.manage.firewall.Series.Point;
import io.sluice.manage.firewall.StatusWatch;
import io.sluice.manage.http.Answer;
import io.sluice.manage.http.Call;
import io.sluice.manage.http.Json;
import io.sluice.manage.http.Operations;
import io.sluice.manage.index.Attempt;
import io.sluice.manage.index.Counts;
import io.sluice.manage.index.EventIndex;
import io.sluice.manage.index.Facet;
import io.sluice.manage.index.FacetCount;
import io.sluice.manage.index.TimeRange;
import io.sluice.manage.query.Condition;
import io.sluice.manage.route.StatusView.Beside;
import io.sluice.rules.policy.Conduit;
import io.sluice.rules.policy.Network;
import io.sluice.rules.policy.Policy;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the firewall stands: status, figures of the last hour, the map of zones and conduits. */
public final class StateRoutes implements Operations.Part {
    private static final int MOST_CONDUITS = 20_000;
    private static final int MOST_ATTEMPTS = 100;

    private final StatusWatch watch;
    private final PolicyDesk desk;
    private final EventIndex index;
    private final Supplier<Beside> beside;
    private final InstantSource clock;

    StateRoutes(StatusWatch watch, PolicyDesk desk, EventIndex index, Supplier<Beside> beside, InstantSource clock) {
        this.watch = watch;
        this.desk = desk;
        this.index = index;
        this.beside = beside;
        this.clock = clock;
    }

    @Override
    public void register(Operations operations) {
        operations.on("getStatus", _ -> Answer.ok(status())).on("getSeries", this::series).on("getMap", this::map);
    }

    StatusView status() {
        return StatusView.of(watch.last(), beside.get(), clock.instant());
    }

    private record SeriesView(double stepSeconds, List<PointView> points) {}

    record PointView(String at, double framesPerSecond, double bitsPerSecond, double allowedPerSecond,
            double deniedPerSecond, double dropsPerSecond, @Nullable Double latencyP50Micros,
            @Nullable Double latencyP999Micros) {
        static PointView of(Point p) {
            return new PointView(Json.timeOfNanos(p.atNanos()), p.frames(), p.bits(), p.allowed(), p.denied(),
                    p.drops(),
                    p.latencyP50Micros().orElse(null), p.latencyP999Micros().orElse(null));
        }
    }

    private Answer series(Call call) {
        return Answer.ok(new SeriesView(StatusWatch.STEP.toSeconds(),
                watch.series().last((int) call.number("seconds")).stream().map(PointView::of).toList()));
    }

    private record ZoneView(String name, List<String> ports, List<String> networks, boolean broker) {}

    private record AssetView(String name, String zone, List<String> addresses) {}

    private record ConduitView(String name, String from, String to, @Nullable String protocol, String mode, int rules,
            long allowed, long denied) {}

    /** Empty names are not sent: of whom only an address is known, and of several that the journal counted. */
    private record Unrelated(@Nullable String from, @Nullable String fromAddress, @Nullable String to,
            @Nullable String toAddress, long denied, String last) {
        static Unrelated of(Attempt a) {
            return new Unrelated(some(a.from()), some(a.fromAddress()), some(a.to()), some(a.toAddress()), a.denied(),
                    Json.time(Event.instant(a.lastMicros())));
        }

        private static @Nullable String some(String text) {
            return text.isEmpty() ? null : text;
        }
    }

    private record MapView(List<ZoneView> zones, List<AssetView> assets, List<ConduitView> conduits,
            List<Unrelated> unrelated) {}

    private Answer map(Call call) throws Refused {
        Policy policy = desk.judging().policy();
        TimeRange range = TrafficRoutes.range(call);
        Map<String, Counts> counts = TrafficRoutes
                .ask(c -> index.facet(Condition.ALL, range, Facet.CONDUIT, MOST_CONDUITS, c)).stream()
                .collect(Collectors.toMap(FacetCount::value, FacetCount::counts));
        List<Attempt> attempts = TrafficRoutes.ask(c -> index.attempts(range, MOST_ATTEMPTS, c));
        return Answer.ok(new MapView(
                policy.zones().values().stream().map(z -> new ZoneView(z.name(), z.ports(),
                        z.networks().stream().map(Network::text).toList(), z.broker())).toList(),
                policy.assets().values().stream().map(a -> new AssetView(a.name(), a.zone(),
                        a.addresses().stream().map(Network::text).toList())).toList(),
                policy.conduits().values().stream()
                        .map(c -> conduit(c, policy, counts.getOrDefault(c.name(), Counts.NONE))).toList(),
                attempts.stream().map(Unrelated::of).toList()));
    }

    private static ConduitView conduit(Conduit c, Policy policy, Counts counts) {
        return new ConduitView(c.name(), c.from(), c.to(), c.service().map(s -> s.protocol().name()).orElse(null),
                c.mode().map(Conduit.ModeChange::mode).orElse(policy.mode()).name().toLowerCase(Locale.ROOT),
                c.rules().size(), counts.allowed(), counts.refused() + counts.watched());
    }
}
