package io.sluice.manage.alerts;

import io.sluice.manage.alerts.Learned.Places;
import io.sluice.manage.alerts.Learned.Source;
import io.sluice.manage.event.Event;
import io.sluice.manage.event.EventType;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * One source that looks around by what it may do: it begins to read at many devices within a short time, or at many more
 * addresses of a device than ever. Both are told by records of flows, which come early where something is read anew.
 */
final class ReadScanDetector {
    /** So many times as many places as ever … */
    private static final int FACTOR = 2;
    /** … and so many more. */
    private static final int LEAST = 16;

    private final AlertSettings settings;
    private final Learned learned;
    private final Consumer<Finding> sink;
    private final BooleanSupplier learning;

    ReadScanDetector(AlertSettings settings, Learned learned, Consumer<Finding> sink, BooleanSupplier learning) {
        this.settings = settings;
        this.learned = learned;
        this.sink = sink;
        this.learning = learning;
    }

    /** Before the inventory hears of it. */
    void accept(Event e) {
        if (e.type() != EventType.FLOW || e.judgement().blocked() || e.protocol().isEmpty()
                || e.flowed().allowed() == 0) {
            return;
        }
        String pair = Learned.pair(e.source().address(), e.destination().address(), e.protocol());
        if (!learning.getAsBoolean() && !learned.rates.containsKey(pair)) {
            begun(e);
        }
        if (e.flowed().readPlaces() > 0) {
            places(e, pair);
        }
    }

    /** A relation that is new. */
    private void begun(Event e) {
        Source source = learned.readers.remove(e.source().address());
        if (source == null && learned.readers.size() >= settings.sources()) {
            learned.readers.remove(learned.readers.keySet().iterator().next());
            learned.sourcesLeftOut++;
        }
        source = source == null ? new Source() : source;
        learned.readers.put(e.source().address(), source);
        source.targets.remove(e.destination().address());
        source.targets.put(e.destination().address(), e.micros());
        ScanDetector.forget(source, e.micros() - AlertSettings.micros(settings.slowScanWindow()));
        long fast = e.micros() - AlertSettings.micros(settings.scanWindow());
        long recent = source.targets.values().stream().filter(at -> at > fast).count();
        if (recent >= settings.scanTargets() || source.targets.size() >= settings.slowScanTargets()) {
            String who = Sight.named(e.source());
            sink.accept(new Finding(Kind.SCAN, Severity.HIGH, e.source().address(), "", "reads",
                    who + " begins to ask many devices",
                    who + " asked " + source.targets.size() + " devices for the first time within "
                            + settings.slowScanWindow().toMinutes() + " minutes; the policy allowed it.",
                    "Machines of a plant ask the same few devices for the same things; who begins with many at once looks"
                            + " for something, or was just set up.",
                    "If it was just set up, archive this; if not, find out what runs at this address, and narrow the"
                            + " conduit that lets it through.",
                    Filters.of("src", e.source().address(), "type", EventType.FLOW.word()), e.micros(), 1));
        }
    }

    private void places(Event e, String pair) {
        int now = e.flowed().readPlaces();
        Places known = learned.places.get(pair);
        if (known == null) {
            if (learned.places.size() >= settings.ranges()) {
                learned.rangesLeftOut++;
                return;
            }
            known = new Places();
            known.since = e.micros();
            learned.places.put(pair, known);
        } else if (!learning.getAsBoolean() && e.micros() - known.since > AlertSettings.micros(settings.settling())
                && now >= known.most * FACTOR && now >= known.most + LEAST) {
            report(e, known.most, now);
        }
        known.most = Math.max(known.most, now);
    }

    private void report(Event e, int before, int now) {
        String who = Sight.named(e.source());
        String at = Sight.named(e.destination());
        sink.accept(new Finding(Kind.SCAN, Severity.MEDIUM, e.source().address(), e.destination().address(), "reads",
                who + " reads at " + at + " where it never read",
                who + " read about " + now + (now == Long.SIZE ? " or more" : "") + " different addresses of " + at
                        + " over one connection; " + before + " were the most before. The policy allowed it.",
                "A machine reads the same addresses again and again; who reads many others looks for something.",
                "If the program of " + who
                        + " was changed, archive this; if not, ask who is there, and name the addresses"
                        + " in the conduit's rule.",
                Filters.of("src", e.source().address(), "dst", e.destination().address(), "type",
                        EventType.FLOW.word()),
                e.micros(), 1));
    }
}
