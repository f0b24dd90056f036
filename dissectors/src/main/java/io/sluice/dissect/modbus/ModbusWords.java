package io.sluice.dissect.modbus;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Vocabulary.Request;
import io.sluice.dissect.Vocabulary.Understood;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Understands a request in words. A request is one part, or several joined by {@code and} (as functions 20, 21 and 23
 * make them):
 *
 * <pre>
 * part     = ("read" | "write") [unit] [place] ["=" value {"," value}] | "function" number ["/" number] [unit]
 * unit     = "unit" number                                   left out: unit 1
 * place    = space range | "file" number "record" range
 * space    = "coil" | "discrete" | "input" | "holding" | "fifo"
 * range    = number [".." number]
 * value    = number | "on" | "off"                           one for each item; none: the value is unknown
 * </pre>
 */
final class ModbusWords {
    /** The unit meant where none is named. */
    static final int DEFAULT_UNIT = 1;

    private static final int ALL_BITS = 0xFFFF;

    private final String text;
    private final String[] words;
    private int next;

    private ModbusWords(String text) {
        this.text = text.strip();
        this.words = this.text.toLowerCase(Locale.ROOT).replace("=", " = ").replace(",", " , ").strip().split("\\s+",
                -1);
    }

    static Understood<Request> request(String text) {
        List<ModbusRequestPart> parts = new ArrayList<>();
        for (String part : text.split("(?i)\\sand\\s", -1)) {
            try {
                parts.add(new ModbusWords(part).part());
            } catch (NotUnderstood e) {
                return new Understood.No<>(e.sentence);
            }
        }
        if (parts.size() > Facts.MAX_SPANS) {
            return new Understood.No<>("a request has at most " + Facts.MAX_SPANS + " parts joined by `and`");
        }
        return new Understood.Yes<>(ModbusRequestPart.request(parts));
    }

    /** Understands what stands behind {@code function}: a number, or two with a slash; decimal, or hexadecimal with 0x. */
    static Understood<Integer> function(String text) {
        String[] numbers = text.split("/", -1);
        OptionalInt code = number(numbers[0], 127);
        if (numbers.length > 2 || code.isEmpty() || code.getAsInt() == 0) {
            return new Understood.No<>("`function " + text
                    + "` is not a function code; codes are 1 to 127: `function 65`, `function 43/14`");
        }
        int n = code.getAsInt();
        String name = "`function " + n + "` is " + ModbusFunctions.name(n);
        if (ModbusFunctions.reads(n) || ModbusFunctions.writes(n)) {
            return new Understood.No<>(
                    name + ", which the word `" + (ModbusFunctions.reads(n) ? "read" : "write")
                            + "` covers; use the word");
        }
        if (!ModbusFunctions.hasSubFunction(n)) {
            return numbers.length == 1
                    ? new Understood.Yes<>(ModbusMeaning.functionItem(n, ModbusMeaning.NO_SUB_FUNCTION))
                    : new Understood.No<>(name + ", which has no sub-function; write `function " + n + "`");
        }
        int most = n == 8 ? 0xFFFF : 0xFF;
        if (numbers.length == 1) {
            return new Understood.No<>(name + ", which can do many things; name the sub-function: `function " + n + "/"
                    + (n == 43 ? "14" : n == 8 ? "0" : "0x02") + "`");
        }
        OptionalInt sub = number(numbers[1], most);
        return sub.isPresent()
                ? new Understood.Yes<>(ModbusMeaning.functionItem(n, sub.getAsInt()))
                : new Understood.No<>("the sub-function in `function " + text + "` is not a number from 0 to " + most);
    }

    /** The number behind {@code function} for an item, as {@link #function} reads it. */
    static String functionNumber(int item) {
        int code = item >>> 16;
        return ModbusFunctions.hasSubFunction(code) ? code + "/" + (item & 0xFFFF) : Integer.toString(code);
    }

    private ModbusRequestPart part() {
        return switch (word()) {
            case "read" -> operation(ModbusMeaning.READ);
            case "write" -> operation(ModbusMeaning.WRITE);
            case "function" -> functionPart();
            default -> throw notARequest();
        };
    }

    private ModbusRequestPart functionPart() {
        int item = switch (function(word())) {
            case Understood.Yes<Integer> yes -> yes.meaning();
            case Understood.No<Integer> no -> throw new NotUnderstood(no.sentence());
        };
        int scope = ModbusMeaning.scope(unit(), ModbusMeaning.NONE);
        end();
        return new ModbusRequestPart(ModbusMeaning.FUNCTION, scope, item, item, Facts.NO_ITEM, List.of());
    }

    private ModbusRequestPart operation(int operation) {
        int unit = unit();
        if (next == words.length && operation == ModbusMeaning.READ) {
            int scope = ModbusMeaning.scope(unit, ModbusMeaning.NONE);
            return new ModbusRequestPart(operation, scope, Facts.NO_ITEM, Facts.NO_ITEM, Facts.NO_ITEM, List.of());
        }
        int space = ModbusVocabulary.SPACES.indexOf(word());
        if (space <= ModbusMeaning.NONE) {
            throw notARequest();
        }
        Optional<String> objection = operation == ModbusMeaning.WRITE
                ? ModbusVocabulary.writeObjection(space)
                : Optional.empty();
        if (objection.isPresent()) {
            throw new NotUnderstood("`" + text + "`: " + objection.get());
        }
        int file = Facts.NO_ITEM;
        if (space == ModbusMeaning.FILE) {
            file = number("the file", word());
            if (!word().equals("record")) {
                throw new NotUnderstood(
                        "`" + text + "`: after the file number, name the records: `file 4 record 1..10`");
            }
        }
        int[] range = range(word());
        List<Integer> values = operation == ModbusMeaning.WRITE && next < words.length
                ? values(space, range[1] - range[0] + 1)
                : List.of();
        end();
        return new ModbusRequestPart(operation, ModbusMeaning.scope(unit, space), range[0], range[1], file, values);
    }

    private int unit() {
        if (next < words.length && words[next].equals("unit")) {
            next++;
            String unit = word();
            return number(unit, 255).orElseThrow(
                    () -> new NotUnderstood("`" + text + "`: unit `" + unit + "` is not a number from 0 to 255"));
        }
        return DEFAULT_UNIT;
    }

    private int[] range(String word) {
        String[] ends = word.split("\\.\\.", -1);
        int low = number("the address", ends[0]);
        int high = ends.length == 1 ? low : number("the address", ends[1]);
        if (ends.length > 2 || high < low) {
            throw new NotUnderstood("`" + text + "`: `" + word + "` is not a range; write it as `100..119`");
        }
        return new int[]{low, high};
    }

    private List<Integer> values(int space, int items) {
        if (!word().equals("=")) {
            next--;
            end();
        }
        List<Integer> values = new ArrayList<>();
        values.add(value(space, word()));
        while (next < words.length && words[next].equals(",")) {
            next++;
            values.add(value(space, word()));
        }
        if (values.size() != items) {
            throw new NotUnderstood("`" + text + "`: give one value for each item, divided by commas: here " + items
                    + ", not " + values.size());
        }
        return values;
    }

    private int value(int space, String word) {
        if (space == ModbusMeaning.COIL) {
            return switch (word) {
                case "0", "off" -> 0;
                case "1", "on" -> 1;
                default -> throw new NotUnderstood("`" + text + "`: a coil is `on`, `off`, 1 or 0, not `" + word + "`");
            };
        }
        return number("the value", word);
    }

    private int number(String what, String word) {
        return number(word, ALL_BITS).orElseThrow(
                () -> new NotUnderstood("`" + text + "`: " + what + " `" + word + "` is not a number from 0 to 65535"));
    }

    private String word() {
        if (next == words.length) {
            throw notARequest();
        }
        return words[next++];
    }

    private void end() {
        if (next < words.length) {
            throw new NotUnderstood("`" + text + "`: `" + words[next] + "` is one word too many; "
                    + "a request looks like `write unit 1 holding 100 = 1500`");
        }
    }

    /** A decimal number, or a hexadecimal one with 0x, up to {@code most}. */
    private static OptionalInt number(String word, int most) {
        boolean hexadecimal = word.startsWith("0x");
        if (!word.matches(hexadecimal ? "0x[0-9a-f]{1,4}" : "[0-9]{1,5}")) {
            return OptionalInt.empty();
        }
        int number = hexadecimal ? Integer.parseInt(word, 2, word.length(), 16) : Integer.parseInt(word);
        return number <= most ? OptionalInt.of(number) : OptionalInt.empty();
    }

    private NotUnderstood notARequest() {
        return new NotUnderstood("`" + text + "` is not a Modbus request; write `read unit 1 holding 0..9`,"
                + " `write unit 1 holding 100 = 1500`, `write unit 1 coil 12 = on`, `read unit 1 file 4 record 1..10`,"
                + " `read unit 1` or `function 43/14 unit 1`");
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
