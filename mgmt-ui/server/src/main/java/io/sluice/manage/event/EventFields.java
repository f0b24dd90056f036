package io.sluice.manage.event;

import io.sluice.manage.event.Event.Alert;
import io.sluice.manage.event.Event.End;
import io.sluice.manage.event.Event.Repeated;
import io.sluice.manage.event.Judgement.Verdict;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/** What a line says so far, field by field; {@link #event} puts it together. */
final class EventFields {
    /** Reasons for which a message's words are no request's. */
    private static final Set<String> UNREAD = Set.of("malformed", "midstream", "overload", "answer-to-refused");

    /** What the journal calls an address that is in no zone. */
    private static final String NOWHERE = "?";

    EventType type = EventType.OTHER;
    long micros = -1;
    long flow = -1;
    String port = "";
    int vlan = -1;
    String sourceAddress = "";
    int sourcePort = -1;
    String destinationAddress = "";
    int destinationPort = -1;
    String transport = "";
    String protocol = "";
    boolean answer;
    String verdict = "";
    String reason = "";
    String rule = "";
    String conduit = "";
    String because = "";
    String from = "";
    String to = "";
    String does = "";
    String detail = "";
    String notices = "";
    String action = "";
    boolean enforced;
    String policy = "";
    String person = "";
    String grant = "";
    long repeats;
    long firstMicros = -1;
    long lastMicros = -1;
    long allowed;
    long denied;
    int readPlaces;
    final Map<String, Flowed.ByRule> rules = new LinkedHashMap<>();
    int signatureNumber = -1;
    String signature = "";
    int severity = -1;
    String dropReason = "";
    long packetsToServer;
    long packetsToClient;
    long bytesToServer;
    long bytesToClient;
    long startMicros = -1;
    long endMicros = -1;
    String state = "";
    String flowReason = "";
    String flowAction = "";
    int unit = -1;
    int function = -1;
    String functionName = "";
    final Map<String, String> fields = new LinkedHashMap<>();

    static Event unreadable(long id, String raw) {
        return new EventFields().event(id, raw);
    }

    Event event(long id, String raw) {
        boolean management = type == EventType.MANAGEMENT;
        return new Event(id, micros, type, flow, port, vlan, protocol, transport, answer,
                end(sourceAddress, sourcePort, answer ? to : from),
                end(destinationAddress, destinationPort, answer ? from : to), deed(), judgement(),
                signature.isEmpty() ? Alert.NONE : new Alert(signatureNumber, signature, severity),
                management ? field("person") : person,
                !management ? grant : field("grant").isEmpty() ? field("session") : field("grant"),
                repeats == 0 ? Repeated.NONE : new Repeated(repeats, firstMicros, lastMicros), flowed(),
                fields.isEmpty() ? Map.of() : Collections.unmodifiableMap(fields), raw);
    }

    private String field(String name) {
        return fields.getOrDefault(name, "");
    }

    private static End end(String address, int port, String place) {
        String known = place.equals(NOWHERE) ? "" : place;
        return address.isEmpty() && known.isEmpty() ? End.NONE : new End(address, port, known);
    }

    private Deed deed() {
        return switch (type) {
            case MANAGEMENT -> new Deed(field("type"), -1, "", said(), List.of());
            case MODBUS, OPCUA, ALERT -> {
                boolean asks = !answer && !protocol.isEmpty() && !UNREAD.contains(reason);
                List<Deed.Part> parts = asks ? DeedParser.parts(does) : unread();
                yield new Deed(parts.isEmpty() ? "" : parts.getFirst().operation(), function, functionName, does,
                        parts);
            }
            case DROP, FLOW, STATS, OTHER -> Deed.NONE;
        };
    }

    /** What management did, its fields in one line. */
    private String said() {
        StringJoiner said = new StringJoiner(", ", ": ", "").setEmptyValue("");
        fields.forEach((name, value) -> {
            if (!name.equals("type")) {
                said.add(name + " " + value);
            }
        });
        return field("type") + said;
    }

    /** Of what is no request, or none that could be read, at least the unit is known. */
    private List<Deed.Part> unread() {
        return unit < 0 ? List.of() : List.of(new Deed.Part("", unit, "", -1, -1, "", List.of()));
    }

    private Judgement judgement() {
        return switch (type) {
            case STATS, OTHER -> Judgement.NONE;
            case MANAGEMENT ->
                new Judgement(Verdict.NONE, false, "", "", field("conduit"), field("because"), "", "", "", "");
            case DROP -> new Judgement(Verdict.DENY, true, dropReason, rule, conduit, because, detail, notices, "drop",
                    policy);
            case FLOW -> {
                boolean blocked = flowAction.equals("drop");
                yield new Judgement(blocked ? Verdict.DENY : Verdict.NONE, blocked, flowReason, rule, conduit, because,
                        detail, notices, flowAction, policy);
            }
            case MODBUS, OPCUA, ALERT -> new Judgement(switch (verdict) {
                case "allow" -> Verdict.ALLOW;
                case "deny" -> Verdict.DENY;
                default -> Verdict.NONE;
            }, enforced, reason, rule, conduit, because, detail, notices, action, policy);
        };
    }

    private Flowed flowed() {
        return type != EventType.FLOW
                ? Flowed.NONE
                : new Flowed(state, flowReason, startMicros, endMicros, packetsToServer, packetsToClient, bytesToServer,
                        bytesToClient, allowed, denied, readPlaces, Collections.unmodifiableMap(rules));
    }
}
