package io.sluice.dissect.modbus;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Vocabulary;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.StringJoiner;

/** The words of Modbus: {@code read}, {@code write}, {@code function N}, and the fields of their rules. */
final class ModbusVocabulary implements Vocabulary {
    static final Operation READ = new Operation(ModbusMeaning.READ, "read", Set.of("unit", "space", "address", "file"),
            Set.of(), false);
    static final Operation WRITE = new Operation(ModbusMeaning.WRITE, "write",
            Set.of("unit", "space", "address", "value", "file"), Set.of("unit", "space", "address"), true);
    /** Nobody can tell what a function named by number does: it counts as one that changes the device. */
    static final Operation FUNCTION = new Operation(ModbusMeaning.FUNCTION, "function", Set.of("unit"), Set.of(), true);

    /** The word of each space, by number; the first has none. */
    static final List<String> SPACES = List.of("", "coil", "discrete", "input", "holding", "file", "fifo");

    private static final List<Field> FIELDS = List.of(
            new Field("unit", Role.SELECTOR, 0, 255, Map.of(), Set.of(), OptionalInt.of(0),
                    "unit identifier: 1..247 behind a gateway, 255 or any for the device itself, 0 for all"),
            new Field("space", Role.SELECTOR, 0, ModbusMeaning.SPACES - 1,
                    Map.of("coil", ModbusMeaning.COIL, "discrete", ModbusMeaning.DISCRETE, "input", ModbusMeaning.INPUT,
                            "holding", ModbusMeaning.HOLDING, "file", ModbusMeaning.FILE, "fifo", ModbusMeaning.FIFO),
                    Set.of(ModbusMeaning.NONE), OptionalInt.empty(),
                    "coil, discrete, input, holding, file or fifo"),
            new Field("address", Role.ITEM, 0, 0xFFFF, Map.of(), Set.of(), OptionalInt.empty(),
                    "address on the wire, from 0; of a file, the record number"),
            new Field("value", Role.VALUE, 0, 0xFFFF, Map.of(), Set.of(), OptionalInt.empty(),
                    "value written: 0 or 1 for a coil, 16 bits for a register"),
            new Field("file", Role.EXTRA, 0, 0xFFFF, Map.of(), Set.of(), OptionalInt.empty(),
                    "file number, for space file"));

    @Override
    public List<Operation> operations() {
        return List.of(READ, WRITE, FUNCTION);
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    @Override
    public int sort(int operation, int scope, int item) {
        return (operation << 24)
                | (operation == ModbusMeaning.FUNCTION ? item & 0xFF_FFFF : scope % ModbusMeaning.SPACES);
    }

    @Override
    public String sortName(int sort) {
        int operation = sort >> 24;
        int detail = sort & 0xFF_FFFF;
        if (operation == ModbusMeaning.FUNCTION) {
            int code = detail >> 16;
            int sub = detail & 0xFFFF;
            return "function " + code + (sub == ModbusMeaning.NO_SUB_FUNCTION ? "" : "/" + sub) + " ("
                    + ModbusFunctions.name(code, sub) + ")";
        }
        String word = operations().get(operation).word();
        return detail == ModbusMeaning.NONE ? word + " device status" : word + " " + SPACES.get(detail);
    }

    @Override
    public String word(int operation, int item) {
        return operation == ModbusMeaning.FUNCTION
                ? "function " + ModbusWords.functionNumber(item)
                : operations().get(operation).word();
    }

    /** What is named by number, but for Read Device Identification. */
    @Override
    public boolean engineering(int operation, int item) {
        return operation == ModbusMeaning.FUNCTION
                && item != ModbusMeaning.functionItem(43, ModbusFunctions.DEVICE_IDENTIFICATION);
    }

    @Override
    public Understood<List<Act>> act(String text) {
        String[] words = text.strip().toLowerCase(Locale.ROOT).split("\\s+", -1);
        return switch (words[0]) {
            case "read" -> words.length == 1 ? yes(READ, OptionalInt.empty()) : noAct(text);
            case "write" -> words.length == 1 ? yes(WRITE, OptionalInt.empty()) : noAct(text);
            case "function" -> words.length == 2 ? function(words[1]) : noAct(text);
            default -> noAct(text);
        };
    }

    private static Understood<List<Act>> function(String number) {
        return switch (ModbusWords.function(number)) {
            case Understood.Yes<Integer> item -> yes(FUNCTION, OptionalInt.of(item.meaning()));
            case Understood.No<Integer> no -> new Understood.No<>(no.sentence());
        };
    }

    private static Understood<List<Act>> yes(Operation operation, OptionalInt item) {
        return new Understood.Yes<>(List.of(new Act(operation, item)));
    }

    private static Understood<List<Act>> noAct(String text) {
        return new Understood.No<>("`" + text + "` is not a Modbus word; use `read`, `write`, `function 65` or"
                + " `function 43/14`, and give unit, space, address and value as keys of their own");
    }

    @Override
    public Understood<Request> request(String text) {
        return ModbusWords.request(text);
    }

    @Override
    public List<Shape> shapes() {
        Set<Role> item = Set.of(Role.ITEM);
        Set<Role> record = Set.of(Role.ITEM, Role.EXTRA);
        Set<Role> written = Set.of(Role.ITEM, Role.VALUE);
        return List.of(
                new Shape(ModbusMeaning.READ, spaces(ModbusMeaning.NONE), Set.of()),
                new Shape(ModbusMeaning.READ, spaces(ModbusMeaning.COIL, ModbusMeaning.DISCRETE, ModbusMeaning.INPUT,
                        ModbusMeaning.HOLDING, ModbusMeaning.FIFO), item),
                new Shape(ModbusMeaning.READ, spaces(ModbusMeaning.FILE), record),
                new Shape(ModbusMeaning.WRITE, spaces(ModbusMeaning.COIL), written, false, 1),
                // Function 22 does not tell what a register will hold.
                new Shape(ModbusMeaning.WRITE, spaces(ModbusMeaning.HOLDING), written, true, 0xFFFF),
                new Shape(ModbusMeaning.WRITE, spaces(ModbusMeaning.FILE),
                        Set.of(Role.ITEM, Role.EXTRA, Role.VALUE)),
                new Shape(ModbusMeaning.FUNCTION, spaces(ModbusMeaning.NONE), item));
    }

    private static Map<String, Set<Integer>> spaces(Integer... numbers) {
        return Map.of("space", Set.of(numbers));
    }

    @Override
    public Optional<String> phrase(Operation operation, long item, Map<String, String> texts) {
        String unit = " unit " + texts.get("unit");
        if (operation.equals(FUNCTION)) {
            return Optional.of("function " + ModbusWords.functionNumber((int) item) + unit);
        }
        String space = texts.get("space");
        String place = space == null
                ? ""
                : " " + space + (texts.containsKey("file") ? " " + texts.get("file") + " record" : "") + " "
                        + texts.get("address");
        return Optional.of(operation.word() + unit + place
                + (texts.containsKey("value") ? " = " + texts.get("value") : ""));
    }

    @Override
    public Set<String> required(Act act, Map<String, Set<Integer>> selectors) {
        boolean files = selectors.getOrDefault("space", Set.of()).contains(ModbusMeaning.FILE);
        return act.operation().equals(WRITE) && files
                ? Set.of("unit", "space", "address", "file")
                : act.operation().required();
    }

    @Override
    public Optional<String> objection(Act act, Map<String, Set<Integer>> selectors) {
        if (!act.operation().equals(WRITE)) {
            return Optional.empty();
        }
        for (int space : selectors.getOrDefault("space", Set.of())) {
            Optional<String> objection = writeObjection(space);
            if (objection.isPresent()) {
                return objection;
            }
        }
        return Optional.empty();
    }

    /** Why nothing in a space can be written. */
    static Optional<String> writeObjection(int space) {
        return switch (space) {
            case ModbusMeaning.DISCRETE -> Optional.of("discrete inputs cannot be written; coils can: `space: coil`");
            case ModbusMeaning.INPUT ->
                Optional.of("input registers cannot be written; holding registers can: `space: holding`");
            case ModbusMeaning.FIFO ->
                Optional.of("a FIFO queue cannot be written; its pointer is a holding register: `space: holding`");
            default -> Optional.empty();
        };
    }

    @Override
    public String describe(Facts facts, int span, int index) {
        return describe(facts, span, index, index);
    }

    @Override
    public String describe(Facts facts) {
        StringJoiner all = new StringJoiner(" and ").setEmptyValue("nothing");
        for (int span = 0; span < facts.spans(); span++) {
            all.add(describe(facts, span, 0, facts.high(span) - facts.low(span)));
        }
        return all.toString();
    }

    private static String describe(Facts facts, int span, int from, int to) {
        int unit = facts.scope(span) / ModbusMeaning.SPACES;
        int space = facts.scope(span) % ModbusMeaning.SPACES;
        int low = facts.low(span);
        if (facts.operation(span) == ModbusMeaning.FUNCTION) {
            return "function " + ModbusWords.functionNumber(low) + " unit " + unit;
        }
        StringBuilder line = new StringBuilder(facts.operation(span) == ModbusMeaning.READ ? "read" : "write");
        line.append(" unit ").append(unit);
        if (space == ModbusMeaning.NONE) {
            return line.toString();
        }
        line.append(' ').append(SPACES.get(space));
        if (space == ModbusMeaning.FILE) {
            line.append(' ').append(facts.extra(span)).append(" record");
        }
        line.append(' ').append(low + from);
        if (to > from) {
            line.append("..").append(low + to);
        }
        return line.append(values(facts, span, from, to)).toString();
    }

    /** The values from one index to another; an ellipsis for those that have not arrived, nothing for unknown ones. */
    private static String values(Facts facts, int span, int from, int to) {
        if (facts.encoding(span) == Facts.NO_VALUE || facts.encoding(span) == Facts.UNKNOWN_VALUE) {
            return "";
        }
        StringJoiner values = new StringJoiner(", ", " = ", "");
        for (int i = from; i <= to && i < facts.readable(span); i++) {
            values.add(Long.toString(facts.value(span, i)));
        }
        if (to >= facts.readable(span)) {
            values.add("…");
        }
        return values.toString();
    }
}
