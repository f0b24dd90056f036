package io.sluice.inline.service;

import io.sluice.control.ControlClient;
import io.sluice.inline.Dataplane;
import io.sluice.inline.JournalHealth;
import io.sluice.inline.MemoryDataplane;
import io.sluice.inline.policy.Appliance;
import io.sluice.inline.policy.FirstPolicy;
import io.sluice.inline.policy.ManualTimer;
import io.sluice.inline.policy.PolicyLoader;
import io.sluice.inline.policy.PolicyStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Everything but packets: the real service on a real socket, and a client of it. */
public final class Running implements AutoCloseable {
    public final ManualTimer timer = new ManualTimer();
    public final List<String> reports = new CopyOnWriteArrayList<>();
    public final List<String> journal = new CopyOnWriteArrayList<>();
    public final MemoryDataplane dataplane;
    public final Path socket;
    public final ControlClient client;
    public volatile JournalHealth health;
    public volatile boolean ended;
    private final List<EventFeed.Listener> listeners = new CopyOnWriteArrayList<>();
    private final ControlPlane plane;

    /** @param folder with a policy; the socket is there too */
    public Running(Path folder) throws Exception {
        Appliance appliance = Appliance.fresh(folder);
        PolicyLoader loader = new PolicyLoader(appliance.settings);
        PolicyStore store = PolicyStore.open(appliance.settings.data());
        FirstPolicy.Found first = new FirstPolicy(store, loader, timer).find(appliance.settings.policy());
        dataplane = new MemoryDataplane(first.policy().compiled());
        health = new JournalHealth(Optional.of(folder.resolve("journal")), 20, 3000, 0, 0, Optional.empty());
        socket = appliance.settings.control().path();
        plane = ControlPlane.start(appliance.settings, new ControlPlane.Policies(store, loader, first),
                links(dataplane),
                "1.2.3", new ControlPlane.Time(timer, timer));
        client = ControlClient.open(socket);
    }

    private ControlPlane.Links links(Dataplane path) {
        return new ControlPlane.Links(path, listener -> {
            listeners.add(listener);
            return () -> listeners.remove(listener);
        }, this::note, () -> health, reports::add, () -> ended = true);
    }

    private void note(String type, Map<String, String> fields) {
        journal.add(type + " " + fields);
    }

    /** A record of the journal. */
    void record(String json) {
        byte[] bytes = ("#" + json + "#").getBytes(StandardCharsets.UTF_8);
        listeners.forEach(listener -> listener.record(bytes, 1, bytes.length - 2));
    }

    @Override
    public void close() {
        client.close();
        plane.close();
    }
}
