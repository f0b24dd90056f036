package io.sluice.manage.event;

import io.sluice.manage.event.Judgement.Verdict;
import java.time.Instant;
import java.util.Map;

/**
 * One record of the journal (docs/journal.md). Texts that a record does not have are empty, numbers are -1.
 *
 * @param id the record's number since the journal began; ids of later records are greater
 * @param micros its time, microseconds since 1970-01-01T00:00Z
 * @param flow connects the events of one flow
 * @param port the port of the firewall that the frame came in at
 * @param vlan the inner identifier
 * @param protocol {@code modbus}, {@code opcua}; empty for what is not inspected
 * @param transport {@code TCP}, {@code UDP}, {@code ICMP}
 * @param answer it goes from server to client
 * @param source who sent it; of a flow its client
 * @param destination to whom; of a flow its server
 * @param deed what the message does; of what management did, its type
 * @param judgement what was decided, and why
 * @param alert what collectors of events are told; {@link Alert#NONE} where there is none
 * @param person who is behind it: of a jump session, or of what management did
 * @param session the number of the jump session's grant
 * @param repeated how many more records like this it stands for; {@link Repeated#NONE}: for itself
 * @param flowed what a flow has carried; {@link Flowed#NONE} of all else
 * @param fields of {@code management} and {@code stats}: scalars by their path, such as {@code ports.plant.received}; of a flow
 *     {@code ether.src_macs}; of a message in which an end says what it is, {@code identification.…} or {@code application.…}
 * @param raw the record itself, JSON; empty where only the index was asked
 */
public record Event(long id, long micros, EventType type, long flow, String port, int vlan, String protocol,
        String transport, boolean answer, End source, End destination, Deed deed, Judgement judgement, Alert alert,
        String person, String session, Repeated repeated, Flowed flowed, Map<String, String> fields, String raw) {

    /** Who a packet comes from or goes to. */
    public record End(String address, int port, String place) {
        public static final End NONE = new End("", -1, "");

        /** What the policy calls it, else its address. */
        public String name() {
            return place.isEmpty() ? address : place;
        }
    }

    /**
     * What Suricata calls an alert.
     *
     * @param signature the reason in a sentence
     * @param severity 1 is the most severe
     */
    public record Alert(int number, String signature, int severity) {
        public static final Alert NONE = new Alert(-1, "", -1);
    }

    /**
     * Refusals that say the same and were counted.
     *
     * @param firstMicros when the first of them came, microseconds since 1970-01-01T00:00Z
     */
    public record Repeated(long count, long firstMicros, long lastMicros) {
        public static final Repeated NONE = new Repeated(0, -1, -1);
    }

    public Instant time() {
        return instant(micros);
    }

    public static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
    }

    /**
     * How many requests or packets the record tells of; 0 where it is about none, counts what others tell, or is about an
     * answer that shared the fate of its request. An answer that was refused for itself counts.
     */
    public long messages() {
        return switch (type) {
            case MODBUS, OPCUA, ALERT, DROP ->
                answer && (judgement.verdict() == Verdict.ALLOW || judgement.reason().equals("answer-to-refused"))
                        ? 0
                        : Math.max(1, repeated.count);
            case FLOW, STATS, MANAGEMENT, OTHER -> 0;
        };
    }

    /** The same with the record's text. */
    public Event withRaw(String text) {
        return new Event(id, micros, type, flow, port, vlan, protocol, transport, answer, source, destination, deed,
                judgement, alert, person, session, repeated, flowed, fields, text);
    }

    /** What happened, on one line. */
    public String sentence() {
        return Sentences.of(this);
    }
}
