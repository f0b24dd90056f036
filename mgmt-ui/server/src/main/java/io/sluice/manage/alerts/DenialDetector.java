package io.sluice.manage.alerts;

import io.sluice.manage.event.Event;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The same source is refused at the same destination again and again: a machine that is set wrongly, a rule that is missing, or somebody who insists. */
final class DenialDetector {
    /** Refusals of one pair in the window that began with the first. */
    private static final class Pair {
        long began;
        long count;
        long changes;
        boolean told;
    }

    private final AlertSettings settings;
    private final Learned learned;
    private final Consumer<Finding> sink;
    private final Map<String, Pair> pairs = new LinkedHashMap<>(16, 0.75f, true);

    DenialDetector(AlertSettings settings, Learned learned, Consumer<Finding> sink) {
        this.settings = settings;
        this.learned = learned;
        this.sink = sink;
    }

    void accept(Event e) {
        if (!Sight.refusedRequest(e) || Sight.group(e.destination().address())) {
            return;
        }
        boolean repeated = !e.repeated().equals(Event.Repeated.NONE);
        long times = repeated ? e.repeated().count() : 1;
        Pair pair = pair(e.source().address() + ' ' + e.destination().address(), e.micros());
        pair.count += times;
        pair.changes += Sight.changes(e) ? times : 0;
        if (pair.count >= settings.denials() || pair.changes >= settings.deniedChanges()) {
            report(e, pair, pair.told ? times : pair.count);
            pair.told = true;
        }
    }

    private Pair pair(String key, long micros) {
        Pair pair = pairs.get(key);
        if (pair == null && pairs.size() >= settings.sources()) {
            pairs.remove(pairs.keySet().iterator().next());
            learned.sourcesLeftOut++;
        }
        if (pair == null || micros - pair.began > AlertSettings.micros(settings.denialWindow())) {
            pair = new Pair();
            pair.began = micros;
            pairs.put(key, pair);
        }
        return pair;
    }

    private void report(Event e, Pair pair, long times) {
        String from = Sight.named(e.source());
        String to = e.destination().address().isEmpty() ? "several devices" : Sight.named(e.destination());
        String why = e.alert().signature().isEmpty() ? e.judgement().reason() : e.alert().signature();
        sink.accept(new Finding(Kind.REPEATED_DENIALS, pair.changes > 0 ? Severity.HIGH : Severity.MEDIUM,
                e.source().address(), e.destination().address(), "", from + " is refused at " + to + " again and again",
                from + " was refused " + Sight.times(pair.count) + " at " + to + " within "
                        + settings.denialWindow().toMinutes() + " minutes, "
                        + (pair.changes > 0 ? Sight.times(pair.changes) + " with something that would have changed it"
                                : "never with something that would have changed it")
                        + "; the last time: " + last(e) + " (" + why + ").",
                "A machine that is set right is not refused.",
                "If it should be allowed, make a rule of one of the messages; if not, find out what the machine wants there.",
                Filters.of("src", e.source().address(), "dst", e.destination().address(), "verdict", "deny"),
                e.micros(), times));
    }

    private static String last(Event e) {
        return e.deed().text().isEmpty() ? "a message" : e.deed().text();
    }
}
