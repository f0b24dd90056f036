package io.sluice.demo;

import io.sluice.control.ControlClient;
import io.sluice.control.ControlException;
import io.sluice.control.v1.EventsRequest;
import io.sluice.control.v1.EventsResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Listens to what a running firewall tells of its decisions. */
final class FirewallEvents implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30, ATTEMPTS = 5;

    private final ControlClient client;
    private final LiveView view;
    private final CountDownLatch subscribed = new CountDownLatch(1);

    /** Returns when nothing will be missed any more. */
    FirewallEvents(Path socket, LiveView view) throws DemoException, InterruptedException {
        this.view = view;
        client = open(socket);
        Thread.ofPlatform().daemon().name("events").start(this::listen);
        if (!subscribed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            client.close();
            throw new DemoException("the firewall tells nothing at `" + socket + "`");
        }
    }

    /** On a busy machine the firewall may take longer to answer for the first time than a client waits. */
    private static ControlClient open(Path socket) throws DemoException {
        for (int i = 1;; i++) {
            try {
                return ControlClient.open(socket);
            } catch (ControlException e) {
                if (i == ATTEMPTS) {
                    throw new DemoException(String.valueOf(e.getMessage()));
                }
            }
        }
    }

    private void listen() {
        EventsRequest verdicts = EventsRequest.newBuilder().addAllTypes(List.of("modbus", "opcua", "alert")).build();
        try {
            client.events(verdicts, this::heard);
        } catch (ControlException e) {
            view.seen(String.valueOf(e.getMessage())); // the firewall has ended before the demo
        }
    }

    private boolean heard(EventsResponse response) {
        switch (response.getWhatCase()) {
            case SUBSCRIBED -> subscribed.countDown();
            case LOST -> view.seen(response.getLost().getEvents() + " events were lost on their way to the screen");
            case EVENT -> Judgement.of(response.getEvent().getJson(), response.getEvent().getDenied())
                    .ifPresent(view::judged);
            case GATHERED, WHAT_NOT_SET -> {
                // not asked for; of a newer firewall
            }
        }
        return true;
    }

    @Override
    public void close() {
        client.close();
    }
}
