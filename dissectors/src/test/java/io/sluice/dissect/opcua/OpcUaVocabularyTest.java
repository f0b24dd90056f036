package io.sluice.dissect.opcua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Names;
import io.sluice.dissect.OrderedNumber;
import io.sluice.dissect.Vocabulary;
import io.sluice.dissect.Vocabulary.Act;
import io.sluice.dissect.Vocabulary.Operation;
import io.sluice.dissect.Vocabulary.Request;
import io.sluice.dissect.Vocabulary.Understood;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpcUaVocabularyTest {
    private static final long SPEED = 0;
    private final Vocabulary vocabulary = new OpcUaVocabulary();
    private final Names names = new Names(List.of(OpcUaNodeIdTest.id("ns=2;s=Line3.Speed").key(),
            OpcUaNodeIdTest.id("i=85").key(), text("auto")));

    private static Names.Key text(String text) {
        return switch (OpcUaNaming.text(text)) {
            case Understood.Yes<Vocabulary.Name> yes -> yes.meaning().key();
            case Understood.No<Vocabulary.Name> no -> throw new AssertionError(no.sentence());
        };
    }

    private Facts fill(String request) {
        return switch (vocabulary.request(request)) {
            case Understood.Yes<Request> yes -> {
                Facts facts = new Facts();
                yes.meaning().fill(facts, names);
                yield facts;
            }
            case Understood.No<Request> no -> throw new AssertionError(no.sentence());
        };
    }

    private String refused(String request) {
        return switch (vocabulary.request(request)) {
            case Understood.Yes<Request> _ -> throw new AssertionError(request);
            case Understood.No<Request> no -> no.sentence();
        };
    }

    private Operation operation(String word) {
        return switch (vocabulary.act(word)) {
            case Understood.Yes<List<Act>> yes -> yes.meaning().getFirst().operation();
            case Understood.No<List<Act>> no -> throw new AssertionError(no.sentence());
        };
    }

    private String noAct(String word) {
        return switch (vocabulary.act(word)) {
            case Understood.Yes<List<Act>> yes -> throw new AssertionError(yes.meaning().toString());
            case Understood.No<List<Act>> no -> no.sentence();
        };
    }

    @Test
    void everyOperationHasItsWordAndNumber() {
        List<Operation> operations = vocabulary.operations();
        Set<String> words = new HashSet<>();
        for (int n = 0; n < operations.size(); n++) {
            Operation operation = operations.get(n);
            assertEquals(n, operation.number());
            assertTrue(words.add(operation.word()));
            assertTrue(operation.fields().containsAll(operation.required()));
            if (n != OpcUaMeaning.SERVICE) {
                assertEquals(operation, operation(operation.word()));
            }
        }
        assertEquals(OpcUaMeaning.OPERATIONS, operations.size() + vocabulary.implied().size());
        assertEquals(Set.of(OpcUaMeaning.WRITE, OpcUaMeaning.CALL, OpcUaMeaning.HISTORY_UPDATE,
                OpcUaMeaning.MANAGE_NODES, OpcUaMeaning.REGISTER_SERVER, OpcUaMeaning.SERVICE, OpcUaMeaning.ENCRYPTED),
                Set.copyOf(operations.stream().filter(Operation::writes).map(Operation::number).toList()));
    }

    @Test
    void attributesAreScopes() {
        assertEquals(OpcUaMeaning.ATTRIBUTES, vocabulary.scopes());
        assertEquals(OpcUaMeaning.VALUE_ATTRIBUTE, OpcUaVocabulary.ATTRIBUTES.indexOf("value"));
        assertEquals(OpcUaMeaning.LAST_ATTRIBUTE, OpcUaVocabulary.ATTRIBUTES.indexOf("access_level_ex"));
        assertEquals(OpcUaMeaning.VALUE_ATTRIBUTE, vocabulary.scope(OpcUaMeaning.VALUE_ATTRIBUTE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "service 631 | `service 631` is ReadRequest, which the word `read` covers; use the word",
            "service 634 | `service 634` is ReadResponse, an answer; answers pass as answers to an allowed request",
            "service 397 | `service 397` is ServiceFault, an answer; answers pass as answers to an allowed request",
            "service 461 | `service 461` is CreateSessionRequest, which comes with any allow; leave it out",
            "service 0 | `service 0` is not a service; ids of requests are 1 to 65535: `service 15903`",
            "service x | `service x` is not a service; ids of requests are 1 to 65535: `service 15903`"})
    void aServiceWithAWordOfItsOwnIsRefusedByNumber(String word, String sentence) {
        assertEquals(sentence, noAct(word));
    }

    @Test
    void aServiceThatNoWordCoversHasItsNumber() {
        assertEquals(15_903, fill("service 15903").low(0));
        assertEquals(OpcUaMeaning.SERVICE, operation("service 0x3e1f").number());
        assertTrue(fill("service 999").opaque());
    }

    @ParameterizedTest
    @ValueSource(strings = {"discovery", "session", "publish", "readd", "service", "read value", "service 1 2", ""})
    void otherWordsAreRefused(String word) {
        assertTrue(noAct(word).contains("is not an OPC UA word"), word);
    }

    @Test
    void namesOfThePolicyAreNumbersAndOthersAreUnknown() {
        Facts facts = fill("read ns=2;s=Line3.Speed and browse i=85 and write ns=2;i=5 = 1.5, 2 and call i=9 on i=85");
        assertEquals(SPEED, facts.low(0));
        assertEquals(OpcUaMeaning.VALUE_ATTRIBUTE, facts.scope(0));
        assertEquals(1, facts.low(1));
        assertEquals(OpcUaMeaning.NO_ATTRIBUTE, facts.scope(1));
        assertEquals(Facts.NO_ITEM, facts.low(2));
        assertEquals(2, facts.values(2));
        assertEquals(OrderedNumber.of(1.5), facts.value(2, 0));
        assertEquals(Facts.NO_ITEM, facts.low(3));
        assertEquals(1, facts.extra(3));
    }

    @Test
    void textsAreValuesOfTheirOwn() {
        Facts facts = fill("write ns=2;s=Line3.Speed = \"auto\", manual, 5 and write ns=2;s=Line3.Speed = true");
        assertEquals(4, facts.spans());
        assertEquals(OrderedNumber.name(2), facts.value(0, 0));
        assertEquals(OrderedNumber.name(OpcUaMeaning.UNNAMED), facts.value(1, 0));
        assertEquals(OrderedNumber.of(5L), facts.value(2, 0));
        assertEquals(OrderedNumber.of(1L), facts.value(3, 0));
    }

    // What a report prints can be asked again.
    @ParameterizedTest
    @ValueSource(strings = {"read i=2258", "read ns=2;i=5 attribute display_name", "write ns=2;s=Line3.Speed = 1500",
            "write ns=2;s=Line3.Speed", "write ns=2;s=a = -5.5, 2.0E300",
            "write ns=2;s=a attribute description = \"b\"",
            "write \"ns=2;s=My Node\" = 5", "write \"ns=2;s=\\\"a \\\\b\" = \"say \\\"and\\\" = 5, 6\"",
            "call ns=2;s=Line3.Reset on ns=2;s=Line3", "call i=11489", "browse i=85", "subscribe ns=2;i=4711",
            "history_read ns=2;i=1", "history_update ns=2;i=1", "manage_nodes ns=2;i=1", "register_server",
            "service 15903", "encrypted", "read i=85 and write i=86 = 1 and encrypted"})
    void aRequestIsDescribedInItsOwnWords(String request) {
        assertEquals(request, vocabulary.describe(fill(request)));
        assertEquals(request.split(" and ", -1)[0].replaceFirst(", 2.*", ""),
                vocabulary.describe(fill(request), 0, 0).replaceFirst(", 6\"$", ", 6\""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "make coffee | is not an OPC UA request", "read | is not an OPC UA request",
            "read ns=2;s=My Node | one word too many", "write i=5 = | is not an OPC UA request",
            "read i=5 attribute colour | there is no attribute `colour`", "read nsu=a;i=5 | its namespace by a URI",
            "service 631 | the word `read` covers", "read i=5 and | is not an OPC UA request",
            "read i=5 = 3 | one word too many"})
    void whatIsNotUnderstoodSaysWhy(String request, String part) {
        assertTrue(refused(request).contains(part), refused(request));
    }

    @Test
    void spansOfMessagesAreDescribedFromTheirBytes() {
        Facts facts = new Facts();
        facts.reset(OpcUaNodeIdTest.bytes("01 00 d208 03 0200 0300000061 1b 62"));
        facts.addOrRepeat(OpcUaMeaning.READ, OpcUaMeaning.VALUE_ATTRIBUTE, Facts.NO_ITEM, Facts.NO_ITEM, 0);
        facts.addOrRepeat(OpcUaMeaning.READ, OpcUaMeaning.VALUE_ATTRIBUTE, Facts.NO_ITEM, Facts.NO_ITEM, 4);
        assertEquals("read i=2258 and 1 more", vocabulary.describe(facts));
        int write = facts.add(OpcUaMeaning.WRITE, OpcUaMeaning.OTHER_ATTRIBUTE, Facts.NO_ITEM, Facts.NO_ITEM);
        facts.named(write, 4, Facts.NOWHERE);
        facts.store(write, OrderedNumber.name(OpcUaMeaning.UNNAMED));
        assertEquals("write ns=2;s=a?b attribute unknown = a text", vocabulary.describe(facts, write, 0));
        facts.add(OpcUaMeaning.SESSION, 0, 461, 461);
        facts.add(OpcUaMeaning.DISCOVERY, 0, 0, 0);
        facts.add(OpcUaMeaning.BROWSE, 0, Facts.NO_ITEM, Facts.NO_ITEM);
        assertEquals("CreateSession", vocabulary.describe(facts, 2, 0));
        assertEquals("Hello", vocabulary.describe(facts, 3, 0));
        assertEquals("browse", vocabulary.describe(facts, 4, 0));
        facts.reset(MemorySegment.NULL);
        assertEquals("nothing", vocabulary.describe(facts));
    }

    @Test
    void manySpansAndLongNamesAreCut() {
        String line = vocabulary.describe(fill("read i=1" + " and read i=2".repeat(20)));
        assertTrue(line.endsWith(" and 13 more"), line);
        String node = vocabulary.describe(fill("read s=" + "x".repeat(5_000)));
        assertTrue(node.length() < 220 && node.endsWith("…"), node);
        String values = vocabulary.describe(fill("write i=1 = 1" + ", 2".repeat(50)));
        assertTrue(values.endsWith("2, …"), values);
        assertTrue(refused("write i=1 = \"a\"" + ", 2".repeat(2_000)).contains("at most 1024"));
    }

    @Test
    void whateverIsAskedIsUnderstoodOrRefusedWithASentence() {
        List<String> pieces = List.of("read ", "write ", "call ", "service ", "i=5", "ns=2;", "s=a b", "\"", "\\",
                " = ",
                "=", ",", " and ", "on ", "attribute ", "value", "1e999", "-", "..", "true", "b=AQ==", "g=", "\u0000",
                "encrypted", "99999999999", " ");
        Random random = new Random(20_261_127);
        int understood = 0;
        for (int i = 0; i < 30_000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "write i=5 = " : "");
            for (int n = random.nextInt(6); n >= 0; n--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            switch (vocabulary.request(text.toString())) {
                case Understood.Yes<Request> yes -> {
                    Facts facts = new Facts();
                    yes.meaning().fill(facts, names);
                    String described = vocabulary.describe(facts);
                    assertEquals(described, vocabulary.describe(fill(described)), text.toString());
                    understood++;
                }
                case Understood.No<Request> no -> assertFalse(no.sentence().isBlank());
            }
        }
        assertTrue(understood > 3_000, "understood " + understood);
    }

    // A text that a rule states lies in the message as any String does.
    @Test
    void aTextIsShownAsItLiesInTheMessage() {
        byte[] utf8 = "süß\n".getBytes(StandardCharsets.UTF_8);
        MemorySegment bytes = Arena.ofAuto().allocate(4L + utf8.length);
        bytes.set(ValueLayout.JAVA_BYTE, 0, (byte) utf8.length);
        MemorySegment.copy(utf8, 0, bytes, ValueLayout.JAVA_BYTE, 4, utf8.length);
        Facts facts = new Facts();
        facts.reset(bytes);
        int span = facts.add(OpcUaMeaning.WRITE, OpcUaMeaning.VALUE_ATTRIBUTE, 0, 0);
        facts.storeText(span, OrderedNumber.name(0), 0);
        assertEquals("write = \"süß?\"", vocabulary.describe(facts, span, 0));
    }

    @Test
    void sortsAreNamed() {
        assertEquals("read", name(OpcUaMeaning.READ, OpcUaMeaning.VALUE_ATTRIBUTE, 7));
        assertEquals("write attribute display_name", name(OpcUaMeaning.WRITE, 4, 7));
        assertEquals("browse", name(OpcUaMeaning.BROWSE, 0, 7));
        assertEquals("service 15903 (SessionlessInvoke)", name(OpcUaMeaning.SERVICE, 0, 15_903));
        assertEquals("service 999", name(OpcUaMeaning.SERVICE, 0, 999));
        assertEquals("Publish", name(OpcUaMeaning.SESSION, 0, 826));
        assertEquals("Hello", name(OpcUaMeaning.DISCOVERY, 0, 0));
        assertEquals("encrypted", name(OpcUaMeaning.ENCRYPTED, 0, -1));
        for (int o = 0; o < OpcUaMeaning.OPERATIONS; o++) {
            assertTrue(vocabulary.sort(o, OpcUaMeaning.OTHER_ATTRIBUTE, Integer.MAX_VALUE) < 1 << 28);
        }
    }

    private String name(int operation, int scope, int item) {
        return vocabulary.sortName(vocabulary.sort(operation, scope, item));
    }

    private static List<Act> acts(String... words) {
        Vocabulary vocabulary = new OpcUaVocabulary();
        return List.of(words).stream().map(w -> switch (vocabulary.act(w)) {
            case Understood.Yes<List<Act>> yes -> yes.meaning().getFirst();
            case Understood.No<List<Act>> no -> throw new AssertionError(no.sentence());
        }).toList();
    }

    private String objection(List<Act> acts, Map<String, Set<Integer>> demands) {
        return vocabulary.objection(acts, demands).orElse("none");
    }

    @Test
    void whatAChannelHidesCannotBeJudged() {
        Set<Integer> sign = Set.of(OpcUaMeaning.MODE_SIGN);
        Set<Integer> both = Set.of(OpcUaMeaning.MODE_SIGN, OpcUaMeaning.MODE_SIGN_AND_ENCRYPT);
        assertEquals("none", objection(acts("read", "write"), Map.of()));
        assertEquals("none", objection(acts("read"), Map.of("mode", sign)));
        assertEquals("none", objection(acts("encrypted"), Map.of()));
        assertEquals("none", objection(acts("encrypted"), Map.of("mode", both)));
        assertTrue(objection(acts("read"), Map.of("mode", both)).contains("`sign_and_encrypt` hides it"));
        assertTrue(objection(acts("encrypted"), Map.of("mode", sign)).contains("can never apply"));
        assertTrue(objection(acts("encrypted", "read"), Map.of()).contains("escape the other rules"));
    }

    @Test
    void demandsMustNotContradictOneAnother() {
        Set<Integer> none = Set.of(OpcUaMeaning.MODE_NONE);
        Set<Integer> sign = Set.of(OpcUaMeaning.MODE_SIGN);
        Set<Integer> strong = Set.of(4, 5, 6, 7);
        assertEquals("none", objection(List.of(), Map.of("mode", sign, "client_certificate", Set.of())));
        assertEquals("none", objection(List.of(), Map.of("min_security", strong, "client_certificate", Set.of())));
        assertTrue(objection(List.of(), Map.of("mode", none, "min_security", strong)).contains("accepts no channel"));
        assertTrue(objection(List.of(), Map.of("client_certificate", Set.of())).contains("state `mode: [sign]`"));
        assertTrue(objection(List.of(), Map.of("mode", Set.of(OpcUaMeaning.MODE_NONE, OpcUaMeaning.MODE_SIGN),
                "server_certificate", Set.of())).contains("pins a certificate"));
        assertTrue(vocabulary.answers(Map.of()));
        assertTrue(vocabulary.answers(Map.of("mode", Set.of(1, 2))));
        assertFalse(vocabulary.answers(Map.of("mode", sign)));
        assertFalse(vocabulary.answers(Map.of("min_security", strong)));
    }

    @ParameterizedTest
    @CsvSource({"opc.tcp://10.3.1.20:4840, true", "opc.tcp://opc-3/UA/Server, true", "http://opc-3:4840, false",
            "opc.tcp://, false", "opc.tcp://a b, false"})
    void endpointsAreUrls(String url, boolean good) {
        assertEquals(good, OpcUaNaming.url(url) instanceof Understood.Yes<Vocabulary.Name>);
    }
}
