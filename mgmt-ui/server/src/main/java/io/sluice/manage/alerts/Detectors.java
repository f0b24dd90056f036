package io.sluice.manage.alerts;

import io.sluice.manage.assets.InventoryListener;
import io.sluice.manage.event.Event;
import io.sluice.manage.event.EventType;
import java.util.function.Consumer;

/**
 * Hears events, and of what an inventory sees first, and raises alerts. Time is that of the events: the same events give the same
 * alerts, whenever they are read. One thread.
 */
public final class Detectors implements InventoryListener {
    private final Learned learned;
    private final long learningMicros;
    private final AlertBook book;
    private final ScanDetector scans;
    private final ReadScanDetector reads;
    private final DenialDetector denials;
    private final SpoofingDetector spoofing;
    private final ValueDetector values;
    private final RateDetector rates;
    private final Newcomers newcomers;
    private final FirewallDetector firewall;
    private long now;

    /** @param changed hears of each alert that is new or open again */
    public Detectors(AlertSettings settings, Learned learned, Consumer<Alert> changed) {
        this.learned = learned;
        learningMicros = AlertSettings.micros(settings.learning());
        book = new AlertBook(learned.alerts, settings, changed, () -> learned.alertsForgotten++);
        scans = new ScanDetector(settings, learned, book::raise);
        reads = new ReadScanDetector(settings, learned, book::raise, this::learning);
        denials = new DenialDetector(settings, learned, book::raise);
        spoofing = new SpoofingDetector(learned, book::raise, this::learning);
        values = new ValueDetector(settings, learned, book::raise, this::learning);
        rates = new RateDetector(settings, learned, book::raise);
        newcomers = new Newcomers(settings, book::raise, this::learning);
        firewall = new FirewallDetector(book::raise);
    }

    /** To be called with each event, before the inventory. */
    public void accept(Event e) {
        if (e.micros() < 0) {
            return;
        }
        // A flow is told of after it began: what it shows was there by then.
        now = e.type() == EventType.FLOW && e.flowed().startMicros() >= 0 ? e.flowed().startMicros() : e.micros();
        if (learned.began < 0 || now < learned.began) {
            learned.began = now;
        }
        if (!scans.accept(e)) {
            denials.accept(e);
        }
        reads.accept(e);
        spoofing.accept(e);
        values.accept(e);
        firewall.accept(e);
    }

    /** It is still being learned what is usual. */
    public boolean learning() {
        return learned.began < 0 || now - learned.began < learningMicros;
    }

    /** The inbox. */
    public AlertBook book() {
        return book;
    }

    @Override
    public void device(String address, Event event) {
        newcomers.device(address, event);
    }

    @Override
    public void station(String address, String mac, Event event) {
        spoofing.station(address, mac, event);
    }

    @Override
    public void relation(String client, long clientSince, String server, long serverSince, String protocol,
            Event event) {
        newcomers.relation(client, clientSince, server, serverSince, protocol, event);
    }

    @Override
    public void function(String client, String server, String protocol, long relationSince, String function,
            long at, Event event) {
        newcomers.function(client, server, protocol, relationSince, function, at, event);
    }

    @Override
    public void requests(String client, String server, String protocol, long count, Event event) {
        rates.requests(client, server, protocol, count, event);
    }
}
