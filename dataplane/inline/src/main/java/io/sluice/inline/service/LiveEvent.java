package io.sluice.inline.service;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.control.v1.Event;
import io.sluice.control.v1.EventSeverity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Makes an event for subscribers of a record of the journal: the few fields that filters look at, and the record itself. */
final class LiveEvent {
    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxx");
    private static final long SECOND = 1_000_000_000L;

    private String time = "";
    private String type = "";
    private String action = "";
    private String verdict = "";
    private int alertSeverity;
    private boolean alarm;

    private LiveEvent() {}

    /** Empty for what is no record. */
    static Optional<Event> of(byte[] bytes, int from, int length) {
        LiveEvent event = new LiveEvent();
        try (JsonParser json = JSON.createParser(bytes, from, length)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                event.object(json, "");
            }
            return event.type.isEmpty()
                    ? Optional.empty()
                    : Optional.of(event.message(new String(bytes, from, length, StandardCharsets.UTF_8)));
        } catch (IOException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Looks at an object and those directly in it; what is deeper is skipped. */
    private void object(JsonParser json, String inside) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.START_OBJECT && inside.isEmpty()) {
                object(json, name);
            } else if (value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY) {
                json.skipChildren();
            } else {
                field(inside.isEmpty() ? name : inside + "." + name, json);
            }
        }
    }

    private void field(String path, JsonParser json) throws IOException {
        switch (path) {
            case "timestamp" -> time = json.getText();
            case "event_type" -> type = json.getText();
            case "verdict.action" -> action = json.getText();
            case "sluice.verdict" -> verdict = json.getText();
            case "alert.severity" -> alertSeverity = json.getValueAsInt();
            case "management.alarm" -> alarm = true;
            default -> { // filters do not look at it
            }
        }
    }

    private Event message(String json) {
        Instant instant = OffsetDateTime.parse(time, TIME).toInstant();
        boolean denied = verdict.equals("deny") || action.equals("drop") || action.equals("alert");
        return Event.newBuilder().setAtNanos(instant.getEpochSecond() * SECOND + instant.getNano()).setType(type)
                .setDenied(denied).setSeverity(severity(denied)).setJson(json).build();
    }

    private EventSeverity severity(boolean denied) {
        if (alarm) {
            return EventSeverity.ALARM;
        }
        return alertSeverity == 1 ? EventSeverity.WARNING : denied ? EventSeverity.NOTICE : EventSeverity.INFO;
    }
}
