package io.sluice.manage.assets;

import io.sluice.manage.event.Event;
import java.util.Locale;

/** What two ends speak, as a policy would write it. */
final class Services {
    private Services() {}

    static String of(Event e) {
        if (!e.protocol().isEmpty()) {
            return e.protocol();
        }
        int port = e.answer() ? e.source().port() : e.destination().port();
        String transport = e.transport().toLowerCase(Locale.ROOT);
        return switch (transport) {
            case "tcp", "udp" -> transport + " port " + port;
            case "icmp", "ipv6-icmp" -> "ping";
            default -> "ip protocol " + transport;
        };
    }
}
