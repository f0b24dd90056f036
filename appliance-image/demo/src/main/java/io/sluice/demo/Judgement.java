package io.sluice.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the firewall has decided about a request or a connection, in its own words.
 *
 * @param from who asked
 * @param to who was asked
 * @param does what was asked
 * @param why the rule that allowed it; or what was missing, and what became of the connection
 */
record Judgement(boolean denied, String from, String to, String does, String why) {
    private static final JsonFactory JSON = new JsonFactory();
    /** The first words of what does not change a device, in the language of policies. */
    private static final Set<String> LOOKS = Set.of("browse", "read", "subscribe");

    /** Whether it deserves a line of its own: other things that pass come too often. */
    boolean isRare() {
        return denied || verb().equals("write");
    }

    /** What many are counted under: {@code read, hmi → plc (rule poll of hmi-plc)}. */
    String kind() {
        return LOOKS.contains(verb())
                ? verb() + ", " + from + " → " + to + " (" + why + ")"
                : "keeping the connection, " + from + " → " + to;
    }

    private String verb() {
        return does.split(" ", 2)[0];
    }

    /** Reads a line of the firewall's event stream, in the form of its journal; empty for answers, and for what is no verdict. */
    static Optional<Judgement> of(String json, boolean denied) {
        Map<String, String> event = fields(json);
        String does = event.get("/sluice/does");
        return does == null || "to_client".equals(event.get("/direction"))
                ? Optional.empty()
                : Optional.of(new Judgement(denied, place(event, "/sluice/from", "/src_ip"),
                        place(event, "/sluice/to", "/dest_ip"), does, why(event, denied)));
    }

    /** The asset, or the name of what the policy does not know and its zone. */
    private static String place(Map<String, String> event, String place, String address) {
        String name = event.getOrDefault(place, "?");
        String ours = Plant.NAMES.getOrDefault(event.getOrDefault(address, ""), "");
        return ours.isEmpty() || ours.equals(name) ? name : ours + " (" + name + ")";
    }

    private static String why(Map<String, String> event, boolean denied) {
        String rule = event.containsKey("/sluice/rule")
                ? "rule " + event.get("/sluice/rule") + " of " + event.get("/sluice/conduit")
                : "";
        if (!denied) {
            return rule;
        }
        String missing = event.getOrDefault("/sluice/detail", "");
        String sentence = missing.isEmpty() ? sentence(event.getOrDefault("/alert/signature", "")) : missing;
        return Stream.of(sentence, rule, event.getOrDefault("/sluice/action", "")).filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }

    /** Of {@code modbus: a rule denies it} the second half. */
    private static String sentence(String signature) {
        return signature.substring(signature.indexOf(": ") + 1).strip();
    }

    /** Every scalar of a JSON object by its path (RFC 6901). */
    private static Map<String, String> fields(String json) {
        Map<String, String> all = new HashMap<>();
        try (JsonParser parser = JSON.createParser(json)) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue()) {
                    all.put(parser.getParsingContext().pathAsPointer().toString(), parser.getText());
                }
            }
            return all;
        } catch (IOException e) {
            throw new IllegalStateException("the firewall has told something that is not JSON: " + json, e);
        }
    }
}
