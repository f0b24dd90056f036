package io.sluice.manage.alerts;

import io.sluice.manage.event.Event;
import io.sluice.manage.event.EventType;
import java.util.Map;
import java.util.function.Consumer;

/** What the firewall has to complain of, as the journal tells it. */
final class FirewallDetector {
    private static final Map<String, String> DROPS = Map.of(
            "flow-table-full", "its table of connections is full, and new connections are refused",
            "buffer-full", "its buffers are full, and packets are dropped",
            "fragment-table-full", "too many unfinished datagrams wait, and further ones are dropped");

    private final Consumer<Finding> sink;

    FirewallDetector(Consumer<Finding> sink) {
        this.sink = sink;
    }

    void accept(Event e) {
        if (e.type() == EventType.MANAGEMENT && e.deed().operation().equals("journal.lost")) {
            sink.accept(new Finding(Kind.FIREWALL, Severity.HIGH, "", "", "journal.lost", "The journal has a gap",
                    "Records were lost, most likely because the disk was full.",
                    "What happened then is not on record.",
                    "Free the disk of the journal, or let it take a larger share.",
                    Filters.of("type", "management", "do", "journal.lost"), e.micros(), 1));
        } else if (e.type() == EventType.DROP && DROPS.containsKey(e.judgement().reason())) {
            String cause = e.judgement().reason();
            sink.accept(new Finding(Kind.FIREWALL, Severity.HIGH, "", "", cause, "The firewall is at its limit",
                    "The firewall says that " + DROPS.get(cause) + ".",
                    "That is a flood, or a plant that has outgrown it.",
                    "Look who opens the connections.", Filters.of("type", "drop", "reason", cause), e.micros(), 1));
        }
    }
}
