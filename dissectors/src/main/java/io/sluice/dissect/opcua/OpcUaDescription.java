package io.sluice.dissect.opcua;

import io.sluice.dissect.Facts;
import io.sluice.dissect.OrderedNumber;
import io.sluice.dissect.Vocabulary.Operation;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Facts in the words of a request. Reads names where facts say they lie, but never outside their segment. */
final class OpcUaDescription {
    /** Spans of a message, and values of an item, that a line for people shows. */
    private static final int MOST_SPANS = 8;
    private static final int MOST_VALUES = 16;

    private OpcUaDescription() {}

    static String item(Facts facts, int span, int index) {
        return span(facts, span, index, index);
    }

    static String all(Facts facts) {
        StringJoiner all = new StringJoiner(" and ").setEmptyValue("nothing");
        int shown = Math.min(facts.spans(), MOST_SPANS);
        for (int span = 0; span < shown; span++) {
            all.add(span(facts, span, 0, facts.values(span) - 1));
        }
        if (shown < facts.spans()) {
            all.add(facts.spans() - shown + " more");
        }
        return all.toString();
    }

    private static String span(Facts facts, int span, int from, int to) {
        int operation = facts.operation(span);
        int item = facts.low(span);
        String what = switch (operation) {
            case OpcUaMeaning.DISCOVERY, OpcUaMeaning.SESSION -> service(item);
            case OpcUaMeaning.SERVICE -> "service " + item;
            case OpcUaMeaning.REGISTER_SERVER -> "register_server";
            case OpcUaMeaning.ENCRYPTED -> "encrypted";
            case OpcUaMeaning.CALL -> "call" + word(facts, facts.itemAt(span))
                    + node(facts, facts.extraAt(span)).map(o -> " on " + OpcUaText.word(o)).orElse("");
            default -> onNode(facts, span, from, to);
        };
        return facts.times(span) > 1 ? what + " and " + (facts.times(span) - 1) + " more" : what;
    }

    private static String onNode(Facts facts, int span, int from, int to) {
        String word = switch (facts.operation(span)) {
            case OpcUaMeaning.BROWSE -> "browse";
            case OpcUaMeaning.READ -> "read";
            case OpcUaMeaning.WRITE -> "write";
            case OpcUaMeaning.SUBSCRIBE -> "subscribe";
            case OpcUaMeaning.HISTORY_READ -> "history_read";
            case OpcUaMeaning.HISTORY_UPDATE -> "history_update";
            default -> "manage_nodes";
        };
        return word + word(facts, facts.itemAt(span)) + attribute(facts.scope(span)) + values(facts, span, from, to);
    }

    /** The values from one index to another; an ellipsis for those that are not shown, nothing for unknown ones. */
    private static String values(Facts facts, int span, int from, int to) {
        if (facts.encoding(span) == Facts.NO_VALUE || facts.encoding(span) == Facts.UNKNOWN_VALUE) {
            return "";
        }
        int end = Math.min(Math.min(to + 1, facts.readable(span)), from + MOST_VALUES);
        StringJoiner values = new StringJoiner(", ", " = ", "");
        for (int i = from; i < end; i++) {
            values.add(value(facts, span, i));
        }
        return end <= to ? values.add("…").toString() : values.toString();
    }

    /** One value that is here. */
    static String value(Facts facts, int span, int index) {
        long form = facts.value(span, index);
        boolean text = facts.encoding(span) == Facts.STORED && form != Long.MAX_VALUE
                && OrderedNumber.nameAt(form) >= 0;
        return text
                ? OpcUaText.string(facts.bytes(), facts.textAt(span)).orElse("a text")
                : OrderedNumber.text(form);
    }

    /** The node id at a place; empty where there is none. */
    static Optional<String> node(Facts facts, long at) {
        return OpcUaNodeId.read(facts.bytes(), at).map(id -> OpcUaText.shown(id.text()));
    }

    private static String word(Facts facts, long at) {
        return node(facts, at).map(id -> " " + OpcUaText.word(id)).orElse("");
    }

    /** What is not the value attribute must be said. */
    static String attribute(int scope) {
        return switch (scope) {
            case OpcUaMeaning.NO_ATTRIBUTE, OpcUaMeaning.VALUE_ATTRIBUTE -> "";
            case OpcUaMeaning.OTHER_ATTRIBUTE -> " attribute unknown";
            default -> " attribute " + OpcUaVocabulary.ATTRIBUTES.get(scope);
        };
    }

    /** What a service is called, or a message that is none. */
    static String service(int request) {
        return switch (request) {
            case OpcUaServices.HELLO -> "Hello";
            case OpcUaServices.ERROR -> "Error";
            case OpcUaServices.ABORT -> "Abort";
            default -> OpcUaServices.find(request) == OpcUaServices.UNKNOWN
                    ? "service " + request
                    : OpcUaServices.ALL.get(OpcUaServices.find(request)).name();
        };
    }

    /** See {@link io.sluice.dissect.Vocabulary#phrase}. */
    static Optional<String> phrase(Operation operation, long item, Map<String, String> texts) {
        String node = texts.get(operation.number() == OpcUaMeaning.CALL ? "method" : "node");
        return switch (operation.number()) {
            case OpcUaMeaning.REGISTER_SERVER, OpcUaMeaning.ENCRYPTED -> Optional.of(operation.word());
            case OpcUaMeaning.SERVICE -> Optional.of(operation.word() + " " + item);
            case OpcUaMeaning.CALL -> Optional.ofNullable(node).map(method -> "call " + OpcUaText.word(method)
                    + Optional.ofNullable(texts.get("object")).map(o -> " on " + OpcUaText.word(o)).orElse(""));
            default -> Optional.ofNullable(node)
                    .filter(n -> texts.containsKey("attribute") || !operation.fields().contains("attribute"))
                    .map(n -> operation.word() + " " + OpcUaText.word(n)
                            + part(" attribute ", texts.get("attribute"), "value")
                            + part(" = ", texts.get("value"), ""));
        };
    }

    /** A part of a request; nothing, where it is missing or goes without saying. */
    private static String part(String word, @Nullable String text, String unsaid) {
        return text == null || text.equals(unsaid) ? "" : word + text;
    }
}
