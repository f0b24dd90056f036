package io.sluice.manage.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The API document, {@code openapi.yaml}, as far as the server goes by it: every route is there, and only there. */
public final class Contract {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete");

    private final String text;
    private final JsonNode document;
    private final List<Operation> operations;

    /** Where a parameter stands. */
    public enum Place {
        PATH,
        QUERY
    }

    /** One parameter of an operation. */
    public record Parameter(String name, Place place, boolean required, JsonNode schema) {}

    /**
     * One operation.
     *
     * @param path such as {@code /api/users/{user}}
     * @param roles of which one is needed; also {@code anyone}, {@code signed-in}, {@code metrics}
     * @param body schema of a JSON request
     * @param upload the request is bytes
     */
    public record Operation(String id, String method, String path, Set<String> roles, List<Parameter> parameters,
            Optional<JsonNode> body, boolean upload) {
        public boolean changes() {
            return !method.equals("GET");
        }
    }

    private Contract(String text) {
        this.text = text;
        Object tree = new Load(LoadSettings.builder().build()).loadFromString(text);
        document = new ObjectMapper().valueToTree(tree);
        operations = read();
    }

    /** The document that this build serves. */
    public static Contract load() {
        try (InputStream in = Contract.class.getResourceAsStream("/openapi.yaml")) {
            if (in == null) {
                throw new IllegalStateException("openapi.yaml is missing in this build");
            }
            return new Contract(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<Operation> operations() {
        return operations;
    }

    public String text() {
        return text;
    }

    /** What a {@code $ref} stands for; anything else is itself. */
    public JsonNode resolve(JsonNode node) {
        JsonNode reference = node.get("$ref");
        return reference == null ? node : resolve(document.at(reference.asText().substring(1)));
    }

    private List<Operation> read() {
        List<Operation> found = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                if (METHODS.contains(method.getKey())) {
                    found.add(operation(path.getKey(), method.getKey(), method.getValue()));
                }
            }
        }
        return List.copyOf(found);
    }

    private Operation operation(String path, String method, JsonNode node) {
        Set<String> roles = new TreeSet<>();
        node.path("x-roles").forEach(role -> roles.add(role.asText()));
        List<Parameter> parameters = new ArrayList<>();
        node.path("parameters").forEach(p -> parameters.add(parameter(resolve(p))));
        JsonNode content = node.path("requestBody").path("content");
        JsonNode json = content.path("application/json").path("schema");
        return new Operation(node.get("operationId").asText(), method.toUpperCase(java.util.Locale.ROOT), path,
                Set.copyOf(roles), List.copyOf(parameters),
                json.isMissingNode() ? Optional.empty() : Optional.of(resolve(json)),
                content.has("application/octet-stream"));
    }

    private Parameter parameter(JsonNode node) {
        return new Parameter(node.get("name").asText(),
                node.get("in").asText().equals("path") ? Place.PATH : Place.QUERY,
                node.path("required").asBoolean(false), resolve(node.get("schema")));
    }
}
