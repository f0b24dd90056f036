package io.sluice.manage.route;

import io.sluice.manage.Diary;
import io.sluice.manage.Refused;
import io.sluice.manage.alerts.Alert;
import io.sluice.manage.alerts.Watch;
import io.sluice.manage.assets.NamedAssets;
import io.sluice.manage.http.Answer;
import io.sluice.manage.http.Call;
import io.sluice.manage.http.Json;
import io.sluice.manage.http.Operations;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What somebody should look at: the inbox. */
public final class AlertRoutes implements Operations.Part {
    private final Watch watch;
    private final Supplier<NamedAssets> names;
    private final Diary diary;
    private final InstantSource clock;

    AlertRoutes(Watch watch, Supplier<NamedAssets> names, Diary diary, InstantSource clock) {
        this.watch = watch;
        this.names = names;
        this.diary = diary;
        this.clock = clock;
    }

    @Override
    public void register(Operations operations) {
        operations.on("listAlerts", this::list).on("moveAlert", this::move);
    }

    /** The schema {@code Alert} of the API document. */
    record AlertView(String id, String kind, String severity, String state, String title, String explanation,
            @Nullable String source, @Nullable String destination, long count, String first, String last, String filter,
            @Nullable String movedBy, @Nullable String movedAt, @Nullable String note) {
        static AlertView of(Alert a) {
            return new AlertView(a.id(), a.kind().word(), a.severity().name().toLowerCase(Locale.ROOT),
                    a.state().word(), a.title(), a.explanation(), some(a.source()), some(a.destination()), a.count(),
                    Json.time(a.first()), Json.time(a.last()), a.filter(), some(a.movedBy()),
                    a.movedAt() == null ? null : Json.time(a.movedAt()), some(a.note()));
        }

        private static @Nullable String some(String text) {
            return text.isEmpty() ? null : text;
        }
    }

    private Answer list(Call call) {
        String state = call.text("state");
        Stream<Alert> alerts = watch.alerts().list(names.get()::id).stream()
                .filter(a -> state.equals("all") || a.state().word().equals(state));
        if (call.text("order").equals("severity")) {
            alerts = alerts.sorted(Comparator.comparing(Alert::severity).reversed()); // it is stable: the latest stay first
        }
        return Answer.ok(alerts.limit(call.number("limit")).map(AlertView::of).toList());
    }

    private record Move(String state, @Nullable String note) {}

    private Answer move(Call call) throws Refused {
        Move wanted = call.body(Move.class);
        Alert.State to = Alert.State.valueOf(wanted.state().toUpperCase(Locale.ROOT));
        try {
            Alert moved = watch.move(call.text("id"), to, wanted.note() == null ? "" : wanted.note(), call.who(),
                    clock.millis() * 1_000).orElseThrow(() -> Refused.notFound("there is no such alert any more"));
            diary.note("alert-" + to.word(), call.who(), Map.of("alert", moved.title()));
            return Answer.ok(AlertView.of(moved));
        } catch (IOException e) {
            throw Refused.of(507, "not-written", "this cannot be written: " + e.getMessage() + "; is the disk full?");
        }
    }
}
