package io.sluice.dissect.opcua;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Names;
import io.sluice.dissect.OrderedNumber;
import io.sluice.dissect.Vocabulary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The words of OPC UA: what a rule may do with nodes, attributes, methods and values, and what a conduit may demand of
 * a channel.
 */
final class OpcUaVocabulary implements Vocabulary {
    /** The words of attributes by AttributeId, OPC 10000-6 §A.1; the first has none. */
    static final List<String> ATTRIBUTES = List.of("", "node_id", "node_class", "browse_name", "display_name",
            "description", "write_mask", "user_write_mask", "is_abstract", "symmetric", "inverse_name",
            "contains_no_loops", "event_notifier", "value", "data_type", "value_rank", "array_dimensions",
            "access_level", "user_access_level", "minimum_sampling_interval", "historizing", "executable",
            "user_executable", "data_type_definition", "role_permissions", "user_role_permissions",
            "access_restrictions", "access_level_ex");

    private static final Set<String> NODE = Set.of("node");
    private static final Set<String> NODE_AND_ATTRIBUTE = Set.of("node", "attribute");
    private static final Operation WRITE = new Operation(OpcUaMeaning.WRITE, "write",
            Set.of("node", "attribute", "value"), NODE, true);
    /** Nobody can tell what a service named by number does: it counts as one that changes the server. */
    private static final Operation SERVICE = new Operation(OpcUaMeaning.SERVICE, "service", Set.of(), Set.of(), true);

    static final List<Operation> OPERATIONS = List.of(
            new Operation(OpcUaMeaning.BROWSE, "browse", NODE, Set.of(), false),
            new Operation(OpcUaMeaning.READ, "read", NODE_AND_ATTRIBUTE, Set.of(), false),
            WRITE,
            new Operation(OpcUaMeaning.CALL, "call", Set.of("method", "object"), Set.of("method"), true),
            new Operation(OpcUaMeaning.SUBSCRIBE, "subscribe", NODE_AND_ATTRIBUTE, Set.of(), false),
            new Operation(OpcUaMeaning.HISTORY_READ, "history_read", NODE, Set.of(), false),
            new Operation(OpcUaMeaning.HISTORY_UPDATE, "history_update", NODE, Set.of(), true),
            new Operation(OpcUaMeaning.MANAGE_NODES, "manage_nodes", NODE, Set.of(), true),
            new Operation(OpcUaMeaning.REGISTER_SERVER, "register_server", Set.of(), Set.of(), true),
            SERVICE,
            new Operation(OpcUaMeaning.ENCRYPTED, "encrypted", Set.of(), Set.of(), true));

    private static final List<Operation> IMPLIED = List.of(
            new Operation(OpcUaMeaning.DISCOVERY, "discovery", Set.of(), Set.of(), false),
            new Operation(OpcUaMeaning.SESSION, "session", Set.of(), Set.of(), false));

    private static final List<Field> FIELDS = List.of(
            new Field("attribute", Role.SELECTOR, 0, OpcUaMeaning.ATTRIBUTES - 1, attributes(),
                    Set.of(OpcUaMeaning.NO_ATTRIBUTE, OpcUaMeaning.OTHER_ATTRIBUTE), OptionalInt.empty(),
                    "value, display_name and so on; of a write that is allowed, value unless stated"),
            named("node", Role.ITEM, "node ids, such as ns=2;s=Line3.Speed"),
            named("method", Role.ITEM, "node ids of methods that are called"),
            new Field("value", Role.VALUE, -OrderedNumber.EXACT, OrderedNumber.EXACT, Map.of(), Set.of(),
                    OptionalInt.empty(), "value written: numbers, ranges of them, texts in quotes",
                    new Notation.Decimal(OpcUaNaming::text)),
            named("object", Role.EXTRA, "node ids of the objects whose method is called"));

    private static Map<String, Integer> attributes() {
        Map<String, Integer> words = new LinkedHashMap<>();
        for (int id = 1; id < ATTRIBUTES.size(); id++) {
            words.put(ATTRIBUTES.get(id), id);
        }
        return words;
    }

    private static Field named(String name, Role role, String help) {
        return new Field(name, role, 0, Integer.MAX_VALUE, Map.of(), Set.of(), OptionalInt.empty(), help,
                new Notation.Named(OpcUaNodeId::name, "ns=1;s=other"));
    }

    @Override
    public List<Operation> operations() {
        return OPERATIONS;
    }

    @Override
    public List<Operation> implied() {
        return IMPLIED;
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    @Override
    public List<Trait> traits() {
        return OpcUaTraits.TRAITS;
    }

    /** A channel without security may always be opened to ask for the endpoints that have some. */
    @Override
    public Optional<Exemption> exemption() {
        return Optional.of(new Exemption(Set.of(OpcUaMeaning.DISCOVERY), OpcUaMeaning.SECURITY,
                OpcUaSecurity.RANK_NONE));
    }

    @Override
    public Understood<List<Act>> act(String text) {
        String[] words = text.strip().toLowerCase(Locale.ROOT).split("\\s+", -1);
        if (words[0].equals(SERVICE.word()) && words.length == 2) {
            return switch (OpcUaWords.service(words[1])) {
                case Understood.Yes<Integer> yes -> new Understood.Yes<>(
                        List.of(new Act(SERVICE, OptionalInt.of(yes.meaning()))));
                case Understood.No<Integer> no -> new Understood.No<>(no.sentence());
            };
        }
        for (Operation operation : OPERATIONS) {
            if (words.length == 1 && operation.word().equals(words[0]) && !operation.equals(SERVICE)) {
                return new Understood.Yes<>(List.of(new Act(operation, OptionalInt.empty())));
            }
        }
        return new Understood.No<>("`" + OpcUaText.shown(text)
                + "` is not an OPC UA word; use `browse`, `read`, `write`, `call`,"
                + " `subscribe`, `history_read`, `history_update`, `manage_nodes`, `register_server`, `service 15903`"
                + " or `encrypted`, and give node, attribute, value, method and object as keys of their own");
    }

    @Override
    public Understood<Request> request(String text) {
        return OpcUaWords.request(text);
    }

    @Override
    public List<Shape> shapes() {
        Map<String, Set<Integer>> none = Map.of("attribute", Set.of(OpcUaMeaning.NO_ATTRIBUTE));
        List<Shape> shapes = new ArrayList<>();
        for (Operation operation : Stream.concat(OPERATIONS.stream(), IMPLIED.stream()).toList()) {
            int number = operation.number();
            shapes.add(switch (number) {
                case OpcUaMeaning.READ, OpcUaMeaning.SUBSCRIBE -> new Shape(number, Map.of(), Set.of(Role.ITEM));
                case OpcUaMeaning.WRITE ->
                    new Shape(number, Map.of(), Set.of(Role.ITEM, Role.VALUE), true, Long.MAX_VALUE);
                case OpcUaMeaning.CALL -> new Shape(number, none, Set.of(Role.ITEM, Role.EXTRA));
                case OpcUaMeaning.REGISTER_SERVER, OpcUaMeaning.ENCRYPTED -> new Shape(number, none, Set.of());
                default -> new Shape(number, none, Set.of(Role.ITEM));
            });
        }
        return shapes;
    }

    @Override
    public Optional<String> phrase(Operation operation, long item, Map<String, String> texts) {
        return OpcUaDescription.phrase(operation, item, texts);
    }

    @Override
    public String word(int operation, int item) {
        return operation == OpcUaMeaning.SERVICE ? SERVICE.word() + " " + item : OPERATIONS.get(operation).word();
    }

    @Override
    public boolean engineering(int operation, int item) {
        return operation == OpcUaMeaning.SERVICE || operation == OpcUaMeaning.MANAGE_NODES
                || operation == OpcUaMeaning.REGISTER_SERVER;
    }

    @Override
    public Optional<String> written(Names.Key key) {
        return OpcUaNaming.written(key);
    }

    /** Other attributes than the value are names, access rights and structure: to write them must be said. */
    @Override
    public Map<String, Set<Integer>> assumed(Act act, boolean deny) {
        return !deny && act.operation().equals(WRITE)
                ? Map.of("attribute", Set.of(OpcUaMeaning.VALUE_ATTRIBUTE))
                : Map.of();
    }

    @Override
    public Optional<String> objection(Act act, Map<String, Set<Integer>> selectors) {
        return Optional.empty();
    }

    @Override
    public Optional<String> objection(List<Act> acts, Map<String, Set<Integer>> demands) {
        return OpcUaTraits.objection(acts, demands);
    }

    @Override
    public boolean answers(Map<String, Set<Integer>> demands) {
        return OpcUaTraits.mayBeUnprotected(demands);
    }

    @Override
    public String describe(Facts facts, int span, int index) {
        return OpcUaDescription.item(facts, span, index);
    }

    @Override
    public String describe(Facts facts) {
        return OpcUaDescription.all(facts);
    }

    @Override
    public Optional<String> text(Field field, Facts facts, int span, int index) {
        return switch (field.role()) {
            case ITEM -> OpcUaDescription.node(facts, facts.itemAt(span));
            case EXTRA -> OpcUaDescription.node(facts, facts.extraAt(span));
            case VALUE -> index < facts.readable(span)
                    ? Optional.of(OpcUaDescription.value(facts, span, index))
                    : Optional.empty();
            case SELECTOR -> Optional.empty();
        };
    }

    @Override
    public int sort(int operation, int scope, int item) {
        int detail = switch (operation) {
            case OpcUaMeaning.READ, OpcUaMeaning.WRITE, OpcUaMeaning.SUBSCRIBE -> scope;
            case OpcUaMeaning.SERVICE, OpcUaMeaning.DISCOVERY, OpcUaMeaning.SESSION -> item & 0xFF_FFFF;
            default -> 0;
        };
        return operation << 24 | detail;
    }

    @Override
    public String sortName(int sort) {
        int operation = sort >> 24;
        int detail = sort & 0xFF_FFFF;
        return switch (operation) {
            case OpcUaMeaning.DISCOVERY, OpcUaMeaning.SESSION -> OpcUaDescription.service(detail);
            case OpcUaMeaning.SERVICE -> {
                int known = OpcUaServices.find(detail);
                yield "service " + detail
                        + (known == OpcUaServices.UNKNOWN ? "" : " (" + OpcUaServices.ALL.get(known).name() + ")");
            }
            default -> OPERATIONS.get(operation).word() + OpcUaDescription.attribute(detail);
        };
    }
}
