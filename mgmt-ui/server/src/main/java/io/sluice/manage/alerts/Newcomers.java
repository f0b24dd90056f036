package io.sluice.manage.alerts;

import io.sluice.manage.assets.InventoryListener;
import io.sluice.manage.event.Event;
import io.sluice.manage.event.Judgement.Verdict;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Devices, relations and functions that were not there while it was learned what is usual. */
final class Newcomers implements InventoryListener {
    private final Consumer<Finding> sink;
    private final BooleanSupplier learning;
    private final long settlingMicros;

    Newcomers(AlertSettings settings, Consumer<Finding> sink, BooleanSupplier learning) {
        this.sink = sink;
        this.learning = learning;
        settlingMicros = AlertSettings.micros(settings.settling());
    }

    @Override
    public void device(String address, Event e) {
        if (learning.getAsBoolean() || Sight.group(address)) {
            return;
        }
        Event.End end = address.equals(e.source().address()) ? e.source() : e.destination();
        Event.End peer = address.equals(e.source().address()) ? e.destination() : e.source();
        String who = Sight.named(end);
        sink.accept(new Finding(Kind.NEW_DEVICE, Severity.MEDIUM, address, "", "", "New device " + who,
                who + " was seen for the first time" + (peer.address().isEmpty()
                        ? "."
                        : ", with " + Sight.named(peer)
                                + (e.deed().text().isEmpty() ? "." : ": " + e.deed().text() + ".")),
                "Nothing was at this address before.",
                "If it belongs here, name it in the policy or mark it as known on the Assets page; if not, find the port"
                        + " that it is plugged into (" + (e.port().isEmpty() ? "unknown" : e.port()) + ").",
                Filters.of("host", address), e.micros(), 1));
    }

    @Override
    public void relation(String client, long clientSince, String server, long serverSince, String protocol, Event e) {
        boolean newcomer = Math.max(clientSince, serverSince) > e.micros() - settlingMicros;
        if (learning.getAsBoolean() || newcomer || Sight.group(server)) {
            return; // the alert of the new device says it
        }
        boolean denied = e.judgement().verdict() == Verdict.DENY;
        sink.accept(new Finding(Kind.NEW_RELATION, denied ? Severity.LOW : Severity.MEDIUM, client, server, protocol,
                client + " talks to " + server + " for the first time",
                client + " spoke " + protocol + " to " + server + " for the first time"
                        + (denied ? ", and was refused." : "."),
                "Both are known, but not with one another.",
                "If somebody set that up, archive this; if not, ask what " + client + " is doing there.",
                Filters.of("src", client, "dst", server), e.micros(), 1));
    }

    @Override
    public void function(String client, String server, String protocol, long since, String function, long at,
            Event e) {
        if (learning.getAsBoolean() || since > at - settlingMicros) {
            return;
        }
        boolean denied = e.judgement().verdict() == Verdict.DENY;
        boolean changes = Sight.changes(e);
        sink.accept(new Finding(Kind.NEW_FUNCTION,
                denied ? Severity.MEDIUM : changes ? Severity.HIGH : Severity.LOW, client, server,
                protocol + ' ' + function, client + " uses `" + function + "` at " + server + " for the first time",
                client + " asked " + server + " for `" + function + "` for the first time"
                        + (e.deed().text().isEmpty() ? "" : ": " + e.deed().text())
                        + (denied ? ", and was refused." : "."),
                "They have known each other for " + days(at - since) + ", and it was never used.",
                "If the program of " + client + " was changed, archive this; if not, ask who is at " + client + ".",
                Filters.of("src", client, "dst", server, "function",
                        e.deed().function() < 0 ? "" : Integer.toString(e.deed().function())),
                e.micros(), 1));
    }

    private static String days(long micros) {
        long hours = micros / 3_600_000_000L;
        return hours < 1
                ? micros / 60_000_000L + " minutes"
                : hours < 48 ? hours + (hours == 1 ? " hour" : " hours") : hours / 24 + " days";
    }
}
