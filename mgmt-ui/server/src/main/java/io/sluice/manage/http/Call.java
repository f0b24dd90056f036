package io.sluice.manage.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.manage.Refused;
import io.sluice.manage.identity.Session;
import io.sluice.manage.identity.SignIn.From;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request that passed all checks.
 *
 * @param token of its session, if any
 * @param site how the browser reached this server, {@code https://host:port}
 * @param parameters of path and query, as the document says, with defaults
 * @param body as the document says
 * @param upload where the request's bytes go
 */
public record Call(Optional<Session> found, String token, From from, String site, Map<String, JsonNode> parameters,
        @Nullable JsonNode body, Map<String, String> cookies, Upload upload) {

    /** Takes the bytes of a request, as they come. */
    @FunctionalInterface
    public interface Upload {
        /**
         * Writes them to a file, which is removed again where that fails.
         *
         * @param most bytes
         * @return how many there were
         */
        long to(java.nio.file.Path file, long most) throws Refused;
    }

    /** For operations that only somebody who is signed in reaches. */
    public Session session() {
        return found.orElseThrow(() -> new IllegalStateException("the document lets anyone in here"));
    }

    /** The person's id. */
    public String who() {
        return session().account().id();
    }

    public String text(String parameter) {
        return find(parameter).orElse("");
    }

    public Optional<String> find(String parameter) {
        return Optional.ofNullable(parameters.get(parameter)).map(JsonNode::asText);
    }

    public long number(String parameter) {
        JsonNode node = parameters.get(parameter);
        return node == null ? 0 : node.asLong();
    }

    public Optional<Long> findNumber(String parameter) {
        return Optional.ofNullable(parameters.get(parameter)).map(JsonNode::asLong);
    }

    public Optional<Instant> time(String parameter) {
        return find(parameter).map(t -> OffsetDateTime.parse(t).toInstant());
    }

    /** The body as a record. */
    public <T> T body(Class<T> type) throws Refused {
        try {
            return Json.MAPPER.treeToValue(body, type);
        } catch (JsonProcessingException e) {
            throw Refused.wrong("the request is not as the API document says");
        }
    }
}
