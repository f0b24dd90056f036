package io.sluice.manage.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Makes events of the journal's lines. A line that is no record, or one of a later version, is an event all the same, of
 * type {@link EventType#OTHER} or with what is known of it: nothing here fails. One thread.
 */
public final class EventParser {
    private final JsonFactory json = new JsonFactory();

    /** One record, with its text in {@link Event#raw}. */
    public Event parse(long id, byte[] bytes, int from, int length) {
        return parse(id, bytes, from, length, new String(bytes, from, length, StandardCharsets.UTF_8));
    }

    /** One record, without its text. */
    public Event parseBriefly(long id, byte[] bytes, int from, int length) {
        return parse(id, bytes, from, length, "");
    }

    public Event parse(long id, String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return parse(id, bytes, 0, bytes.length, line);
    }

    private Event parse(long id, byte[] bytes, int from, int length, String raw) {
        EventFields fields = new EventFields();
        try (JsonParser parser = json.createParser(bytes, from, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return EventFields.unreadable(id, raw);
            }
            record(parser, fields);
        } catch (IOException e) {
            return EventFields.unreadable(id, raw);
        }
        return fields.event(id, raw);
    }

    private static void record(JsonParser p, EventFields f) throws IOException {
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            JsonToken value = p.nextToken();
            if (value == JsonToken.START_OBJECT) {
                switch (name) {
                    case "sluice" -> sluice(p, f);
                    case "alert" -> alert(p, f);
                    case "drop" -> drop(p, f);
                    case "flow" -> flow(p, f);
                    case "modbus", "opcua" -> message(p, f);
                    case "management", "stats" -> flat(p, "", f);
                    case "ether" -> flat(p, "ether.", f);
                    default -> p.skipChildren();
                }
            } else if (value == JsonToken.START_ARRAY) {
                if (name.equals("vlan")) {
                    while (p.nextToken() != JsonToken.END_ARRAY) {
                        f.vlan = p.getValueAsInt(-1);
                    }
                } else {
                    p.skipChildren();
                }
            } else {
                scalar(p, name, f);
            }
        }
    }

    private static void scalar(JsonParser p, String name, EventFields f) throws IOException {
        switch (name) {
            case "timestamp" -> f.micros = Timestamp.micros(p.getText());
            case "flow_id" -> f.flow = p.getValueAsLong(-1);
            case "in_iface" -> f.port = p.getText();
            case "event_type" -> f.type = EventType.of(p.getText());
            case "src_ip" -> f.sourceAddress = p.getText();
            case "src_port" -> f.sourcePort = p.getValueAsInt(-1);
            case "dest_ip" -> f.destinationAddress = p.getText();
            case "dest_port" -> f.destinationPort = p.getValueAsInt(-1);
            case "proto" -> f.transport = p.getText();
            case "app_proto" -> f.protocol = p.getText();
            case "direction" -> f.answer = p.getText().equals("to_client");
            default -> {
            }
        }
    }

    private static void sluice(JsonParser p, EventFields f) throws IOException {
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            p.nextToken();
            switch (name) {
                case "verdict" -> f.verdict = p.getText();
                case "reason" -> f.reason = p.getText();
                case "rule" -> f.rule = p.getText();
                case "conduit" -> f.conduit = p.getText();
                case "because" -> f.because = p.getText();
                case "from" -> f.from = p.getText();
                case "to" -> f.to = p.getText();
                case "does" -> f.does = p.getText();
                case "detail" -> f.detail = p.getText();
                case "notices" -> f.notices = p.getText();
                case "action" -> f.action = p.getText();
                case "enforced" -> f.enforced = p.getValueAsBoolean(false);
                case "policy" -> f.policy = p.getText();
                case "person" -> f.person = p.getText();
                case "grant" -> f.grant = p.getText();
                case "repeated" -> repeated(p, f);
                case "requests" -> requests(p, f);
                case "read_places" -> f.readPlaces = p.getValueAsInt(0);
                case "rules" -> rules(p, f);
                default -> p.skipChildren();
            }
        }
    }

    private static void repeated(JsonParser p, EventFields f) throws IOException {
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            p.nextToken();
            switch (name) {
                case "count" -> f.repeats = p.getValueAsLong(0);
                case "first" -> f.firstMicros = Timestamp.micros(p.getText());
                case "last" -> f.lastMicros = Timestamp.micros(p.getText());
                default -> p.skipChildren();
            }
        }
    }

    private static void requests(JsonParser p, EventFields f) throws IOException {
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            p.nextToken();
            switch (name) {
                case "allowed" -> f.allowed = p.getValueAsLong(0);
                case "denied" -> f.denied = p.getValueAsLong(0);
                default -> p.skipChildren();
            }
        }
    }

    private static void rules(JsonParser p, EventFields f) throws IOException {
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String rule = p.currentName();
            String conduit = "";
            long reads = 0;
            long writes = 0;
            if (p.nextToken() != JsonToken.START_OBJECT) {
                p.skipChildren();
                continue;
            }
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                String name = p.currentName();
                p.nextToken();
                switch (name) {
                    case "conduit" -> conduit = p.getText();
                    case "reads" -> reads = p.getValueAsLong(0);
                    case "writes" -> writes = p.getValueAsLong(0);
                    default -> p.skipChildren();
                }
            }
            f.rules.put(rule, new Flowed.ByRule(conduit, reads, writes));
        }
    }

    private static void alert(JsonParser p, EventFields f) throws IOException {
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            p.nextToken();
            switch (name) {
                case "signature_id" -> f.signatureNumber = p.getValueAsInt(-1);
                case "signature" -> f.signature = p.getText();
                case "severity" -> f.severity = p.getValueAsInt(-1);
                default -> p.skipChildren();
            }
        }
    }

    private static void drop(JsonParser p, EventFields f) throws IOException {
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            p.nextToken();
            if (name.equals("reason")) {
                f.dropReason = p.getText();
            } else {
                p.skipChildren();
            }
        }
    }

    private static void flow(JsonParser p, EventFields f) throws IOException {
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            p.nextToken();
            switch (name) {
                case "pkts_toserver" -> f.packetsToServer = p.getValueAsLong(0);
                case "pkts_toclient" -> f.packetsToClient = p.getValueAsLong(0);
                case "bytes_toserver" -> f.bytesToServer = p.getValueAsLong(0);
                case "bytes_toclient" -> f.bytesToClient = p.getValueAsLong(0);
                case "start" -> f.startMicros = Timestamp.micros(p.getText());
                case "end" -> f.endMicros = Timestamp.micros(p.getText());
                case "state" -> f.state = p.getText();
                case "reason" -> f.flowReason = p.getText();
                case "action" -> f.flowAction = p.getText();
                default -> p.skipChildren();
            }
        }
    }

    /** Of {@code request} and {@code response} what all protocols have; the rest is in what it does, in words. */
    private static void message(JsonParser p, EventFields f) throws IOException {
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            if (p.nextToken() != JsonToken.START_OBJECT) {
                p.skipChildren();
                continue;
            }
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                String name = p.currentName();
                p.nextToken();
                switch (name) {
                    case "unit_id" -> f.unit = p.getValueAsInt(-1);
                    case "function_raw", "service_id" -> f.function = p.getValueAsInt(-1);
                    case "function_code", "service_name" -> f.functionName = p.getText();
                    case "identification", "application" -> flat(p, name + ".", f);
                    default -> p.skipChildren();
                }
            }
        }
    }

    private static void flat(JsonParser p, String path, EventFields f) throws IOException {
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = path + p.currentName();
            switch (p.nextToken()) {
                case START_OBJECT -> flat(p, name + ".", f);
                case START_ARRAY -> first(p, name, f);
                default -> f.fields.put(name, p.getText());
            }
        }
    }

    /** Of a list of scalars the first. */
    private static void first(JsonParser p, String name, EventFields f) throws IOException {
        while (p.nextToken() != JsonToken.END_ARRAY) {
            if (p.currentToken().isScalarValue()) {
                f.fields.putIfAbsent(name, p.getText());
            } else {
                p.skipChildren();
            }
        }
    }
}
