package io.sluice.manage.alerts;

import io.sluice.manage.event.Event;
import io.sluice.manage.event.Judgement.Verdict;
import java.util.Set;

/** What detectors ask of events. */
final class Sight {
    /** Refusals that tell of the firewall or of an old connection, and nothing of an intention. */
    private static final Set<String> UNINTENDED = Set.of("midstream", "answer-to-refused", "overload");

    private Sight() {}

    /** A request that was refused, or would be, and that somebody meant. */
    static boolean refusedRequest(Event e) {
        return e.judgement().verdict() == Verdict.DENY && !e.answer() && !UNINTENDED.contains(e.judgement().reason())
                && !e.source().address().isEmpty()
                && switch (e.type()) {
                    case MODBUS, OPCUA, ALERT -> true;
                    case DROP, FLOW, STATS, MANAGEMENT, OTHER -> false;
                };
    }

    /**
     * Group and broadcast addresses (RFC 1112 §4, RFC 919 §7, RFC 4291 §2.7; and what ends in .255): whoever is switched on in
     * a network calls out to some of them, and looks for nobody in particular.
     */
    static boolean group(String address) {
        if (address.indexOf(':') >= 0) {
            return address.startsWith("ff");
        }
        int dot = address.indexOf('.');
        if (dot < 1) {
            return false;
        }
        int first = Integer.parseInt(address.substring(0, dot));
        return first >= 224 || address.endsWith(".255");
    }

    static boolean writes(Event e) {
        return e.deed().operation().equals("write") || e.deed().operation().equals("call");
    }

    /** It would change a device, or nobody knows what it does: functions that a policy names by number. */
    static boolean changes(Event e) {
        return writes(e) || e.deed().operation().equals("function") || e.deed().operation().equals("history_update");
    }

    static String times(long count) {
        return count == 1 ? "once" : count + " times";
    }

    /** With the name that the policy gives it, where it has one. */
    static String named(Event.End end) {
        return end.place().isEmpty() || end.place().equals(end.address())
                ? end.address()
                : end.address().isEmpty() ? end.place() : end.address() + " (" + end.place() + ")";
    }
}
