package io.sluice.manage.route;

import io.sluice.manage.Refused;
import io.sluice.manage.event.Event;
import io.sluice.manage.firewall.EventHub;
import io.sluice.manage.firewall.StatusWatch;
import io.sluice.manage.http.Answer;
import io.sluice.manage.http.Call;
import io.sluice.manage.http.Operations;
import io.sluice.manage.route.StateRoutes.PointView;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What is pushed to pages as it happens. */
public final class LiveRoutes implements Operations.Part {
    private static final List<String> STREAMS = List.of("events", "status", "alerts", "points");
    private static final int MOST_PAGES = 64;

    private final EventHub hub;
    private final StatusWatch watch;
    private final StateRoutes state;
    private final Filters filters;
    private final List<LiveFeed> alerted = new CopyOnWriteArrayList<>();
    private final List<LiveFeed> open = new CopyOnWriteArrayList<>();

    LiveRoutes(EventHub hub, StatusWatch watch, StateRoutes state, Filters filters) {
        this.hub = hub;
        this.watch = watch;
        this.state = state;
        this.filters = filters;
    }

    @Override
    public void register(Operations operations) {
        operations.on("followLive", this::follow);
    }

    private Answer follow(Call call) throws Refused {
        Predicate<Event> filter = filters.following(call.text("filter"));
        List<String> streams = call.text("streams").isEmpty()
                ? STREAMS
                : Arrays.asList(call.text("streams").split(",", -1));
        if (!STREAMS.containsAll(streams)) {
            throw Refused.wrong("`streams` are among " + String.join(", ", STREAMS));
        }
        if (open.size() >= MOST_PAGES) {
            throw Refused.later("too-many-pages", "too many pages follow live; close some of them", 5_000);
        }
        LiveFeed feed = new LiveFeed(filter);
        open.add(feed);
        feed.ending(() -> open.remove(feed));
        if (streams.contains("events")) {
            feed.ending(hub.listen(feed));
        }
        if (streams.contains("alerts")) {
            alerted.add(feed);
            feed.ending(() -> alerted.remove(feed));
        }
        Consumer<StatusWatch.Seen> look = _ -> {
            if (streams.contains("status")) {
                feed.push("status", state.status());
            }
            if (streams.contains("points")) {
                watch.series().latest().ifPresent(p -> feed.push("point", PointView.of(p)));
            }
        };
        look.accept(watch.last());
        feed.ending(watch.listen(look));
        return new Answer.Stream(feed);
    }

    /** Somebody should look. */
    void alert(Object alert) {
        alerted.forEach(feed -> feed.push("alert", alert));
    }
}
