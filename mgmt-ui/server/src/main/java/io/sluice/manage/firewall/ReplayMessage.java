package io.sluice.manage.firewall;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One verdict of a replay, as it is kept in a file and shown.
 *
 * @param frame its number in the capture, from 1
 * @param before the verdict under the baseline; null: it was not judged there
 * @param answer it went from server to client: it follows its request, and does not count as changed
 */
public record ReplayMessage(long frame, @Nullable String at, @Nullable String conduit, String source,
        String destination,
        String does, String verdict, @Nullable String before, @Nullable String rule, String reason,
        @Nullable String detail, boolean answer) {

    @com.fasterxml.jackson.annotation.JsonIgnore
    public boolean denied() {
        return verdict.equals("deny");
    }

    @com.fasterxml.jackson.annotation.JsonIgnore
    public boolean changed() {
        return !answer && before != null && !before.equals(verdict);
    }

    /** Of a line of the decision log, docs/replay.md. */
    static ReplayMessage of(JsonNode line, @Nullable String before, @Nullable String conduit) {
        boolean answer = line.path("direction").asText().equals("answer");
        String client = end(line, "from", "client");
        String server = end(line, "to", "server");
        String protocol = line.path("protocol").asText();
        return new ReplayMessage(line.path("frame").asLong(), some(line.path("time").asText()), conduit,
                answer ? server : client, answer ? client : server,
                line.has("does") ? line.path("does").asText() : protocol, line.path("verdict").asText(), before,
                some(line.path("rule").asText()), line.path("reason").asText(), some(line.path("detail").asText()),
                answer);
    }

    private static String end(JsonNode line, String place, String address) {
        String name = line.path(place).asText();
        return name.isEmpty() || name.equals("?") ? line.path(address).asText() : name;
    }

    private static @Nullable String some(String text) {
        return text.isEmpty() ? null : text;
    }
}
