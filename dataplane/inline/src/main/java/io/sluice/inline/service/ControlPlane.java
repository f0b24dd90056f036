package io.sluice.inline.service;

import io.sluice.control.ControlException;
import io.sluice.control.ControlServer;
import io.sluice.control.v1.ControlCounts;
import io.sluice.control.v1.StatusResponse;
import io.sluice.inline.Counters;
import io.sluice.inline.Dataplane;
import io.sluice.inline.DataplaneStatus;
import io.sluice.inline.JournalHealth;
import io.sluice.inline.ManagementLog;
import io.sluice.inline.metrics.Metrics;
import io.sluice.inline.policy.FirstPolicy;
import io.sluice.inline.policy.PolicyControl;
import io.sluice.inline.policy.PolicyLoader;
import io.sluice.inline.policy.PolicyStore;
import io.sluice.inline.policy.Timer;
import io.sluice.inline.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All by which a running Sluice is steered and looked at: control socket, policies, grants, metrics, event streams. */
public final class ControlPlane implements AutoCloseable {
    private final Links links;
    private final Timer timer;
    private final InstantSource clock;
    private final long startedNanos;
    private final GrantBook grants;
    private final PolicyControl policies;
    private final EventStreams events;
    private final Metrics metrics;
    private @Nullable ControlServer server;

    /**
     * What it is linked to.
     *
     * @param events live records of the journal
     * @param journal takes management events
     * @param report hears sentences for the operator
     * @param end makes the process end in order; returns at once
     */
    public record Links(Dataplane dataplane, EventFeed events, ManagementLog journal, Supplier<JournalHealth> health,
            Consumer<String> report, Runnable end) {}

    /** Where the policy comes from: the dataplane judges by {@code first} already. */
    public record Policies(PolicyStore store, PolicyLoader loader, FirstPolicy.Found first) {}

    /** Time, for tests to move. */
    record Time(Timer timer, InstantSource clock) {}

    private ControlPlane(Policies given, Links links, Time time) {
        this.links = links;
        timer = time.timer();
        clock = time.clock();
        startedNanos = now();
        grants = new GrantBook(links.dataplane(), timer, clock, links.journal(), given.first().policy());
        policies = new PolicyControl(given.store(), given.loader(), given.first(),
                new PolicyControl.Surroundings(grants::swap, timer, clock, links.journal(), links.report()));
        events = new EventStreams(links.events());
        metrics = new Metrics(new Numbers());
    }

    /**
     * Begins to serve.
     *
     * @param version of Sluice, for status
     * @throws ControlException the socket cannot be made, or Sluice is running already
     */
    public static ControlPlane start(Settings settings, Policies policies, Links links, String version)
            throws ControlException {
        return start(settings, policies, links, version, new Time(Timer.system(), InstantSource.system()));
    }

    static ControlPlane start(Settings settings, Policies policies, Links links, String version, Time time)
            throws ControlException {
        ControlPlane plane = new ControlPlane(policies, links, time);
        Drain drain = new Drain(links.dataplane(), plane.timer, links.end());
        ControlService service = new ControlService(new PolicyCalls(plane.policies, policies.loader()), plane.grants,
                plane.events, new ControlService.Rest(() -> plane.status(version), plane.metrics::text, links.journal(),
                        (seconds, who) -> {
                            links.journal().append("drain", Map.of("person", who));
                            plane.policies.close();
                            return drain.begin(seconds);
                        }));
        try {
            plane.server = ControlServer.start(settings.control(), service, links.report());
        } catch (ControlException e) {
            plane.close();
            throw e;
        }
        return plane;
    }

    private StatusResponse status(String version) {
        ControlCounts counts = ControlCounts.newBuilder().setRefusedPeers(refusedPeers())
                .setEventSubscribers(events.subscribers()).build();
        return new StatusReport(links.dataplane().status(), links.dataplane().counters(), links.health().get())
                .make(policies, counts, grants.size(), new StatusReport.Identity(version,
                        ProcessHandle.current().pid(), startedNanos, now(), residentBytes()));
    }

    private long refusedPeers() {
        return server == null ? 0 : server.refusedPeers();
    }

    private long now() {
        var instant = clock.instant();
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }

    /** VmRSS of proc(5), in KiB there. */
    private static Optional<Long> residentBytes() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10).findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Ends streams and calls, and takes the socket away. A pending policy is not carried over to the next start. */
    @Override
    public void close() {
        policies.close();
        events.close();
        if (server != null) {
            server.close();
        }
        metrics.close();
    }

    private final class Numbers implements Metrics.Sources {
        @Override
        public Counters counters() {
            return links.dataplane().counters();
        }

        @Override
        public DataplaneStatus status() {
            return links.dataplane().status();
        }

        @Override
        public JournalHealth journal() {
            return links.health().get();
        }

        @Override
        public long refusedPeers() {
            return ControlPlane.this.refusedPeers();
        }
    }
}
