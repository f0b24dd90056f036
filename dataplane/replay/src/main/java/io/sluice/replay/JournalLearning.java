package io.sluice.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.dissect.CollectedNames;
import io.sluice.dissect.Facts;
import io.sluice.dissect.Protocol;
import io.sluice.dissect.Protocols;
import io.sluice.dissect.Vocabulary.Request;
import io.sluice.dissect.Vocabulary.Understood;
import io.sluice.rules.learn.Conversation;
import io.sluice.rules.learn.Host;
import io.sluice.rules.learn.LearningLimits;
import io.sluice.rules.learn.Moment;
import io.sluice.rules.learn.Observation;
import io.sluice.rules.learn.Observation.Asked;
import io.sluice.rules.learn.Observation.Outcome;
import io.sluice.rules.learn.Observations;
import io.sluice.rules.policy.Network;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Learns from the records of a firewall's journal (docs/journal.md): what they say is asked, in the words of a policy, by
 * whom. What a firewall refused is not a habit; what it would have refused, monitoring, may be one.
 */
public final class JournalLearning {
    private static final int MOST_NAMES = 200_000;
    /** Requests whose answers may still come, and flows whose last record may. */
    private static final int MOST_OPEN = 65_536;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSZ");
    /** Reasons of records whose message is no request. */
    private static final List<String> UNREADABLE = List.of("malformed", "midstream", "overload", "answer-to-refused");
    private static final String ACKNOWLEDGE = "5";

    private final JsonFactory json = new JsonFactory();
    private final Observations observations = new Observations(LearningLimits.DEFAULT);
    private final Map<Protocol, CollectedNames> names = new HashMap<>();
    private final Map<Protocol, Asks> asks = new HashMap<>();
    private final LinkedHashMap<String, Asked> waiting = new LinkedHashMap<>();
    private final LinkedHashMap<String, Observation.Flowed> flows = new LinkedHashMap<>();
    private final Facts facts = new Facts();
    private long unread;

    /** One record. */
    public void record(byte[] bytes, int from, int length, long index) {
        try {
            Map<String, String> fields = fields(bytes, from, length);
            switch (fields.getOrDefault("event_type", "")) {
                case "flow" -> flow(fields, index);
                case "stats", "management", "drop" -> {
                }
                default -> message(fields, index);
            }
        } catch (IOException | DateTimeParseException | NumberFormatException e) {
            unread++;
        }
    }

    /** Scalars by their path: {@code sluice.does}; of a list the first. */
    private Map<String, String> fields(byte[] bytes, int from, int length) throws IOException {
        Map<String, String> fields = new HashMap<>();
        Deque<String> path = new ArrayDeque<>();
        try (JsonParser parser = json.createParser(bytes, from, length)) {
            String name = "";
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case FIELD_NAME -> name = parser.currentName();
                    case START_OBJECT -> path.addLast(path.isEmpty() ? "" : path.getLast() + name + ".");
                    case END_OBJECT -> path.removeLast();
                    case START_ARRAY, END_ARRAY -> {
                    }
                    default -> fields.putIfAbsent(path.getLast() + name, Objects.requireNonNull(parser.getText()));
                }
            }
        }
        return fields;
    }

    private void message(Map<String, String> fields, long index) {
        Optional<Protocol> protocol = Protocols.named(fields.getOrDefault("app_proto", ""));
        if (protocol.isEmpty()) {
            return; // a flow as a whole: its own record tells
        }
        boolean request = fields.getOrDefault("direction", "").equals("to_server");
        String app = protocol.get().name() + (request ? ".request." : ".response.");
        String exchange = fields.getOrDefault("flow_id", "") + "/"
                + fields.getOrDefault(app + "transaction_id", fields.getOrDefault(app + "rqid", ""));
        if (!request) {
            Asked asked = waiting.remove(exchange);
            if (asked != null) {
                tell(asked, refuses(fields, app) ? Outcome.REFUSED : asked.outcome());
            }
            return;
        }
        Conversation conversation = conversation(fields, "src", "dest", protocol.get().name());
        Moment at = new Moment(nanos(fields.getOrDefault("timestamp", "")), index);
        sighted(conversation.client(), at, fields);
        String reason = fields.getOrDefault("sluice.reason", "");
        if (UNREADABLE.contains(reason)) {
            observations
                    .add(new Observation.Unreadable(conversation, at, fields.getOrDefault("sluice.detail", reason)));
            return;
        }
        switch (protocol.get().vocabulary().request(fields.getOrDefault("sluice.does", ""))) {
            case Understood.No<Request> _ -> observations
                    .add(new Observation.Unreadable(conversation, at,
                            "its words in the record are not a whole request"));
            case Understood.Yes<Request> yes -> {
                CollectedNames known = names.computeIfAbsent(protocol.get(), _ -> new CollectedNames(MOST_NAMES));
                facts.reset(MemorySegment.NULL);
                yes.meaning().fill(facts, known);
                boolean denied = fields.getOrDefault("sluice.verdict", "").equals("deny");
                boolean stopped = fields.getOrDefault("sluice.enforced", "").equals("true");
                Asked asked = new Asked(conversation, at,
                        asks.computeIfAbsent(protocol.get(), p -> new Asks(p, known)).of(facts),
                        denied && (stopped || reason.equals("denied")) ? Outcome.FORBIDDEN : Outcome.ANSWERED,
                        Map.of());
                Asked before = waiting.put(exchange, asked);
                if (before != null) {
                    tell(before, before.outcome());
                }
                if (waiting.size() > MOST_OPEN) {
                    Asked oldest = Objects.requireNonNull(waiting.pollFirstEntry()).getValue();
                    tell(oldest, oldest.outcome());
                }
            }
        }
    }

    /** As {@link io.sluice.dissect.Columns#refusal} says of messages. */
    private static boolean refuses(Map<String, String> fields, String app) {
        String exception = fields.getOrDefault(app + "exception.raw", ACKNOWLEDGE);
        return !exception.equals(ACKNOWLEDGE) || fields.getOrDefault(app + "service_name", "").equals("ServiceFault");
    }

    private void tell(Asked asked, Outcome outcome) {
        observations.add(new Asked(asked.conversation(), asked.at(), asked.asks(), outcome, asked.traits()));
    }

    private void flow(Map<String, String> fields, long index) {
        Conversation conversation = conversation(fields, "src", "dest", fields.getOrDefault("app_proto", ""));
        Moment at = new Moment(nanos(fields.getOrDefault("flow.start", "")), index);
        sighted(conversation.client(), at, fields);
        long back = number(fields, "flow.pkts_toclient");
        flows.put(fields.getOrDefault("flow_id", ""), new Observation.Flowed(conversation, at,
                nanos(fields.getOrDefault("flow.end", "")), back > 0, number(fields, "flow.pkts_toserver") + back,
                number(fields, "flow.bytes_toserver") + number(fields, "flow.bytes_toclient")));
        if (flows.size() > MOST_OPEN) {
            observations.add(Objects.requireNonNull(flows.pollFirstEntry()).getValue());
        }
    }

    private void sighted(Host host, Moment at, Map<String, String> fields) {
        observations.add(new Observation.Sighted(host, at, fields.getOrDefault("in_iface", ""),
                Integer.parseInt(fields.getOrDefault("vlan", "-1"))));
    }

    private static Conversation conversation(Map<String, String> fields, String from, String to, String protocol) {
        int transport = switch (fields.getOrDefault("proto", "")) {
            case "TCP" -> Conversation.TCP;
            case "UDP" -> Conversation.UDP;
            default -> 1;
        };
        return new Conversation(host(fields.getOrDefault(from + "_ip", "")), host(fields.getOrDefault(to + "_ip", "")),
                protocol, transport, (int) number(fields, to + "_port"));
    }

    private static Host host(String text) {
        Network address = Network.parse(text)
                .orElseThrow(() -> new NumberFormatException("no address")); // counted as a record that cannot be read
        return new Host(address.high(), address.low(), text);
    }

    private static long number(Map<String, String> fields, String name) {
        return Long.parseLong(fields.getOrDefault(name, "0"));
    }

    private static long nanos(String timestamp) {
        var instant = OffsetDateTime.parse(timestamp, TIME).toInstant();
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }

    /** Records that are no records. */
    public long unread() {
        return unread;
    }

    /** No more records come. */
    public Learning.Learnt finish() {
        waiting.values().forEach(asked -> tell(asked, asked.outcome()));
        waiting.clear();
        flows.values().forEach(observations::add);
        flows.clear();
        return new Learning.Learnt(observations, List.of(),
                names.values().stream().mapToLong(CollectedNames::excess).sum());
    }
}
