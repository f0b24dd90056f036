package io.sluice.manage.alerts;

import io.sluice.manage.assets.InventoryListener;
import io.sluice.manage.event.Event;
import io.sluice.manage.event.EventType;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Somebody who pretends to be another: by addresses that cannot be there, by answers for others, by a rewritten offer. */
final class SpoofingDetector implements InventoryListener {
    /** Causes of drops, docs/journal.md, with what they mean. */
    private static final Map<String, String> DROPS = Map.of(
            "spoofed", "a packet came in at a port where its address cannot be",
            "arp-binding", "ARP or neighbour discovery claims an address for a station that it does not belong to",
            "router-unnamed", "a router that the policy does not name announces itself",
            "mapped-address", "an IPv6 packet pretends to come from an IPv4 address",
            "ip-source-route", "a packet wants to choose its own way through the network");

    private static final String WEAK = "weaker-than-offered";

    /** Notices of messages that were let through. */
    private static final Map<String, String> NOTICES = Map.of(
            "offer-changed", "an OPC UA server offers other endpoints than before",
            WEAK, "an OPC UA client opened a weaker channel than the server offers");

    private static final int MOST_NOTICES = 4096;

    private final Learned learned;
    private final Consumer<Finding> sink;
    private final BooleanSupplier learning;

    SpoofingDetector(Learned learned, Consumer<Finding> sink, BooleanSupplier learning) {
        this.learned = learned;
        this.sink = sink;
        this.learning = learning;
    }

    void accept(Event e) {
        if (e.type() == EventType.DROP) {
            String means = DROPS.get(e.judgement().reason());
            if (means != null) {
                drop(e, means);
            }
        } else if (!e.judgement().notices().isEmpty()) {
            NOTICES.forEach((word, means) -> {
                if (e.judgement().notices().contains(word)) {
                    notice(e, word, means);
                }
            });
        }
    }

    private void drop(Event e, String means) {
        String cause = e.judgement().reason();
        String who = e.source().address().isEmpty() ? "somebody at port " + e.port() : Sight.named(e.source());
        long times = e.repeated().equals(Event.Repeated.NONE) ? 1 : e.repeated().count();
        sink.accept(new Finding(Kind.SPOOFING, Severity.HIGH,
                e.source().address().isEmpty() ? e.port() : e.source().address(), e.destination().address(), cause,
                who + " is not who it seems to be",
                "At port " + e.port() + " " + means + "; the packet was dropped.",
                "That does not happen in a network that is wired and set as the policy says.",
                "Look what was plugged in or moved at this port; if the network was changed, change the policy.",
                Filters.of("type", "drop", "reason", cause, "src", e.source().address()), e.micros(), times));
    }

    private void notice(Event e, String word, String means) {
        Event.End client = e.answer() ? e.destination() : e.source();
        Event.End server = e.answer() ? e.source() : e.destination();
        boolean known = learned.notices.putIfAbsent(client.address() + ' ' + server.address() + ' ' + word,
                e.micros()) != null;
        if (learned.notices.size() > MOST_NOTICES) {
            learned.notices.remove(learned.notices.keySet().iterator().next());
        }
        if (word.equals(WEAK) && (known || learning.getAsBoolean())) {
            return; // many plants are set so; only that it begins is news
        }
        sink.accept(new Finding(Kind.SPOOFING, Severity.MEDIUM, client.address(), server.address(), word,
                "The security of " + Sight.named(server) + " is not what it was",
                "Between " + Sight.named(client) + " and " + Sight.named(server) + " " + means + ".",
                "Somebody between the two could have rewritten the offer, to have them speak unprotected.",
                "Ask who changed the server's or the client's settings; if nobody did, compare the certificates.",
                Filters.of("host", server.address(), "type", "alert"), e.micros(), 1));
    }

    @Override
    public void station(String address, String mac, Event e) {
        if (learning.getAsBoolean()) {
            return;
        }
        sink.accept(new Finding(Kind.SPOOFING, Severity.MEDIUM, address, "", mac,
                address + " uses another network card", address + " was seen with the Ethernet address " + mac
                        + ", which it did not have before.",
                "Either the device or the router in front of it was exchanged, or another device uses its address.",
                "Ask who exchanged it. If nobody did, look for a second device with this address.",
                Filters.of("host", address, "type", "flow"), e.micros(), 1));
    }
}
