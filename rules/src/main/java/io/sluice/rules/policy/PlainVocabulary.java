package io.sluice.rules.policy;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Vocabulary;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The words of conduits that inspect nothing: {@code tcp}, {@code udp}, {@code ping}, {@code ethertype NAME}. */
public final class PlainVocabulary implements Vocabulary {
    public static final PlainVocabulary INSTANCE = new PlainVocabulary();

    public static final int TCP = 0;
    public static final int UDP = 1;
    public static final int PING = 2;
    public static final int ETHERTYPE = 3;

    private static final Operation TCP_OPERATION = new Operation(TCP, "tcp", Set.of("port"), Set.of("port"), false);
    private static final Operation UDP_OPERATION = new Operation(UDP, "udp", Set.of("port"), Set.of("port"), false);
    private static final Operation PING_OPERATION = new Operation(PING, "ping", Set.of(), Set.of(), false);
    private static final Operation ETHERTYPE_OPERATION = new Operation(ETHERTYPE, "ethertype", Set.of(), Set.of(),
            false);

    /** EtherTypes that industrial networks use, by the name people know. IEEE 802 registered numbers. */
    private static final Map<String, Integer> ETHERTYPES = Map.ofEntries(
            Map.entry("profinet", 0x8892), Map.entry("ethercat", 0x88A4), Map.entry("goose", 0x88B8),
            Map.entry("gse", 0x88B9), Map.entry("sampled-values", 0x88BA), Map.entry("lldp", 0x88CC),
            Map.entry("sercos", 0x88CD), Map.entry("mrp", 0x88E3), Map.entry("ptp", 0x88F7),
            Map.entry("powerlink", 0x88AB), Map.entry("cc-link-ie", 0x890F), Map.entry("hsr", 0x892F));

    private PlainVocabulary() {}

    @Override
    public List<Operation> operations() {
        return List.of(TCP_OPERATION, UDP_OPERATION, PING_OPERATION, ETHERTYPE_OPERATION);
    }

    @Override
    public List<Field> fields() {
        return List.of(new Field("port", Role.ITEM, 0, 65_535, Map.of(), Set.of(), OptionalInt.empty(),
                "destination port or ports"));
    }

    @Override
    public Understood<List<Act>> act(String text) {
        String[] words = text.strip().toLowerCase(Locale.ROOT).split("\\s+", -1);
        if (words[0].equals("ethertype")) {
            return words.length == 2
                    ? ethertype(words[1])
                    : new Understood.No<>(
                            "`" + text + "` needs one name or number: `ethertype profinet`, `ethertype 0x8892`");
        }
        if (words.length == 1) {
            for (Operation operation : operations()) {
                if (operation.word().equals(words[0])) {
                    return new Understood.Yes<>(List.of(new Act(operation, OptionalInt.empty())));
                }
            }
        }
        return new Understood.No<>(
                "`" + text + "` is not known here; a conduit without `protocol` has `tcp`, `udp`, `ping`"
                        + " and `ethertype NAME`; to inspect a protocol, add `protocol: modbus`");
    }

    private static Understood<List<Act>> ethertype(String word) {
        Integer number = ETHERTYPES.get(word);
        if (number == null) {
            try {
                number = Integer.decode(word);
            } catch (NumberFormatException e) {
                return new Understood.No<>(
                        "ethertype `" + word + "` is not known; use a number such as `0x8892` or one of "
                                + String.join(", ", ETHERTYPES.keySet().stream().sorted().toList()));
            }
        }
        if (number < 0x0600 || number > 0xFFFF) {
            return new Understood.No<>("ethertype `" + word + "` is outside 0x0600..0xffff");
        }
        if (number == 0x0800 || number == 0x86DD || number == 0x0806) {
            return new Understood.No<>(
                    "ethertype `" + word + "` is IP or ARP, which have rules of their own: use `tcp`, `udp` or `ping`");
        }
        return new Understood.Yes<>(List.of(new Act(ETHERTYPE_OPERATION, OptionalInt.of(number))));
    }

    @Override
    public Understood<Request> request(String text) {
        String[] words = text.strip().toLowerCase(Locale.ROOT).split("\\s+", -1);
        return switch (words[0]) {
            case "ping" -> words.length == 1 ? yes(PING, Facts.NO_ITEM) : noRequest(text);
            case "tcp", "udp" -> port(words, text);
            case "ethertype" -> words.length == 2
                    ? switch (ethertype(words[1])) {
                        case Understood.Yes<List<Act>> y -> yes(ETHERTYPE, y.meaning().getFirst().item().orElseThrow());
                        case Understood.No<List<Act>> n -> new Understood.No<>(n.sentence());
                    }
                    : noRequest(text);
            default -> noRequest(text);
        };
    }

    private static Understood<Request> port(String[] words, String text) {
        if (words.length == 3 && words[1].equals("port") && words[2].matches("\\d{1,5}")) {
            int port = Integer.parseInt(words[2]);
            if (port <= 65_535) {
                return yes(words[0].equals("tcp") ? TCP : UDP, port);
            }
        }
        return noRequest(text);
    }

    private static Understood<Request> yes(int operation, int item) {
        return new Understood.Yes<>((facts, names) -> facts.add(operation, 0, item, item));
    }

    private static Understood<Request> noRequest(String text) {
        return new Understood.No<>("`" + text
                + "` is not a request; write `tcp port 443`, `udp port 123`, `ping` or `ethertype profinet`");
    }

    @Override
    public List<Shape> shapes() {
        return operations().stream()
                .map(o -> new Shape(o.number(), Map.of(), o.number() == PING ? Set.of() : Set.of(Role.ITEM))).toList();
    }

    @Override
    public Optional<String> phrase(Operation operation, long item, Map<String, String> texts) {
        return Optional.of(switch (operation.number()) {
            case PING -> operation.word();
            case ETHERTYPE -> operation.word() + " " + ethertypeName((int) item);
            default -> operation.word() + " port " + item;
        });
    }

    @Override
    public Optional<String> objection(Act act, Map<String, Set<Integer>> selectors) {
        return Optional.empty();
    }

    @Override
    public int sort(int operation, int scope, int item) {
        return (operation << 24) | (item & 0xFFFF);
    }

    @Override
    public String sortName(int sort) {
        int item = sort & 0xFFFF;
        return switch (sort >> 24) {
            case TCP -> "tcp port " + item;
            case UDP -> "udp port " + item;
            case PING -> "ping";
            default -> "ethertype " + ethertypeName(item);
        };
    }

    @Override
    public String describe(Facts facts, int span, int index) {
        int item = facts.low(span);
        return switch (facts.operation(span)) {
            case TCP -> "tcp port " + item;
            case UDP -> "udp port " + item;
            case PING -> "ping";
            default -> "ethertype " + ethertypeName(item);
        };
    }

    /** The name of an EtherType, or its number in hexadecimal. */
    public static String ethertypeName(int number) {
        Map<Integer, String> names = new HashMap<>();
        ETHERTYPES.forEach((name, n) -> names.put(n, name));
        return names.getOrDefault(number, "0x" + Integer.toHexString(number));
    }

    @Override
    public String describe(Facts facts) {
        return facts.spans() == 0 ? "nothing" : describe(facts, 0, 0);
    }
}
