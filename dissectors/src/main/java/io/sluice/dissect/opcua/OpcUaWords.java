package io.sluice.dissect.opcua;

import io.sluice.dissect.Facts;
import io.sluice.dissect.OrderedNumber;
import io.sluice.dissect.Vocabulary.Request;
import io.sluice.dissect.Vocabulary.Understood;
import io.sluice.dissect.opcua.OpcUaRequestPart.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Understands a request in words. A request is one part, or several joined by {@code and}:
 *
 * <pre>
 * part    = ("read" | "subscribe") node ["attribute" name]                      left out: the value
 *         | "write" node ["attribute" name] ["=" value {"," value}]             no value: it is unknown
 *         | ("browse" | "history_read" | "history_update" | "manage_nodes") node
 *         | "call" method ["on" object] | "register_server" | "service" number | "encrypted"
 * node    = node id                                                             in quotes, if it has spaces
 * value   = number | "true" | "false" | text                                    in quotes, if it reads otherwise
 * </pre>
 */
final class OpcUaWords {
    private static final int MOST_SERVICE = 0xFFFF;

    private final String text;
    private final List<OpcUaTokens.Token> words;
    private int next;

    private OpcUaWords(String text, List<OpcUaTokens.Token> words) {
        this.text = OpcUaText.shown(text);
        this.words = words;
    }

    static Understood<Request> request(String text) {
        List<OpcUaRequestPart> parts = new ArrayList<>();
        int spans = 0;
        for (List<OpcUaTokens.Token> words : OpcUaTokens.parts(text)) {
            try {
                parts.add(new OpcUaWords(text, words).part());
            } catch (NotUnderstood e) {
                return new Understood.No<>(e.sentence);
            }
            spans += Math.max(1, parts.getLast().values().size());
        }
        if (spans > Facts.MAX_SPANS) {
            return new Understood.No<>("a request has at most " + Facts.MAX_SPANS + " nodes and values");
        }
        return new Understood.Yes<>(OpcUaRequestPart.request(parts));
    }

    /** Understands what stands behind {@code service}: the id of a request that no word covers. */
    static Understood<Integer> service(String word) {
        boolean hexadecimal = word.startsWith("0x");
        if (!word.matches(hexadecimal ? "0x[0-9a-f]{1,4}" : "[0-9]{1,5}")) {
            return noService(word, "is not a service; ids of requests are 1 to 65535: `service 15903`");
        }
        int id = hexadecimal ? Integer.parseInt(word, 2, word.length(), 16) : Integer.parseInt(word);
        if (id == 0 || id > MOST_SERVICE) {
            return noService(word, "is not a service; ids of requests are 1 to 65535: `service 15903`");
        }
        int known = OpcUaServices.find(id);
        if (known == OpcUaServices.UNKNOWN && id != OpcUaServices.FAULT) {
            return new Understood.Yes<>(id);
        }
        String name = "is " + OpcUaServices.name(id);
        if (id == OpcUaServices.FAULT || !OpcUaServices.isRequest(known, id)) {
            return noService(word, name + ", an answer; answers pass as answers to an allowed request");
        }
        return switch (OpcUaServices.operation(known)) {
            case OpcUaMeaning.SERVICE -> new Understood.Yes<>(id);
            case OpcUaMeaning.DISCOVERY, OpcUaMeaning.SESSION -> noService(word, name
                    + ", which comes with any allow; leave it out");
            default -> noService(word, name + ", which the word `"
                    + OpcUaVocabulary.OPERATIONS.get(OpcUaServices.operation(known)).word()
                    + "` covers; use the word");
        };
    }

    private static Understood<Integer> noService(String word, String rest) {
        return new Understood.No<>("`service " + OpcUaText.shown(word) + "` " + rest);
    }

    private OpcUaRequestPart part() {
        String word = word().text().toLowerCase(Locale.ROOT);
        OpcUaRequestPart part = switch (word) {
            case "read" -> OpcUaRequestPart.on(OpcUaMeaning.READ, node(), attribute());
            case "subscribe" -> OpcUaRequestPart.on(OpcUaMeaning.SUBSCRIBE, node(), attribute());
            case "write" -> OpcUaRequestPart.write(node(), attribute(), values());
            case "call" -> OpcUaRequestPart.call(node(), object());
            case "browse" -> plain(OpcUaMeaning.BROWSE);
            case "history_read" -> plain(OpcUaMeaning.HISTORY_READ);
            case "history_update" -> plain(OpcUaMeaning.HISTORY_UPDATE);
            case "manage_nodes" -> plain(OpcUaMeaning.MANAGE_NODES);
            case "register_server" -> OpcUaRequestPart.nameless(OpcUaMeaning.REGISTER_SERVER, Facts.NO_ITEM);
            case "encrypted" -> OpcUaRequestPart.nameless(OpcUaMeaning.ENCRYPTED, Facts.NO_ITEM);
            case "service" -> OpcUaRequestPart.nameless(OpcUaMeaning.SERVICE,
                    meaning(service(word().text().toLowerCase(Locale.ROOT))));
            default -> throw notARequest();
        };
        if (next < words.size()) {
            throw new NotUnderstood("`" + text + "`: `" + OpcUaText.shown(words.get(next).text())
                    + "` is one word too many; a request looks like `write ns=2;s=Line3.Speed = 1500`, and node ids"
                    + " with spaces stand in quotes");
        }
        return part;
    }

    private OpcUaRequestPart plain(int operation) {
        return OpcUaRequestPart.on(operation, node(), OpcUaMeaning.NO_ATTRIBUTE);
    }

    private OpcUaNodeId node() {
        return meaning(OpcUaNodeId.parse(word().text()));
    }

    private Optional<OpcUaNodeId> object() {
        return isNext("on") ? Optional.of(node()) : Optional.empty();
    }

    private int attribute() {
        if (!isNext("attribute")) {
            return OpcUaMeaning.VALUE_ATTRIBUTE;
        }
        String name = word().text().toLowerCase(Locale.ROOT);
        int attribute = OpcUaVocabulary.ATTRIBUTES.indexOf(name);
        if (attribute <= OpcUaMeaning.NO_ATTRIBUTE) {
            throw new NotUnderstood("`" + text + "`: there is no attribute `" + OpcUaText.shown(name) + "`; some are"
                    + " `value`, `display_name`, `description`, `access_level`");
        }
        return attribute;
    }

    private List<Value> values() {
        List<Value> values = new ArrayList<>();
        if (isNext("=")) {
            values.add(value());
            while (isNext(",")) {
                values.add(value());
            }
        }
        return values;
    }

    private Value value() {
        OpcUaTokens.Token token = word();
        String word = token.text();
        OptionalLong number = token.quoted() ? OptionalLong.empty() : OrderedNumber.parse(word);
        if (number.isPresent()) {
            return new Value.Numeric(number.getAsLong());
        }
        boolean bool = !token.quoted() && (word.equals("true") || word.equals("false"));
        return bool ? new Value.Numeric(OrderedNumber.of(word.equals("true") ? 1L : 0L)) : new Value.Text(word);
    }

    private boolean isNext(String word) {
        boolean is = next < words.size() && !words.get(next).quoted() && words.get(next).text().equalsIgnoreCase(word);
        next += is ? 1 : 0;
        return is;
    }

    private OpcUaTokens.Token word() {
        if (next == words.size()) {
            throw notARequest();
        }
        return words.get(next++);
    }

    private static <T> T meaning(Understood<T> understood) {
        return switch (understood) {
            case Understood.Yes<T> yes -> yes.meaning();
            case Understood.No<T> no -> throw new NotUnderstood(no.sentence());
        };
    }

    private NotUnderstood notARequest() {
        return new NotUnderstood("`" + text + "` is not an OPC UA request; write `read ns=2;s=Line3.Speed`,"
                + " `write ns=2;s=Line3.Speed = 1500`, `call ns=2;s=Line3.Reset on ns=2;s=Line3`, `browse i=85`,"
                + " `subscribe ns=2;i=4711`, `service 15903` or `encrypted`");
    }

    /** Carries a sentence from the word that is wrong to {@link #request}; never leaves this class. */
    private static final class NotUnderstood extends RuntimeException {
        private final String sentence;

        NotUnderstood(String sentence) {
            super(sentence, null, false, false);
            this.sentence = sentence;
        }
    }
}
