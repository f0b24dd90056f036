package io.sluice.inline.service;

import io.grpc.stub.ServerCallStreamObserver;
import io.sluice.control.v1.Event;
import io.sluice.control.v1.EventsRequest;
import io.sluice.control.v1.EventsResponse;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;

/** One who listens to events. Whoever reads too slowly loses the latest ones, and is told how many. */
final class Subscriber {
    /** Events that wait for a slow reader. */
    static final int MOST_WAITING = 4096;

    /** Of the events of one message. */
    static final int MOST_AT_ONCE = 256, MOST_BYTES_AT_ONCE = 1 << 20;

    private final ServerCallStreamObserver<EventsResponse> reader;
    private final Set<String> types;
    private final int least;
    private final boolean onlyDenied;
    private final int atOnce;
    private final Queue<Event> waiting = new ArrayDeque<>();
    private long lost;
    private boolean over;

    Subscriber(EventsRequest filter, ServerCallStreamObserver<EventsResponse> reader) {
        this.reader = reader;
        types = new HashSet<>(filter.getTypesList());
        least = filter.getLeastValue();
        onlyDenied = filter.getOnlyDenied();
        int wanted = filter.getMostAtOnce();
        atOnce = wanted < 0 || wanted > MOST_AT_ONCE ? MOST_AT_ONCE : Math.max(1, wanted); // it is unsigned
    }

    /** Says that it has begun. */
    synchronized void greet() {
        reader.onNext(
                EventsResponse.newBuilder().setSubscribed(EventsResponse.Subscribed.getDefaultInstance()).build());
    }

    /** On the journal's thread. */
    synchronized void offer(Event event) {
        if (over || !wants(event)) {
            return;
        }
        if (lost > 0 || waiting.size() >= MOST_WAITING) {
            lost++;
        } else {
            waiting.add(event);
        }
        if (waiting.size() >= atOnce || lost > 0) {
            deliver();
        }
    }

    private boolean wants(Event event) {
        return (types.isEmpty() || types.contains(event.getType())) && event.getSeverityValue() >= least
                && (!onlyDenied || event.getDenied());
    }

    /** Gives the reader what it has room for. Losses are told where they happened: behind what waited before them. */
    synchronized void deliver() {
        while (!over && reader.isReady() && !waiting.isEmpty()) {
            reader.onNext(atOnce > 1 ? gathered() : EventsResponse.newBuilder().setEvent(waiting.remove()).build());
        }
        if (!over && lost > 0 && waiting.isEmpty() && reader.isReady()) {
            reader.onNext(
                    EventsResponse.newBuilder().setLost(EventsResponse.Lost.newBuilder().setEvents(lost)).build());
            lost = 0;
        }
    }

    private EventsResponse gathered() {
        EventsResponse.Gathered.Builder events = EventsResponse.Gathered.newBuilder();
        int bytes = 0;
        do {
            Event event = waiting.remove();
            bytes += event.getSerializedSize();
            events.addEvents(event);
        } while (!waiting.isEmpty() && events.getEventsCount() < atOnce
                && bytes + waiting.element().getSerializedSize() <= MOST_BYTES_AT_ONCE);
        return EventsResponse.newBuilder().setGathered(events).build();
    }

    /** The reader has gone away. */
    synchronized void gone() {
        over = true;
        waiting.clear();
    }

    /** No more events will come. */
    synchronized void end() {
        if (!over) {
            deliver();
            over = true;
            reader.onCompleted();
        }
    }
}
