package io.sluice.manage.route;

import io.sluice.manage.event.Event;
import io.sluice.manage.firewall.EventHub;
import io.sluice.manage.http.Json;
import io.sluice.manage.http.LiveSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * What one page is still to be told. It holds so many events at most; a page that reads too slowly loses the oldest, and is
 * told how many.
 */
final class LiveFeed implements LiveSource, EventHub.Listener {
    static final int MOST_EVENTS = 5_000;
    private static final int MOST_A_PUSH = 1_000;
    private static final int MOST_OTHERS = 100;

    private final Predicate<Event> filter;
    private final Deque<Event> events = new ArrayDeque<>();
    private final Deque<Push> others = new ArrayDeque<>();
    private final List<Runnable> endings = new ArrayList<>();
    private long lost;

    LiveFeed(Predicate<Event> filter) {
        this.filter = filter;
    }

    private record Lost(long events) {}

    /** Something to be done when the page is gone. */
    synchronized void ending(Runnable end) {
        endings.add(end);
    }

    @Override
    public void event(Event event) {
        if (filter.test(event)) {
            synchronized (this) {
                events.addLast(event);
                if (events.size() > MOST_EVENTS) {
                    events.removeFirst();
                    lost++;
                }
            }
        }
    }

    @Override
    public synchronized void lost(long more) {
        lost += more;
    }

    /** Of statuses, points and alerts the latest are told. */
    synchronized void push(String event, Object data) {
        others.addLast(new Push(event, Json.text(data)));
        if (others.size() > MOST_OTHERS) {
            others.removeFirst();
        }
    }

    @Override
    public List<Push> take() {
        List<Push> pushes;
        List<Event> taken = new ArrayList<>();
        synchronized (this) {
            pushes = new ArrayList<>(others);
            others.clear();
            if (lost > 0) {
                pushes.add(new Push("lost", Json.text(new Lost(lost))));
                lost = 0;
            }
            while (!events.isEmpty() && taken.size() < MOST_A_PUSH) {
                taken.add(events.removeFirst());
            }
        }
        if (!taken.isEmpty()) {
            pushes.add(new Push("events", Json.text(taken.stream().map(EventView::of).toList())));
        }
        return pushes;
    }

    @Override
    public synchronized void close() {
        endings.forEach(Runnable::run);
        endings.clear();
    }
}
