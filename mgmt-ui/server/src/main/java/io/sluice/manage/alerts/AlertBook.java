package io.sluice.manage.alerts;

import io.sluice.manage.alerts.Alert.State;
import io.sluice.manage.event.Event;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The inbox of alerts. Any thread. */
public final class AlertBook {
    /** Which alerts make way when there are too many. */
    private static final Comparator<AlertState> LEAVES = Comparator
            .comparing((AlertState a) -> a.state != State.ARCHIVED).thenComparing(a -> a.state == State.ESCALATED)
            .thenComparingLong(a -> a.last);

    private final Map<String, AlertState> alerts;
    private final int most;
    private final long quietMicros;
    private final Consumer<Alert> changed;
    private final Runnable forgotten;

    /**
     * @param alerts by id, in a map that the caller keeps
     * @param changed hears of each alert that is new or open again, on the thread that raised it
     * @param forgotten is called for each alert that makes way
     */
    AlertBook(Map<String, AlertState> alerts, AlertSettings settings, Consumer<Alert> changed, Runnable forgotten) {
        this.alerts = alerts;
        this.changed = changed;
        this.forgotten = forgotten;
        most = settings.alerts();
        quietMicros = AlertSettings.micros(settings.quiet());
    }

    synchronized void raise(Finding f) {
        String id = id(f);
        AlertState alert = alerts.get(id);
        boolean tell = alert == null;
        if (alert == null) {
            makeRoom();
            alert = new AlertState();
            alert.id = id;
            alert.kind = f.kind();
            alert.source = f.source();
            alert.destination = f.destination();
            alert.first = f.micros();
            alerts.put(id, alert);
        } else if (alert.state == State.ARCHIVED && (f.micros() - Math.max(alert.movedAt, alert.last) > quietMicros
                || f.severity().compareTo(alert.severity) > 0)) {
            alert.state = State.OPEN;
            tell = true;
        }
        alert.severity = f.severity().compareTo(alert.severity) > 0 ? f.severity() : alert.severity;
        alert.title = f.title();
        alert.what = f.what();
        alert.why = f.why();
        alert.advice = f.advice();
        alert.filter = f.filter();
        alert.count += f.times();
        alert.first = Math.min(alert.first, f.micros());
        alert.last = Math.max(alert.last, f.micros());
        if (tell) {
            changed.accept(view(alert, UnaryOperator.identity()));
        }
    }

    private void makeRoom() {
        while (alerts.size() >= most) {
            alerts.values().stream().min(LEAVES).ifPresent(a -> {
                alerts.remove(a.id);
                forgotten.run();
            });
        }
    }

    /** The same for the same alert, whenever the inbox is made anew. */
    private static String id(Finding f) {
        String key = String.join("\n", f.kind().word(), f.source(), f.destination(), f.subject());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Archives, escalates or opens an alert.
     *
     * @param micros when, microseconds since 1970-01-01T00:00Z
     * @return as it is now; empty where there is no such alert
     */
    public synchronized Optional<Alert> move(String id, State to, String note, String person, long micros) {
        AlertState alert = alerts.get(id);
        if (alert == null) {
            return Optional.empty();
        }
        alert.state = to;
        alert.note = note;
        alert.movedBy = person;
        alert.movedAt = micros;
        return Optional.of(view(alert, UnaryOperator.identity()));
    }

    /**
     * The latest first.
     *
     * @param names what an address is called
     */
    public synchronized List<Alert> list(UnaryOperator<String> names) {
        return alerts.values().stream()
                .sorted(Comparator.comparingLong((AlertState a) -> -a.last).thenComparing(a -> a.id))
                .map(a -> view(a, names)).toList();
    }

    /** How many are in this state. */
    public synchronized int count(Alert.State state) {
        return (int) alerts.values().stream().filter(a -> a.state == state).count();
    }

    private static Alert view(AlertState a, UnaryOperator<String> names) {
        return new Alert(a.id, a.kind, a.severity, a.state, a.title, String.join(" ", a.what, a.why, a.advice),
                a.source.isEmpty() ? "" : names.apply(a.source),
                a.destination.isEmpty() ? "" : names.apply(a.destination), a.count, Event.instant(a.first),
                Event.instant(a.last), a.filter, a.movedBy, a.movedAt < 0 ? null : Event.instant(a.movedAt), a.note);
    }
}
