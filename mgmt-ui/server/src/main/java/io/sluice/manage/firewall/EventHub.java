package io.sluice.manage.firewall;

import io.sluice.control.ControlClient;
import io.sluice.control.ControlException;
import io.sluice.control.v1.EventsRequest;
import io.sluice.control.v1.EventsResponse;
import io.sluice.manage.event.Event;
import io.sluice.manage.event.EventParser;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The firewall's live events, read once for everybody. While the firewall is away it is asked again every other second. Live
 * events have no number of a record yet; theirs are negative and fall.
 */
public final class EventHub implements AutoCloseable {
    private static final int RETRY_SECONDS = 2;
    private static final EventsRequest MANY_AT_ONCE = EventsRequest.newBuilder().setMostAtOnce(256).build();

    private final FirewallLink firewall;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name("live-events").daemon().unstarted(this::follow);
    private volatile @Nullable ControlClient client;
    private long number;

    /** Hears on the hub's thread, and returns at once. */
    public interface Listener {
        void event(Event event);

        /** So many came in between and were lost. */
        void lost(long events);
    }

    public EventHub(FirewallLink firewall) {
        this.firewall = firewall;
    }

    public void start() {
        thread.start();
    }

    private void follow() {
        EventParser parser = new EventParser();
        while (!stopped()) {
            try (ControlClient opened = firewall.open()) {
                client = opened;
                if (stop.getCount() == 0) {
                    return;
                }
                opened.events(MANY_AT_ONCE, response -> heard(response, parser));
            } catch (ControlException e) {
                // The status says that nobody answers.
            } finally {
                client = null;
            }
        }
    }

    private boolean stopped() {
        try {
            return stop.await(number == 0 ? 0 : RETRY_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return true;
        } finally {
            number--; // the first connection is made at once
        }
    }

    private boolean heard(EventsResponse response, EventParser parser) {
        switch (response.getWhatCase()) {
            case EVENT -> heard(response.getEvent().getJson(), parser);
            case GATHERED -> response.getGathered().getEventsList().forEach(event -> heard(event.getJson(), parser));
            case LOST -> listeners.forEach(listener -> listener.lost(response.getLost().getEvents()));
            case SUBSCRIBED, WHAT_NOT_SET -> {
            }
        }
        return stop.getCount() > 0;
    }

    private void heard(String json, EventParser parser) {
        Event event = parser.parse(--number, json);
        listeners.forEach(listener -> listener.event(event));
    }

    /**
     * Hears from now on.
     *
     * @return ends that
     */
    public Runnable listen(Listener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public void close() {
        stop.countDown();
        ControlClient now = client;
        if (now != null) {
            now.close();
        }
    }
}
