package io.sluice.inline;

import io.sluice.capture.port.PortException;
import io.sluice.control.ControlException;
import io.sluice.inline.event.JournalFeed;
import io.sluice.inline.pipeline.LiveDataplane;
import io.sluice.inline.policy.FirstPolicy;
import io.sluice.inline.policy.PolicyLoader;
import io.sluice.inline.policy.PolicyStore;
import io.sluice.inline.policy.StartException;
import io.sluice.inline.service.ControlPlane;
import io.sluice.inline.settings.Settings;
import io.sluice.journal.Journal;
import io.sluice.journal.JournalSettings;
import io.sluice.journal.JournalState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A running firewall: ports, policy, journal and control, from settings. */
public final class Firewall implements AutoCloseable {
    private static final long LOOK_MILLIS = 200;
    private static final String ORIGIN = "sluice";

    private final Path journalFolder;
    private final Journal journal;
    private final JournalFeed feed;
    private final LiveDataplane dataplane;
    private final ControlPlane control;
    private final CountDownLatch end = new CountDownLatch(1);

    /**
     * Opens everything; frames pass as soon as the ports are open, and from when this returns orders are taken.
     *
     * @param version of Sluice, for status
     * @param notes hears what a person should know, in sentences; any thread
     * @throws StartException there is no policy to judge by
     * @throws PortException a port cannot be opened
     * @throws ControlException the control socket cannot be made
     * @throws IOException the journal cannot be opened
     */
    public static Firewall open(Settings settings, String version, Consumer<String> notes)
            throws StartException, PortException, ControlException, IOException {
        PolicyStore store = PolicyStore.open(settings.data());
        PolicyLoader loader = new PolicyLoader(settings);
        FirstPolicy.Found first = new FirstPolicy(store, loader, InstantSource.system()).find(settings.policy());
        first.notes().forEach(notes);
        return new Firewall(settings, new ControlPlane.Policies(store, loader, first), version, notes);
    }

    private Firewall(Settings settings, ControlPlane.Policies policies, String version, Consumer<String> notes)
            throws PortException, ControlException, IOException {
        Layout layout = new Layout(settings);
        journalFolder = settings.journalFolder();
        journal = Journal.open(new JournalSettings(journalFolder,
                settings.journal().all() ? JournalSettings.Detail.ALL : JournalSettings.Detail.WRITES,
                settings.journal().keep(), settings.journal().sharePercent(), settings.journal().bytes(), ORIGIN));
        feed = new JournalFeed(journal, layout.journalPorts());
        try {
            dataplane = new LiveDataplane(layout.ports(), layout.options(notes),
                    policies.first().policy().compiled(), feed, notes);
        } catch (PortException e) {
            journal.close();
            throw e;
        }
        feed.stats(this::stats);
        dataplane.start();
        try {
            control = ControlPlane.start(settings, policies,
                    new ControlPlane.Links(dataplane, listener -> journal.listen(listener::record), feed::management,
                            this::health, notes, end::countDown),
                    version);
        } catch (ControlException e) {
            dataplane.stop();
            journal.close();
            throw e;
        }
    }

    /**
     * Returns when somebody has ended it.
     *
     * @throws IllegalStateException a packet thread has failed; nothing passes any more
     */
    public void run() throws InterruptedException {
        while (!end.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            Optional<Throwable> failure = dataplane.failure();
            if (failure.isPresent()) {
                throw new IllegalStateException("a packet thread has failed, so nothing passes", failure.get());
            }
        }
    }

    /** Whether every packet thread takes up work, between frames or without any. Waits for it, some seconds at most. */
    public boolean answers() {
        return dataplane.answers();
    }

    /** Makes {@link #run} return. Any thread. */
    public void end() {
        end.countDown();
    }

    private JournalHealth health() {
        JournalState state = journal.state();
        return new JournalHealth(Optional.of(journalFolder), state.records(), state.bytes(), state.lost(),
                state.repeats(), Optional.ofNullable(state.alarm()));
    }

    /** What the journal's minutely record tells of the packet path. */
    private Map<String, ?> stats() {
        Counters counters = dataplane.counters();
        return Map.of("flows", Map.of("live", counters.flows().live(), "opened", counters.flows().opened(), "reset",
                counters.flows().reset()), "events",
                Map.of("published", counters.events().published(), "lost", counters.events().lost()), "ports",
                ports(counters.ports()));
    }

    private static Map<String, Map<String, Long>> ports(List<Counters.Port> ports) {
        Map<String, Map<String, Long>> all = new LinkedHashMap<>();
        ports.forEach(p -> all.put(p.name(), Map.of("received", p.received(), "sent", p.sent(), "ring_full",
                p.ringFull(), "truncated", p.truncated(), "not_sent", p.notSent())));
        return all;
    }

    /** Ends control first, so that nobody asks a packet path that is gone; the journal last, so that it tells of the end. */
    @Override
    public void close() {
        end();
        control.close();
        dataplane.stop();
        journal.close();
    }
}
