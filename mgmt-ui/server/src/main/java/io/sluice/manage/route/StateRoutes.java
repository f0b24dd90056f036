package io.sluice.manage.route;

import io.sluice.control.v1.VerdictCount;
import io.sluice.manage.Refused;
import io.sluice.manage.firewall.PolicyDesk;
import io.sluice.manage.firewall.Series.Point;
import io.sluice.manage.firewall.StatusWatch;
import io.sluice.manage.http.Answer;
import io.sluice.manage.http.Call;
import io.sluice.manage.http.Json;
import io.sluice.manage.http.Operations;
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
    private static final String NO_CONDUIT = "-";

    private final StatusWatch watch;
    private final PolicyDesk desk;
    private final Supplier<Beside> beside;
    private final InstantSource clock;

    StateRoutes(StatusWatch watch, PolicyDesk desk, Supplier<Beside> beside, InstantSource clock) {
        this.watch = watch;
        this.desk = desk;
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

    private record Unrelated(String from, String to, long denied) {}

    private record MapView(List<ZoneView> zones, List<AssetView> assets, List<ConduitView> conduits,
            List<Unrelated> unrelated) {}

    private Answer map(Call call) throws Refused {
        Policy policy = desk.judging().policy();
        List<VerdictCount> counts = watch.last().status().map(s -> s.getVerdictsList()).orElse(List.of());
        Map<String, Long> allowed = byConduit(counts, true);
        Map<String, Long> denied = byConduit(counts, false);
        long elsewhere = denied.getOrDefault(NO_CONDUIT, 0L);
        return Answer.ok(new MapView(
                policy.zones().values().stream().map(z -> new ZoneView(z.name(), z.ports(),
                        z.networks().stream().map(Network::text).toList(), z.broker())).toList(),
                policy.assets().values().stream().map(a -> new AssetView(a.name(), a.zone(),
                        a.addresses().stream().map(Network::text).toList())).toList(),
                policy.conduits().values().stream().map(c -> conduit(c, policy, allowed, denied)).toList(),
                elsewhere == 0 ? List.of() : List.of(new Unrelated("?", "?", elsewhere))));
    }

    private static ConduitView conduit(Conduit c, Policy policy, Map<String, Long> allowed, Map<String, Long> denied) {
        return new ConduitView(c.name(), c.from(), c.to(), c.service().map(s -> s.protocol().name()).orElse(null),
                c.mode().map(Conduit.ModeChange::mode).orElse(policy.mode()).name().toLowerCase(Locale.ROOT),
                c.rules().size(), allowed.getOrDefault(c.name(), 0L), denied.getOrDefault(c.name(), 0L));
    }

    private static Map<String, Long> byConduit(List<VerdictCount> counts, boolean allowed) {
        return counts.stream().filter(v -> v.getAllowed() == allowed)
                .collect(Collectors.groupingBy(VerdictCount::getConduit,
                        Collectors.summingLong(VerdictCount::getMessages)));
    }
}
