package io.sluice.manage.alerts;

import io.sluice.manage.alerts.Learned.Refused;
import io.sluice.manage.event.Event;
import java.util.function.Consumer;

/** The same source is refused at the same destination again and again: a machine that is set wrongly, a rule that is missing, or somebody who insists. */
final class DenialDetector {
    private final AlertSettings settings;
    private final Learned learned;
    private final Consumer<Finding> sink;

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
        Refused pair = pair(e.source().address() + ' ' + e.destination().address(), e.micros());
        pair.count += times;
        pair.changes += Sight.changes(e) ? times : 0;
        if (pair.count >= settings.denials() || pair.changes >= settings.deniedChanges()) {
            report(e, pair, pair.told ? times : pair.count);
            pair.told = true;
        }
    }

    private Refused pair(String key, long micros) {
        Refused known = learned.refused.remove(key);
        if (known == null && learned.refused.size() >= settings.sources()) {
            learned.refused.remove(learned.refused.keySet().iterator().next());
            learned.sourcesLeftOut++;
        }
        boolean over = known == null || micros - known.began > AlertSettings.micros(settings.denialWindow());
        Refused pair = known == null || over ? new Refused() : known;
        pair.began = over ? micros : pair.began;
        learned.refused.put(key, pair);
        return pair;
    }

    private void report(Event e, Refused pair, long times) {
        String from = Sight.named(e.source());
        String to = e.destination().address().isEmpty() ? "several devices" : Sight.named(e.destination());
        String why = e.alert().signature().isEmpty() ? e.judgement().reason() : e.alert().signature();
        sink.accept(new Finding(Kind.REPEATED_DENIALS, pair.changes > 0 ? Severity.HIGH : Severity.MEDIUM,
                e.source().address(), e.destination().address(), "", from + " is refused at " + to + " again and again",
                from + " was refused " + Sight.times(pair.count) + " at " + to + " within "
                        + settings.denialWindow().toMinutes() + " minutes, "
                        + (pair.changes > 0
                                ? Sight.times(pair.changes) + " with something that would have changed it"
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
