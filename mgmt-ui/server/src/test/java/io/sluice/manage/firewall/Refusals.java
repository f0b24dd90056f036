package io.sluice.manage.firewall;

import io.sluice.manage.event.Deed;
import io.sluice.manage.event.Event;
import io.sluice.manage.event.EventType;
import io.sluice.manage.event.Flowed;
import io.sluice.manage.event.Judgement;
import io.sluice.manage.event.Judgement.Verdict;
import java.util.List;
import java.util.Map;

/** Records of refused requests. */
final class Refusals {
    private Refusals() {}

    /** One to port 502 or 4840, or, without a protocol, to the port that the words name. */
    static Event of(String protocol, Event.End from, Event.End to, String does, String detail) {
        String[] words = does.split(" ", -1);
        int port = protocol.equals("modbus")
                ? 502
                : protocol.equals("opcua") ? 4840 : words.length > 2 ? Integer.parseInt(words[2]) : -1;
        return of(protocol, words[0].equals("udp") ? "UDP" : words[0].equals("ping") ? "ICMP" : "TCP", from,
                new Event.End(to.address(), port, to.place()), does, detail);
    }

    static Event of(String protocol, String transport, Event.End from, Event.End to, String does, String detail) {
        return new Event(1, 0, EventType.ALERT, 1, "plant", -1, protocol, transport, false, from, to,
                new Deed("", -1, "", does, List.of()),
                new Judgement(Verdict.DENY, true, "default", "", "", "", detail, "", "reply", ""), Event.Alert.NONE, "",
                "", Event.Repeated.NONE, Flowed.NONE, Map.of(), "");
    }
}
