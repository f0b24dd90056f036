package io.sluice.manage.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Compares what came with what the API document says: as much of JSON Schema as the document uses for requests. What it does
 * not mention is refused, so that a misspelt key does not go unnoticed.
 */
final class Schema {
    private final Contract contract;

    Schema(Contract contract) {
        this.contract = contract;
    }

    /** What is wrong, as the end of a sentence that begins with the place; empty: nothing. */
    Optional<String> problem(JsonNode value, JsonNode given, String place) {
        JsonNode schema = contract.resolve(given);
        return switch (schema.path("type").asText()) {
            case "object" -> object(value, schema, place);
            case "array" -> array(value, schema, place);
            case "string" -> value.isTextual() ? text(value.asText(), schema, place) : no(place, "is a text");
            case "integer" -> value.isIntegralNumber() && value.canConvertToLong()
                    ? number(value.asLong(), schema, place)
                    : no(place, "is a whole number");
            case "number" -> value.isNumber() ? Optional.empty() : no(place, "is a number");
            case "boolean" -> value.isBoolean() ? Optional.empty() : no(place, "is `true` or `false`");
            default -> Optional.empty();
        };
    }

    private Optional<String> object(JsonNode value, JsonNode schema, String place) {
        if (!value.isObject()) {
            return no(place, "is an object");
        }
        for (JsonNode required : schema.path("required")) {
            if (!value.hasNonNull(required.asText())) {
                return no(place, "needs `" + required.asText() + "`");
            }
        }
        JsonNode others = schema.path("additionalProperties");
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            JsonNode known = schema.path("properties").path(field.getKey());
            if (known.isMissingNode()) {
                known = others;
            }
            if (known.isMissingNode() && !schema.path("properties").isMissingNode()) {
                return no(place, "has no key `" + field.getKey() + "`");
            }
            Optional<String> problem = known.isMissingNode()
                    ? Optional.empty()
                    : problem(field.getValue(), known, "`" + field.getKey() + "`");
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private Optional<String> array(JsonNode value, JsonNode schema, String place) {
        if (!value.isArray()) {
            return no(place, "is a list");
        }
        for (JsonNode item : value) {
            Optional<String> problem = problem(item, schema.get("items"), place);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> text(String value, JsonNode schema, String place) {
        if (value.length() > schema.path("maxLength").asInt(Integer.MAX_VALUE)) {
            return no(place, "has more than " + schema.get("maxLength").asInt() + " characters");
        }
        if (value.length() < schema.path("minLength").asInt(0)) {
            return no(place, "is empty");
        }
        if (schema.has("pattern") && !Pattern.compile(schema.get("pattern").asText()).matcher(value).matches()) {
            return no(place, "does not look as it must: " + schema.get("pattern").asText());
        }
        if (schema.has("enum") && !among(value, schema.get("enum"))) {
            return no(place, "is one of " + schema.get("enum"));
        }
        return schema.path("format").asText().equals("date-time") && !isTime(value)
                ? no(place, "is a time, such as `2026-01-31T08:00:00Z`")
                : Optional.empty();
    }

    private static boolean among(String value, JsonNode words) {
        for (JsonNode word : words) {
            if (word.asText().equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTime(String value) {
        try {
            return OffsetDateTime.parse(value) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static Optional<String> number(long value, JsonNode schema, String place) {
        long least = schema.path("minimum").asLong(Long.MIN_VALUE);
        long most = schema.path("maximum").asLong(Long.MAX_VALUE);
        return value < least || value > most
                ? no(place, "is a number from " + least + (most == Long.MAX_VALUE ? " on" : " to " + most))
                : Optional.empty();
    }

    /** A parameter's text as its schema means it; as a text where it is no such value. */
    JsonNode typed(String text, JsonNode given) {
        return switch (contract.resolve(given).path("type").asText()) {
            case "integer" ->
                text.matches("-?[0-9]{1,18}") ? LongNode.valueOf(Long.parseLong(text)) : new TextNode(text);
            case "boolean" -> text.equals("true") || text.equals("false")
                    ? BooleanNode.valueOf(text.equals("true"))
                    : new TextNode(text);
            default -> new TextNode(text);
        };
    }

    private static Optional<String> no(String place, String rest) {
        return Optional.of(place + " " + rest);
    }
}
