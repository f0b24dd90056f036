package io.sluice.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the firewall has decided about a request, a connection or a frame, in its own words.
 *
 * @param from who asked
 * @param to who was asked
 * @param does what was asked
 * @param why the rule that allowed it; or what was missing, and what became of the connection
 */
record Judgement(boolean denied, String from, String to, String does, String why) {
    private static final JsonFactory JSON = new JsonFactory();

    /** Reads a line of the firewall's event stream, in the form of its journal; empty for answers, and for what is no verdict. */
    static Optional<Judgement> of(String json, boolean denied) {
        Map<String, String> event = fields(json);
        boolean fromServer = event.getOrDefault("/direction", "").equals("to_client");
        return fromServer || !event.containsKey("/sluice/does") && !event.containsKey("/drop/reason")
                ? Optional.empty()
                : Optional.of(new Judgement(denied, place(event, "/sluice/from", "/src_ip"),
                        place(event, "/sluice/to", "/dest_ip"),
                        event.getOrDefault("/sluice/does", "a packet"), why(event, denied)));
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
        String signature = event.getOrDefault("/alert/signature", "");
        String why = signature.substring(signature.indexOf(": ") + 1).strip();
        String detail = event.getOrDefault("/sluice/detail", "");
        String action = event.getOrDefault("/sluice/action", "");
        return String.join(", ", java.util.stream.Stream.of(why, detail, rule, action).filter(s -> !s.isEmpty()).toList());
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
