package io.sluice.dissect.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Names;
import io.sluice.dissect.Protocols;
import io.sluice.dissect.Vocabulary;
import io.sluice.dissect.Vocabulary.Act;
import io.sluice.dissect.Vocabulary.Operation;
import io.sluice.dissect.Vocabulary.Request;
import io.sluice.dissect.Vocabulary.Understood;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModbusVocabularyTest {
    private final Vocabulary vocabulary = Protocols.named("modbus").orElseThrow().vocabulary();

    @ParameterizedTest
    @CsvSource({"read, read, -1", "write, write, -1", "' Read ', read, -1", "function 43/14, function, 2818062",
            "function 0x2b/0x0E, function, 2818062", "function 8/0, function, 524288",
            "function 8/65535, function, 589823",
            "function 90/0x41, function, 5898305", "function 65, function, 4325375", "FUNCTION 127, function, 8388607"})
    void doWordsAreUnderstood(String text, String word, int item) {
        Act act = act(text);
        assertEquals(word, act.operation().word());
        assertEquals(item, act.item().orElse(-1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"function 3|the word `read` covers", "function 23|the word `write` covers",
            "function 16/1|the word `write` covers", "function 8|name the sub-function: `function 8/0`",
            "function 43|`function 43/14`", "function 90|`function 90/0x02`", "function 65/1|has no sub-function",
            "function 0|codes are 1 to 127", "function 128|codes are 1 to 127", "function x|codes are 1 to 127",
            "function 43/256|0 to 255", "function 8/65536|0 to 65535", "function 43/14/1|codes are 1 to 127",
            "function|`function 65`", "read holding|keys of their own", "reed|is not a Modbus word",
            "''|is not a Modbus word"})
    void doWordsThatAreNotUnderstoodGetASentence(String text, String part) {
        String sentence = no(vocabulary.act(text));
        assertTrue(sentence.contains(part), sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"read unit 1 holding 0..9", "write unit 1 holding 100 = 1500",
            "write unit 1 holding 100..101 = 5, 6", "write unit 0 coil 12 = 1", "write unit 255 holding 100",
            "write unit 1 coil 0..8 = 1, 0, 1, 0, 1, 0, 1, 0, 1", "read unit 1", "read unit 7 discrete 65535",
            "read unit 1 input 0..65535", "read unit 1 file 4 record 1..10", "write unit 1 file 4 record 7 = 1",
            "read unit 1 fifo 1246", "function 43/14 unit 1", "function 8/4 unit 247", "function 65 unit 1",
            "write unit 1 holding 40 = 1 and read unit 1 holding 0..9"})
    void whatIsUnderstoodIsDescribedByTheSameWords(String text) {
        Facts facts = facts(text);
        assertEquals(text, vocabulary.describe(facts));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"read holding 3|read unit 1 holding 3",
            "WRITE Unit 1 COIL 12 = on|write unit 1 coil 12 = 1", "write unit 1 coil 12=off|write unit 1 coil 12 = 0",
            "write unit 1 holding 1..2=5,6|write unit 1 holding 1..2 = 5, 6", "function 8/4|function 8/4 unit 1",
            "write unit 1 holding 0x10 = 0xFFFF|write unit 1 holding 16 = 65535", "read|read unit 1"})
    void shorterWordsMeanTheSame(String text, String full) {
        assertEquals(full, vocabulary.describe(facts(text)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"''|is not a Modbus request", "wrote unit 1|is not a Modbus request",
            "write|is not a Modbus request", "write unit 1|is not a Modbus request",
            "read unit|is not a Modbus request", "read unit 256|unit `256` is not a number from 0 to 255",
            "read unit 1 holding|is not a Modbus request", "read unit 1 register 4|is not a Modbus request",
            "read unit 1 holding 65536|the address `65536`", "read unit 1 holding 9..0|is not a range",
            "read unit 1 holding 1..2..3|is not a range", "read unit 1 holding -1|the address `-1`",
            "read unit 1 holding 1 = 2|`=` is one word too many",
            "write unit 1 input 3 = 1|input registers cannot be written",
            "write unit 1 discrete 3|discrete inputs cannot be written",
            "write unit 1 fifo 3|FIFO queue cannot be written",
            "write unit 1 coil 3 = 2|a coil is `on`, `off`, 1 or 0", "write unit 1 holding 3 = 65536|the value `65536`",
            "write unit 1 holding 3..4 = 1|one value for each item", "write unit 1 holding 3 = 1, 2|here 1, not 2",
            "write unit 1 holding 3 =|is not a Modbus request", "write unit 1 holding 3 4|`4` is one word too many",
            "read unit 1 file 4|is not a Modbus request", "read unit 1 file 4 register 1|name the records",
            "read unit 1 file 65536 record 1|the file `65536`", "function 3|the word `read` covers",
            "function 43/14 unit 1 holding|one word too many", "read unit 1 holding 1 and|`and` is one word too many"})
    void requestsThatAreNotUnderstoodGetASentence(String text, String part) {
        String sentence = no(vocabulary.request(text));
        assertTrue(sentence.contains(part), sentence);
    }

    @Test
    void aWriteWithoutValueIsAnUnknownOne() {
        Facts facts = facts("write unit 1 holding 100");
        assertEquals(Facts.UNKNOWN_VALUE, facts.encoding(0));
    }

    @Test
    void oneItemOfASpanIsDescribedWithItsOwnValue() {
        Facts facts = facts("write unit 1 holding 100..102 = 5, 6, 7");
        assertEquals("write unit 1 holding 101 = 6", vocabulary.describe(facts, 0, 1));
        facts = facts("write unit 1 coil 7..16 = 0, 0, 0, 0, 0, 0, 0, 0, 0, 1");
        assertEquals("write unit 1 coil 16 = 1", vocabulary.describe(facts, 0, 9));
        facts = facts("read unit 1 file 4 record 1..10");
        assertEquals("read unit 1 file 4 record 10", vocabulary.describe(facts, 0, 9));
    }

    @Test
    void valuesThatHaveNotArrivedAreShownAsMissing() {
        ModbusBench bench = new ModbusBench();
        bench.request("0001000000 0b 0110 0064 0002 04 0005".replace(" ", ""));
        assertEquals("write unit 1 holding 100..101 = 5, …", bench.words());
        assertEquals("write unit 1 holding 101 = …", vocabulary.describe(bench.facts, 0, 1));
        bench.request("000100000006010500 03".replace(" ", ""));
        assertEquals("write unit 1 coil 3 = …", bench.words());
    }

    @Test
    void nothingIsDescribedAsNothing() {
        assertEquals("nothing", vocabulary.describe(new Facts()));
    }

    @Test
    void scopesAreThoseThatTheDissectorFills() {
        assertEquals(256 * ModbusMeaning.SPACES, vocabulary.scopes());
        assertEquals(ModbusMeaning.scope(17, ModbusMeaning.HOLDING), vocabulary.scope(17, ModbusMeaning.HOLDING));
    }

    @Test
    void operationsAreNumberedInTheirOrderAndNameFieldsThatExist() {
        for (int i = 0; i < vocabulary.operations().size(); i++) {
            Operation operation = vocabulary.operations().get(i);
            assertEquals(i, operation.number());
            for (String field : operation.fields()) {
                assertTrue(vocabulary.field(field).isPresent(), field);
            }
            assertTrue(operation.fields().containsAll(operation.required()));
        }
    }

    // policy language, item 6
    @Test
    void aWriteMustStateUnitSpaceAndAddressAndOfAFileItsNumber() {
        assertEquals(Set.of("unit", "space", "address"), vocabulary.required(act("write"), Map.of()));
        assertEquals(Set.of("unit", "space", "address", "file"),
                vocabulary.required(act("write"), Map.of("space", Set.of(ModbusMeaning.FILE))));
        assertEquals(Set.of(), vocabulary.required(act("read"), Map.of("space", Set.of(ModbusMeaning.FILE))));
        assertEquals(Set.of(), vocabulary.required(act("function 43/14"), Map.of()));
    }

    @Test
    void writingWhatCannotBeWrittenMeetsAnObjection() {
        for (int space : List.of(ModbusMeaning.DISCRETE, ModbusMeaning.INPUT, ModbusMeaning.FIFO)) {
            Map<String, Set<Integer>> selectors = Map.of("space", Set.of(ModbusMeaning.HOLDING, space));
            assertTrue(vocabulary.objection(act("write"), selectors).orElseThrow().contains("cannot be written"));
            assertTrue(vocabulary.objection(act("read"), selectors).isEmpty());
        }
        assertTrue(vocabulary.objection(act("write"),
                Map.of("space", Set.of(ModbusMeaning.COIL, ModbusMeaning.HOLDING, ModbusMeaning.FILE))).isEmpty());
        assertTrue(vocabulary.objection(act("write"), Map.of()).isEmpty());
    }

    @Test
    void everyCodeHasAName() {
        assertEquals("Read Holding Registers", ModbusFunctions.name(3));
        assertEquals("Diagnostics: Force Listen Only Mode", ModbusFunctions.name(8, 4));
        assertEquals("UMAS: Stop PLC", ModbusFunctions.name(90, 0x41));
        assertEquals("UMAS: sub-function 204", ModbusFunctions.name(90, 204));
        assertEquals("User-Defined Function 65", ModbusFunctions.name(65));
        assertEquals("Function 99", ModbusFunctions.name(99, 1));
        assertEquals("Illegal Data Address", ModbusFunctions.exception(2));
        assertEquals("Exception 9", ModbusFunctions.exception(9));
    }

    // Every code is said in exactly one way: by a word, by a number, or by a number and a sub-function.
    @Test
    void everyCodeCanBeNamedInOneWay() {
        for (int code = 1; code < 128; code++) {
            boolean word = ModbusFunctions.reads(code) || ModbusFunctions.writes(code);
            assertFalse(ModbusFunctions.reads(code) && ModbusFunctions.writes(code));
            assertEquals(!word && !ModbusFunctions.hasSubFunction(code),
                    vocabulary.act("function " + code) instanceof Understood.Yes, "code " + code);
            assertEquals(ModbusFunctions.hasSubFunction(code),
                    vocabulary.act("function " + code + "/1") instanceof Understood.Yes, "code " + code);
        }
    }

    private Act act(String text) {
        return switch (vocabulary.act(text)) {
            case Understood.Yes<List<Act>> yes -> yes.meaning().getFirst();
            case Understood.No<List<Act>> no -> throw new AssertionError(no.sentence());
        };
    }

    private Facts facts(String text) {
        Facts facts = new Facts();
        switch (vocabulary.request(text)) {
            case Understood.Yes<Request> yes -> yes.meaning().fill(facts, Names.NONE);
            case Understood.No<Request> no -> throw new AssertionError(no.sentence());
        }
        return facts;
    }

    private static <T> String no(Understood<T> understood) {
        return switch (understood) {
            case Understood.Yes<T> yes -> throw new AssertionError("understood as " + yes.meaning());
            case Understood.No<T> no -> no.sentence();
        };
    }
}
