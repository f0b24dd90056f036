package io.sluice.inline.service;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.sluice.control.v1.EventsRequest;
import io.sluice.control.v1.EventsResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Gives events to all who listen. Nothing is looked at while nobody does. */
final class EventStreams implements AutoCloseable {
    private static final int MOST_SUBSCRIBERS = 16;
    private static final int GATHER_MILLIS = 20;

    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("event-streams").factory());
    private final AutoCloseable feed;

    EventStreams(EventFeed source) {
        feed = source.listen(this::record);
        var _ = clock.scheduleWithFixedDelay(() -> subscribers.forEach(this::deliver), GATHER_MILLIS, GATHER_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /** Gives what was gathered. What goes wrong with one reader is that reader's end, and not the clock's. */
    private void deliver(Subscriber subscriber) {
        try {
            subscriber.deliver();
        } catch (RuntimeException broken) {
            subscribers.remove(subscriber);
            subscriber.gone();
        }
    }

    private void record(byte[] bytes, int from, int length) {
        if (!subscribers.isEmpty()) {
            LiveEvent.of(bytes, from, length).ifPresent(event -> subscribers.forEach(s -> s.offer(event)));
        }
    }

    void subscribe(EventsRequest filter, ServerCallStreamObserver<EventsResponse> reader) {
        if (subscribers.size() >= MOST_SUBSCRIBERS) {
            throw Status.RESOURCE_EXHAUSTED.withDescription("there are " + MOST_SUBSCRIBERS
                    + " event streams already; end one of them first").asRuntimeException();
        }
        Subscriber subscriber = new Subscriber(filter, reader);
        reader.setOnReadyHandler(subscriber::deliver);
        reader.setOnCancelHandler(() -> {
            subscribers.remove(subscriber);
            subscriber.gone();
        });
        subscriber.greet();
        subscribers.add(subscriber);
    }

    int subscribers() {
        return subscribers.size();
    }

    @Override
    public void close() {
        try {
            feed.close();
        } catch (Exception e) { // the journal is gone already
        }
        clock.shutdownNow();
        subscribers.forEach(Subscriber::end);
        subscribers.clear();
    }
}
