package io.sluice.manage.alerts;

import io.sluice.manage.alerts.Learned.Source;
import io.sluice.manage.event.Deed;
import io.sluice.manage.event.Event;
import java.util.Iterator;
import java.util.function.Consumer;

/** One source that tries many doors: addresses and ports, units behind an address, or functions of a device. */
final class ScanDetector {
    private static final int MOST_TARGETS = 512;

    private final AlertSettings settings;
    private final Learned learned;
    private final Consumer<Finding> sink;

    ScanDetector(AlertSettings settings, Learned learned, Consumer<Finding> sink) {
        this.settings = settings;
        this.learned = learned;
        this.sink = sink;
    }

    /** True if the event is part of a scan: then it is not a repeated denial, too. */
    boolean accept(Event e) {
        if (!Sight.refusedRequest(e) || Sight.group(e.destination().address())) {
            return false;
        }
        Source source = source(e.source().address());
        long slow = AlertSettings.micros(settings.slowScanWindow());
        long fast = AlertSettings.micros(settings.scanWindow());
        if (e.destination().address().isEmpty()) {
            return counted(e, source);
        }
        String target = target(e);
        source.targets.remove(target);
        source.targets.put(target, e.micros());
        forget(source, e.micros() - slow);
        long recent = source.targets.values().stream().filter(at -> at > e.micros() - fast).count();
        if (recent >= settings.scanTargets() || source.targets.size() >= settings.slowScanTargets()) {
            source.until = e.micros() + fast;
            report(e, source, 1);
            return true;
        }
        return false;
    }

    /** The journal counted further refusals of this source without saying at whom: while it scans, they belong to that. */
    private boolean counted(Event e, Source source) {
        long from = e.repeated().firstMicros();
        if (from > source.until || source.targets.isEmpty()) {
            return false;
        }
        report(e, source, Math.max(1, e.repeated().count()));
        return true;
    }

    private Source source(String address) {
        Source known = learned.sources.remove(address);
        if (known == null && learned.sources.size() >= settings.sources()) {
            learned.sources.remove(learned.sources.keySet().iterator().next());
            learned.sourcesLeftOut++;
        }
        Source source = known == null ? new Source() : known;
        learned.sources.put(address, source);
        return source;
    }

    static void forget(Source source, long before) {
        Iterator<Long> times = source.targets.values().iterator();
        while (times.hasNext() && (times.next() < before || source.targets.size() > MOST_TARGETS)) {
            times.remove();
        }
    }

    private String target(Event e) {
        String address = e.destination().address();
        if (e.protocol().isEmpty()) {
            return "door " + address + ' ' + e.transport() + ' ' + e.destination().port();
        }
        int unit = e.deed().parts().stream().mapToInt(Deed.Part::unit).findFirst().orElse(-1);
        String[] words = e.deed().text().split(" ", 3);
        String function = e.deed().operation().equals("function") && words.length > 1
                ? words[1]
                : e.deed().operation() + ' ' + e.deed().function();
        // Who is let through there with other things does not look for devices, however many refuse it the same.
        boolean known = learned.rates.containsKey(Learned.pair(e.source().address(), address, e.protocol()));
        return "request " + (known ? "known" : address) + ' ' + unit + ' ' + function;
    }

    private void report(Event e, Source source, long times) {
        long doors = source.targets.keySet().stream().filter(t -> t.startsWith("door")).count();
        long requests = source.targets.size() - doors;
        long devices = source.targets.keySet().stream().map(t -> t.split(" ", 3)[1]).distinct().count();
        String who = Sight.named(e.source());
        sink.accept(new Finding(Kind.SCAN, Severity.HIGH, e.source().address(), "", "", who + " looks for open doors",
                who + " was refused at " + source.targets.size() + " different targets of " + devices
                        + (devices == 1 ? " device" : " devices") + " within " + settings.slowScanWindow().toMinutes()
                        + " minutes: " + doors + " ports, " + requests + " kinds of requests.",
                "Machines of a plant ask the same few devices for the same things; who tries many looks for something that"
                        + " answers.",
                "Find out who is at this address now. If it is a scanner of your own, archive this; if not, take it off"
                        + " the network and look at what it was let through to.",
                Filters.of("src", e.source().address(), "verdict", "deny"), e.micros(), times));
    }
}
