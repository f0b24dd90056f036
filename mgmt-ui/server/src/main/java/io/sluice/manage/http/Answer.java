package io.sluice.manage.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What a request is answered with. */
public sealed interface Answer {
    /** As JSON, perhaps with cookies. */
    record Value(int status, Object body, List<Cookie> cookies) implements Answer {}

    /** Bytes of another kind. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Content(int status, String type, byte[] body, Map<String, String> headers) implements Answer {}

    /** Done, and nothing to say. */
    record Done(List<Cookie> cookies) implements Answer {}

    /** To another page. */
    record Redirect(String location, List<Cookie> cookies) implements Answer {}

    /** Server-sent events, until one side ends them. */
    record Stream(LiveSource source) implements Answer {}

    /** A cookie to be set; an empty value takes it away. */
    record Cookie(String name, String value, boolean lax) {}

    static Answer ok(Object body) {
        return new Value(200, body, List.of());
    }

    static Answer made(int status, Object body) {
        return new Value(status, body, List.of());
    }

    static Answer done() {
        return new Done(List.of());
    }

    static Answer text(String type, String text) {
        return new Content(200, type, text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /** A file that browsers save. */
    static Answer file(String type, String name, byte[] bytes) {
        return new Content(200, type, bytes, Map.of("Content-Disposition", "attachment; filename=\"" + name + "\""));
    }
}
