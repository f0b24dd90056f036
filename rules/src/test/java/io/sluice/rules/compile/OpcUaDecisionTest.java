package io.sluice.rules.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Names;
import io.sluice.dissect.OrderedNumber;
import io.sluice.dissect.Vocabulary;
import io.sluice.dissect.Vocabulary.Operation;
import io.sluice.dissect.opcua.OpcUa;
import io.sluice.rules.DecisionTable;
import io.sluice.rules.RateBuckets;
import io.sluice.rules.Relation;
import io.sluice.rules.Situation;
import io.sluice.rules.Verdict;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The decision vectors of the policy language, in OPC UA words. */
class OpcUaDecisionTest {
    private static final ValueLayout.OfLong LE64 = ValueLayout.JAVA_LONG_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final String SPEED = """
            allow:
              - {id: r, do: [browse, read, subscribe]}
              - {id: w, do: write, node: ["ns=2;s=Speed", "ns=2;i=4711"], value: [0..1500, "auto", true]}
            """;

    private static int operation(String word) {
        Vocabulary vocabulary = OpcUa.PROTOCOL.vocabulary();
        return Stream.concat(vocabulary.operations().stream(), vocabulary.implied().stream())
                .filter(o -> o.word().equals(word)).mapToInt(Operation::number).findFirst().orElseThrow();
    }

    @Test
    void everyNodeOfARequestMustBeAllowed() {
        OpcUaFixture policy = new OpcUaFixture(SPEED);
        assertEquals("allow w", policy.decide("write ns=2;s=Speed = 1500 and write ns=2;i=4711 = 0"));
        assertEquals("deny item 1/0", policy.decide("write ns=2;s=Speed = 1500 and write ns=2;s=Recipe = 0"));
        assertEquals("deny value 1/0", policy.decide("write ns=2;s=Speed = 1 and write ns=2;i=4711 = 1501"));
        assertEquals("allow r", policy.decide("read ns=2;s=Recipe attribute display_name and browse i=85"));
        assertEquals("deny operation 0/0", policy.decide("call ns=2;s=Speed"));
    }

    // An alias of a session that was created on another connection may stand for any node.
    @Test
    void aNodeThatCannotBeToldIsTouchedByEveryDenyAndCoveredOnlyByAnyNode() {
        Facts untold = new Facts();
        untold.reset(MemorySegment.NULL);
        untold.store(untold.add(operation("write"), 13, Facts.UNTOLD, Facts.UNTOLD), OrderedNumber.of(5L));
        String any = "allow: [{id: w, do: write, node: any, value: any}]\n";
        assertEquals("allow w", new OpcUaFixture(any).decide(untold));
        assertEquals("deny d 0/0", new OpcUaFixture(any + "deny: [{id: d, do: write, node: \"ns=2;s=Trip\"}]\n")
                .decide(untold));
        assertEquals("allow w", new OpcUaFixture(any + "deny: [{id: d, do: call, method: \"ns=2;s=Stop\"}]\n")
                .decide(untold));
        assertEquals("deny item 0/0", new OpcUaFixture(SPEED).decide(untold));
    }

    // One id has several encodings and texts, and none of them is another id.
    @Test
    void aNodeIsItsNamespaceKindAndName() {
        OpcUaFixture policy = new OpcUaFixture("""
                allow:
                  - {id: a, do: read, node: ["ns=0;i=2258", "ns=2;g=09087E75-8E5E-499B-954F-F2A9603DB28A"]}
                """);
        assertEquals("allow a", policy.decide("read i=2258 and read ns=2;g=09087e75-8e5e-499b-954f-f2a9603db28a"));
        for (String other : List.of("ns=1;i=2258", "s=2258", "ns=3;g=09087e75-8e5e-499b-954f-f2a9603db28a")) {
            assertEquals("deny item 0/0", policy.decide("read " + other));
        }
    }

    @Test
    void anyNodeIsAllowedButTheOneThatIsDenied() {
        OpcUaFixture policy = new OpcUaFixture("""
                allow: [{id: a, do: write, node: any, attribute: any}]
                deny: [{id: d, do: write, node: "ns=2;s=Trip"}]
                """);
        assertEquals("allow a", policy.decide("write ns=2;s=Nobody.Named.It = 5"));
        assertEquals("deny d 1/0", policy.decide("write ns=2;s=Speed = 5 and write ns=2;s=Trip = 5"));
        assertEquals("deny d 0/0", policy.decide("write ns=2;s=Trip attribute display_name"));
    }

    // What changes names, access rights or structure is not what people mean by writing a setpoint.
    @Test
    void aWriteThatStatesNoAttributeIsOfTheValueAndADenyOfAll() {
        OpcUaFixture policy = new OpcUaFixture(SPEED);
        assertEquals("deny operation 0/0", policy.decide("write ns=2;s=Speed attribute access_level = 3"));
        OpcUaFixture stated = new OpcUaFixture("""
                allow: [{id: a, do: write, node: any, attribute: [value, description]}]
                deny: [{id: d, do: [read, write], node: "ns=2;s=Trip"}]
                """);
        assertEquals("allow a", stated.decide("write ns=2;s=Speed attribute description = \"x\""));
        assertEquals("deny operation 0/0", stated.decide("write ns=2;s=Speed attribute display_name = \"x\""));
        assertEquals("deny d 0/0", stated.decide("write ns=2;s=Trip attribute access_level = 3"));
    }

    @Test
    void anUnknownAttributeIsCoveredOnlyByAny() {
        OpcUaFixture policy = new OpcUaFixture("""
                allow:
                  - {id: a, do: read, node: "i=1"}
                  - {id: b, do: read, node: "i=2", attribute: [value, node_id]}
                """);
        Facts facts = new Facts();
        facts.reset(MemorySegment.NULL);
        int first = policy.facts("read i=1").low(0);
        facts.add(operation("read"), 28, first, first);
        assertEquals("allow a", policy.decide(facts));
        facts.reset(MemorySegment.NULL);
        int second = policy.facts("read i=2").low(0);
        facts.add(operation("read"), 28, second, second);
        assertEquals("deny item 0/0", policy.decide(facts));
    }

    @Test
    void aMethodIsAllowedOnItsObject() {
        OpcUaFixture policy = new OpcUaFixture("""
                allow:
                  - {id: a, do: call, method: "ns=2;s=Reset", object: ["ns=2;s=Line3", "ns=2;s=Line4"]}
                  - {id: b, do: call, method: "i=11489"}
                """);
        assertEquals("allow a", policy.decide("call ns=2;s=Reset on ns=2;s=Line3"));
        assertEquals("deny item 0/0", policy.decide("call ns=2;s=Reset on ns=2;s=Line5"));
        assertEquals("deny item 0/0", policy.decide("call ns=2;s=Reset"));
        assertEquals("allow b", policy.decide("call i=11489 on ns=9;s=Whatever"));
    }

    @ParameterizedTest
    @CsvSource({"0, allow w", "-0.0, allow w", "1500, allow w", "1500.0, allow w", "1.5e3, allow w",
            "1500.0001, deny value 0/0", "-0.0001, deny value 0/0", "18446744073709551615, deny value 0/0",
            "true, allow w", "'\"auto\"', allow w", "'\"Auto\"', deny value 0/0", "'\"1\"', deny value 0/0",
            "'1, 2, 3', allow w", "'1, 2, 1501, 4', deny value 0/2", "'\"auto\", 7', allow w",
            "'7, \"manual\"', deny value 1/0"})
    void valuesCompareAsNumbersAndTextsByEquality(String value, String verdict) {
        assertEquals(verdict, new OpcUaFixture(SPEED).decide("write ns=2;s=Speed = " + value));
    }

    private static Facts array(OpcUaFixture policy, int encoding, long... values) {
        MemorySegment bytes = Arena.ofAuto().allocate(8L * values.length + 1);
        for (int i = 0; i < values.length; i++) {
            bytes.set(LE64, 8L * i, values[i]);
        }
        Facts facts = new Facts();
        int node = policy.facts("write ns=2;s=Speed").low(0);
        facts.reset(bytes);
        facts.values(facts.add(operation("write"), 13, node, node), encoding, 0, values.length);
        return facts;
    }

    @Test
    void numbersAreInsideWhateverTheirType() {
        OpcUaFixture policy = new OpcUaFixture("""
                allow: [{id: w, do: write, node: "ns=2;s=Speed", value: [-5.5..1500, 9007199254740991]}]
                """);
        long most = OrderedNumber.EXACT;
        assertEquals("allow w", policy.decide(array(policy, Facts.UNSIGNED_64, 0, 1500, most)));
        // The next integer has no double of its own above 2^53 and must not become the bound.
        for (long beyond : new long[]{most + 1, most + 2, Long.MAX_VALUE, Long.MIN_VALUE, -1}) {
            assertEquals("deny value 0/1", policy.decide(array(policy, Facts.UNSIGNED_64, 7, beyond)));
        }
        assertEquals("allow w", policy.decide(array(policy, Facts.SIGNED_64, -5, most)));
        assertEquals("deny value 0/0", policy.decide(array(policy, Facts.SIGNED_64, -6)));
        long nan = Double.doubleToRawLongBits(Double.NaN);
        long negativeZero = Double.doubleToRawLongBits(-0.0);
        long infinity = Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);
        assertEquals("allow w", policy.decide(array(policy, Facts.FLOAT_64, negativeZero)));
        assertEquals("deny value 0/1", policy.decide(array(policy, Facts.FLOAT_64, negativeZero, nan)));
        assertEquals("deny value 0/0", policy.decide(array(policy, Facts.FLOAT_64, nan | Long.MIN_VALUE)));
        assertEquals("deny value 0/0", policy.decide(array(policy, Facts.FLOAT_64, infinity)));
    }

    // NaN and texts are values too: only an allow that states none covers them.
    @Test
    void whatIsNoNumberIsCoveredByAnyValue() {
        OpcUaFixture policy = new OpcUaFixture("allow: [{id: w, do: write, node: \"ns=2;s=Speed\", value: any}]");
        assertEquals("allow w", policy.decide(array(policy, Facts.FLOAT_64, Double.doubleToRawLongBits(Double.NaN))));
        assertEquals("allow w", policy.decide("write ns=2;s=Speed = \"anything\""));
        assertEquals("allow w", policy.decide("write ns=2;s=Speed"));
    }

    @Test
    void aDenyIsTouchedByOneElementOfAnArrayAndByAnUnknownValue() {
        OpcUaFixture policy = new OpcUaFixture("""
                allow: [{id: w, do: write, node: "ns=2;s=Speed"}]
                deny: [{id: d, do: write, value: [100..200, "off"]}]
                """);
        assertEquals("allow w", policy.decide("write ns=2;s=Speed = 1, 2, 300"));
        assertEquals("deny d 0/1", policy.decide("write ns=2;s=Speed = 1, 150, 300"));
        assertEquals("deny d 1/0", policy.decide("write ns=2;s=Speed = \"on\", \"off\""));
        assertEquals("deny d 0/0", policy.decide("write ns=2;s=Speed"));
    }

    // An array without elements writes something all the same.
    @Test
    void anEmptyArrayIsAValueThatCannotBeTold() {
        OpcUaFixture policy = new OpcUaFixture(SPEED);
        assertEquals("deny value 0/0", policy.decide(array(policy, Facts.FLOAT_64)));
    }

    @Test
    void whatAConnectionNeedsComesWithAnyAllow() {
        OpcUaFixture policy = new OpcUaFixture("""
                allow:
                  - {id: b, do: write, node: "ns=2;s=Speed", window: shift, rate: 1/h}
                deny: [{id: a, do: [read, browse]}]
                """);
        for (String word : List.of("discovery", "session")) {
            for (int item : new int[]{0, 461, 826}) {
                Facts facts = new Facts();
                facts.reset(MemorySegment.NULL);
                facts.add(operation(word), 0, item, item);
                // Outside the window, and more often than the rate.
                assertEquals("allow b", policy.decide(facts));
            }
        }
    }

    @Test
    void withoutAnAllowNoConnectionIsNeeded() {
        OpcUaFixture policy = new OpcUaFixture("deny: [{id: a, do: read}]");
        Facts facts = new Facts();
        facts.reset(MemorySegment.NULL);
        facts.add(operation("discovery"), 0, 0, 0);
        assertEquals("deny operation 0/0", policy.decide(facts));
    }

    @Test
    void aPlainDenyOfThePortRefusesTheConnectionToo() {
        OpcUaFixture policy = new OpcUaFixture(SPEED, """
                  plain:
                    from: ops
                    to: cell
                    deny: [{id: p, do: tcp, port: 4840}]
                """);
        Facts facts = new Facts();
        facts.reset(MemorySegment.NULL);
        facts.add(operation("session"), 0, 461, 461);
        assertEquals("deny p 0/0", policy.decide(facts));
        assertEquals("deny p 0/0", policy.decide("read i=85"));
    }

    @Test
    void servicesByNumberAndEncryptedMessagesAreNamedByTheirWords() {
        OpcUaFixture policy = new OpcUaFixture("allow: [{id: s, do: [service 15903, service 999]}]");
        assertEquals("allow s", policy.decide("service 15903 and service 999"));
        assertEquals("deny item 0/0", policy.decide("service 998"));
        assertEquals("deny operation 0/0", policy.decide("encrypted"));
        assertEquals("allow e", new OpcUaFixture("allow: [{id: e, do: encrypted}]").decide("encrypted"));
    }

    // What has not arrived yet may still be right.
    @Test
    void theBeginningOfAnArrayIsRefusedOnlyForWhatIsThere() {
        OpcUaFixture policy = new OpcUaFixture(SPEED);
        DecisionTable table = policy.service.table();
        Situation situation = new Situation(new RateBuckets(8));
        Verdict verdict = new Verdict();
        Facts facts = array(policy, Facts.FLOAT_64);
        table.preview(facts, situation, verdict);
        assertTrue(verdict.allowed());
        Facts begun = array(policy, Facts.FLOAT_64, Double.doubleToRawLongBits(5), Double.doubleToRawLongBits(-5));
        table.preview(begun, situation, verdict);
        assertEquals(1, verdict.index());
    }

    @Test
    void namesAreNumberedByTheirTextsWhateverTheOrderOfTheFile() {
        OpcUaFixture one = new OpcUaFixture("allow: [{id: w, do: write, node: [i=9, i=10], value: [\"b\", \"a\"]}]");
        OpcUaFixture other = new OpcUaFixture("allow: [{id: w, do: write, value: [\"a\", \"b\"], node: [i=10, i=9]}]");
        // Two nodes, two texts, and a certificate.
        assertEquals(5, one.names().size());
        for (int n = 0; n < 5; n++) {
            assertEquals(one.policy.nameText(OpcUa.PROTOCOL, n), other.policy.nameText(OpcUa.PROTOCOL, n));
        }
        int certificate = one.policy.certificate(one.place("hmi"), OpcUa.PROTOCOL);
        assertEquals("sha256:" + "ab".repeat(32), one.policy.nameText(OpcUa.PROTOCOL, certificate));
        assertEquals(Names.UNKNOWN, one.policy.certificate(one.place("opc"), OpcUa.PROTOCOL));
        assertEquals("?", one.policy.nameText(OpcUa.PROTOCOL, 5));
        Relation relation = one.policy.relation(one.place("hmi"), one.place("opc"));
        assertEquals(1, relation.services().size());
    }
}
