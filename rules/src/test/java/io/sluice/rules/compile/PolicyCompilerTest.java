package io.sluice.rules.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Shortfall;
import io.sluice.dissect.Vocabulary.Act;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.DecisionTable;
import io.sluice.rules.RateBuckets;
import io.sluice.rules.Relation;
import io.sluice.rules.Service;
import io.sluice.rules.Situation;
import io.sluice.rules.Verdict;
import io.sluice.rules.policy.Conduit;
import io.sluice.rules.policy.Matcher;
import io.sluice.rules.policy.Mode;
import io.sluice.rules.policy.OnDeny;
import io.sluice.rules.policy.PlainVocabulary;
import io.sluice.rules.policy.Rate;
import io.sluice.rules.policy.Rule;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PolicyCompilerTest {
    private static final int TCP = 6;
    private static final String PLACES = """
            policy: t
            mode: enforce
            timezone: Europe/Paris
            zones:
              ops: {ports: [a], networks: [10.0.0.0/16]}
              cell: {ports: [b], networks: [10.0.7.0/24, "fd00:7::/32"]}
              tagged: {ports: [c], vlan: 10}
              jump: {broker: true}
            assets:
              hmi: {zone: ops, address: 10.0.0.1}
              plc: {zone: cell, address: [10.0.7.2, "fd00:7::2"]}
              other: {zone: cell, address: 10.0.7.3}
            conduits:
            """;

    private static CompiledPolicy compile(String conduits) {
        return PolicyFixture.compiled(PolicyFixture.read(PLACES + conduits.indent(2)));
    }

    private static List<String> refused(PolicyCompiler.Result result) {
        return assertInstanceOf(PolicyCompiler.Result.Refused.class, result).problems().stream()
                .map(p -> p.text()).toList();
    }

    private static int place(CompiledPolicy policy, String name) {
        int place = 1;
        while (!policy.nameOf(place).equals(name)) {
            place++;
        }
        return place;
    }

    private static Relation relation(CompiledPolicy policy, String from, String to) {
        return policy.relation(place(policy, from), place(policy, to));
    }

    private static Service modbus(CompiledPolicy policy, String from, String to) {
        Service service = relation(policy, from, to).service(TCP, 502);
        assertNotNull(service);
        return service;
    }

    /** Judges one span; the rule that decided, or what was missing. */
    private static String decide(CompiledPolicy policy, DecisionTable table, int operation, int scope, int item) {
        Facts facts = new Facts();
        facts.reset(MemorySegment.NULL);
        facts.add(operation, scope, item, item);
        Verdict verdict = new Verdict();
        Situation situation = new Situation(new RateBuckets(8));
        situation.at(0, policy.windows());
        table.decide(facts, situation, verdict);
        return verdict.rule() == Verdict.DEFAULT
                ? Shortfall.word(verdict.shortfall())
                : policy.rules().get(verdict.rule()).id();
    }

    private static String reads(CompiledPolicy policy, String from, String to, int address) {
        return decide(policy, modbus(policy, from, to).table(), 0, 7 + 4, address);
    }

    private static long nanos(String instant) {
        return Instant.parse(instant).getEpochSecond() * 1_000_000_000L;
    }

    private static final String TWO = """
            wide:
              from: ops
              to: cell
              protocol: modbus
              on_deny: drop
              mode: {monitor: until 2026-12-31}
              allow: [{id: w1, do: read, unit: 1, address: 0..9}]
              deny: [{id: w9, do: read, address: 5}]
            near:
              from: hmi
              to: plc
              protocol: modbus
              on_deny: reset
              mode: {learn: until 2026-11-30}
              allow: [{id: n1, do: read, unit: 1, address: 0..99}]
            """;

    @Test
    void conduitsThatMatchOnePairCountTogether() {
        CompiledPolicy policy = compile(TWO);
        Service both = modbus(policy, "hmi", "plc");
        assertEquals(List.of("near", "wide"), both.conduits());
        assertEquals("w9", reads(policy, "hmi", "plc", 5));
        assertEquals("n1", reads(policy, "hmi", "plc", 4));
        assertEquals("n1", reads(policy, "hmi", "plc", 50));
        assertEquals("item", reads(policy, "hmi", "other", 50));
        assertEquals("w1", reads(policy, "ops", "cell", 4));
    }

    @Test
    void onDenyIsThatOfTheMostSpecificConduitAndARuleKnowsItsOwn() {
        CompiledPolicy policy = compile(TWO);
        assertEquals(OnDeny.RESET, modbus(policy, "hmi", "plc").onDeny());
        assertEquals(OnDeny.DROP, modbus(policy, "hmi", "other").onDeny());
        assertEquals(OnDeny.DROP, policy.rules().stream().filter(r -> r.id().equals("w9")).findFirst().orElseThrow()
                .onDeny());
    }

    // "until" is the end of that day in the policy's time zone: 23:00Z in Paris' winter.
    @Test
    void theStrictestModeHoldsAtEachMoment() {
        CompiledPolicy policy = compile(TWO);
        Service both = modbus(policy, "hmi", "plc");
        assertEquals(Mode.MONITOR, both.mode(nanos("2026-11-30T22:59:59Z")));
        assertEquals(Mode.ENFORCE, both.mode(nanos("2026-11-30T23:00:00Z")));
        Service wide = modbus(policy, "ops", "plc");
        assertEquals(Mode.MONITOR, wide.mode(nanos("2026-12-31T22:59:59Z")));
        assertEquals(Mode.ENFORCE, wide.mode(nanos("2026-12-31T23:00:00Z")));
    }

    @Test
    void placesAreAssetsByAddressAndZonesByTheLongestNetwork() {
        CompiledPolicy policy = compile(TWO);
        long mapped = 0xFFFF_0000_0000L;
        assertEquals("plc", policy.nameOf(policy.place(0, mapped | 0x0A000702L)));
        assertEquals("plc", policy.nameOf(policy.place(0xFD00_0007_0000_0000L, 2)));
        assertEquals("cell", policy.nameOf(policy.place(0xFD00_0007_0000_0000L, 3)));
        assertEquals("cell", policy.nameOf(policy.place(0, mapped | 0x0A000709L)));
        assertEquals("ops", policy.nameOf(policy.place(0, mapped | 0x0A000809L)));
        assertEquals(CompiledPolicy.NOWHERE, policy.place(0, mapped | 0x0B000809L));
        int ops = policy.zoneNamed("ops");
        assertEquals(ops, policy.placeIn(ops, 0, mapped | 0x0A000702L));
        assertEquals("hmi", policy.nameOf(policy.placeIn(ops, 0, mapped | 0x0A000001L)));
        assertEquals(ops, policy.zone(place(policy, "hmi")));
        assertEquals(ops, policy.zone(ops));
        assertEquals(policy.zoneNamed("cell"), policy.zoneOfPort("b"));
        assertEquals(policy.zoneNamed("tagged"), policy.zoneOfPort("c"));
        assertEquals(CompiledPolicy.NOWHERE, policy.zoneOfPort("z"));
        assertEquals(CompiledPolicy.NOWHERE, policy.zoneNamed("plc"));
        assertEquals("?", policy.nameOf(CompiledPolicy.NOWHERE));
    }

    @Test
    void whereNoConduitMatchesNothingPasses() {
        CompiledPolicy policy = compile(TWO);
        Relation back = relation(policy, "plc", "hmi");
        assertEquals(List.of(), back.conduits());
        assertNull(back.service(TCP, 502));
        assertEquals(OnDeny.DROP, back.onDeny());
        assertEquals("operation", decide(policy, back.plain(), PlainVocabulary.TCP, 0, 502));
        assertSame(back, policy.relation(CompiledPolicy.NOWHERE, place(policy, "plc")));
        assertSame(back, policy.relation(-1, 1_000));
    }

    // Meaning 3: a broad `tcp` allow never bypasses inspection; a plain deny of the port refuses its messages.
    @Test
    void plainRulesNeitherBypassInspectionNorLoseTheirDenies() {
        CompiledPolicy policy = compile(TWO + """
                basics:
                  from: ops
                  to: cell
                  allow: [{id: b1, do: tcp, port: any}, {id: b2, do: ping}]
                  deny: [{id: b9, do: tcp, port: 80}]
                closed:
                  from: ops
                  to: other
                  deny: [{id: c9, do: tcp, port: 500..510}]
                """);
        assertNotNull(relation(policy, "hmi", "plc").service(TCP, 502));
        assertEquals("b1", decide(policy, relation(policy, "hmi", "plc").plain(), PlainVocabulary.TCP, 0, 443));
        assertEquals("b9", decide(policy, relation(policy, "hmi", "plc").plain(), PlainVocabulary.TCP, 0, 80));
        assertEquals("b2", decide(policy, relation(policy, "hmi", "plc").plain(), PlainVocabulary.PING, 0, -1));
        assertEquals("n1", reads(policy, "hmi", "plc", 4));
        assertEquals("c9", reads(policy, "hmi", "other", 4));
    }

    // Meaning 13: from zone to zone, both ways.
    @Test
    void ethertypesPassBothWaysBetweenTheZones() {
        CompiledPolicy policy = compile("""
                frames:
                  from: ops
                  to: cell
                  allow: [{id: e1, do: ethertype profinet}, {id: e2, do: tcp, port: 443}]
                """);
        for (String[] pair : new String[][]{{"ops", "cell"}, {"cell", "ops"}, {"hmi", "plc"}, {"plc", "ops"}}) {
            DecisionTable plain = relation(policy, pair[0], pair[1]).plain();
            assertEquals("e1", decide(policy, plain, PlainVocabulary.ETHERTYPE, 0, 0x8892));
            assertEquals("item", decide(policy, plain, PlainVocabulary.ETHERTYPE, 0, 0x88CC));
        }
        assertEquals("e2", decide(policy, relation(policy, "hmi", "plc").plain(), PlainVocabulary.TCP, 0, 443));
        assertEquals("operation", decide(policy, relation(policy, "plc", "hmi").plain(), PlainVocabulary.TCP, 0, 443));
    }

    @Test
    void theBrokerIsNeverTreatedWeakly() {
        CompiledPolicy policy = PolicyFixture.compiled(PolicyFixture.read((PLACES + """
                maintenance:
                  from: jump
                  to: plc
                  protocol: modbus
                  allow: [{id: m1, do: read, unit: 1}]
                """.indent(2)).replace("mode: enforce", "mode: learn")));
        assertEquals(Mode.ENFORCE, modbus(policy, "jump", "plc").mode(0));
        assertEquals(Mode.ENFORCE, relation(policy, "jump", "plc").mode(0));
        assertEquals(Mode.ENFORCE, relation(policy, "jump", "other").mode(0));
        assertEquals(Mode.LEARN, relation(policy, "hmi", "other").mode(0));
    }

    private static Rule rule(String id, boolean deny, Map<String, Matcher> fields) {
        return new Rule(id, deny, List.of("write"), List.of(new Act(TestProtocol.WRITE, OptionalInt.empty())), fields,
                Optional.empty(), Optional.empty(), Optional.empty(), PolicyFixture.SOMEWHERE);
    }

    private static Matcher range(long low, long high) {
        return new Matcher.Ranges(List.of(new Matcher.Range(low, high)), PolicyFixture.SOMEWHERE);
    }

    @Test
    void anAllowInsideADenyIsRefused() {
        Rule allow = rule("a", false, Map.of("unit", range(1, 1), "item", range(5, 6)));
        Rule deny = rule("d", true, Map.of("item", range(0, 9)));
        Rule narrow = rule("d", true, Map.of("item", range(0, 5)));
        List<String> texts = refused(PolicyCompiler.compile(
                PolicyFixture.policy().conduit("c", "l", "r", List.of(allow)).conduit("z", "left", "right", List.of(deny))
                        .build(),
                PolicyFixture.HASH));
        assertEquals(List.of("`a` can never apply: deny `d` of conduit `z` refuses all of it; narrow the deny or remove"
                + " the allow"), texts);
        // A deny that leaves something of the allow, or that does not hold for all its places, is what denies are for.
        PolicyFixture.policy().conduit("c", "l", "r", List.of(allow, narrow)).compile();
        PolicyFixture.policy().conduit("c", "left", "right", List.of(allow)).conduit("z", "l", "r", List.of(deny))
                .compile();
    }

    @Test
    void twoProtocolsOnOnePortOfOnePairAreRefused() {
        Conduit other = new Conduit("other", "left", "right",
                Optional.of(new Conduit.Service(new TestProtocol("second"), 9, Conduit.Transport.TCP)),
                Optional.empty(), Optional.empty(), List.of(), PolicyFixture.SOMEWHERE);
        List<String> texts = refused(PolicyCompiler.compile(
                PolicyFixture.policy().conduit("c", "l", "r", List.of()).conduit(other).build(), PolicyFixture.HASH));
        assertEquals(List.of("conduit `other` inspects port 9 as `second`, but conduit `c`, which matches the same"
                + " places, as `test`; give one of them another port"), texts);
    }

    @Test
    void moreWindowsThanBitsAreRefused() {
        PolicyFixture fixture = PolicyFixture.policy();
        for (int w = 0; w < 64; w++) {
            fixture.window("w" + w);
        }
        fixture.compile();
        assertTrue(refused(PolicyCompiler.compile(fixture.window("w64").build(), PolicyFixture.HASH)).getFirst()
                .startsWith("there are 65 windows, and at most 64"));
    }

    @Test
    void moreRatedRulesOnOneItemThanADecisionMayLookAtAreRefused() {
        List<Rule> rules = new ArrayList<>();
        for (int r = 0; r < 65; r++) {
            rules.add(new Rule("r" + r, false, List.of(), List.of(new Act(TestProtocol.WRITE, OptionalInt.empty())),
                    Map.of(), Optional.of(new Rate(1 + r, 1_000_000_000L, 1, PolicyFixture.SOMEWHERE)),
                    Optional.empty(), Optional.empty(), PolicyFixture.SOMEWHERE));
        }
        PolicyFixture.policy().conduit("c", "l", "r", rules.subList(0, 64)).compile();
        String text = refused(PolicyCompiler.compile(PolicyFixture.policy().conduit("c", "l", "r", rules).build(),
                PolicyFixture.HASH)).getFirst();
        assertTrue(text.contains("more than 64 rules with a rate"), text);
    }

    @Test
    void rulesThatAddNothingAreWarnedAbout() {
        Rule wide = rule("a", false, Map.of("item", range(0, 9)));
        Rule inside = rule("b", false, Map.of("item", range(5, 6)));
        Rule rated = new Rule("c", false, List.of(), inside.acts(), inside.fields(),
                Optional.of(new Rate(1, 1_000_000_000L, 1, PolicyFixture.SOMEWHERE)), Optional.empty(),
                Optional.empty(), PolicyFixture.SOMEWHERE);
        Rule same = rule("e", false, Map.of("item", range(0, 9)));
        PolicyCompiler.Result result = PolicyCompiler.compile(
                PolicyFixture.policy().conduit("c", "l", "r", List.of(same, rated, wide, inside)).build(),
                PolicyFixture.HASH);
        assertEquals(
                List.of("`b` adds nothing: `a` already allows all of it",
                        "the rate of `c` never limits: `a` allows the same without one",
                        "`e` adds nothing: `a` already allows all of it"),
                assertInstanceOf(PolicyCompiler.Result.Compiled.class, result).warnings().stream().map(p -> p.text())
                        .toList());
    }

    // A thousand devices with conduits of zones only must cost what one costs, and share what is equal.
    @Test
    void manyAssetsShareTheRelationsOfTheirZones() {
        PolicyFixture fixture = PolicyFixture.policy();
        for (int a = 0; a < 2_000; a++) {
            fixture.asset("left" + a, "left", 0x0A01_0000L + a).asset("right" + a, "right", 0x0A02_0000L + a);
        }
        for (int c = 0; c < 200; c++) {
            fixture.conduit("c" + c, "left" + c, "right", List.of(rule("a" + c, false, Map.of())));
        }
        CompiledPolicy policy = fixture.conduit("z", "left", "right", List.of(rule("z", false, Map.of()))).compile();
        Relation zones = relation(policy, "left", "right");
        assertSame(zones, relation(policy, "left1999", "right1999"));
        assertEquals(List.of("c7", "z"), relation(policy, "left7", "right1").conduits());
        assertSame(relation(policy, "left7", "right1"), relation(policy, "left7", "right1999"));
    }
}
