package io.sluice.dissect.opcua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Names;
import io.sluice.dissect.Renumbering;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another policy takes over a connection: what was remembered by number is known by its text, or not known at all. */
class OpcUaRenumberingTest {
    private static final String NODE = "ns=2;i=6001";
    private static final String OTHER = "ns=2;s=Valve.Cmd";
    private static final String ALIAS = "ns=9;i=1";
    private static final int[] RULES = {4, -1, 2};

    private final OpcUaBench bench = OpcUaBench.open(NODE, OTHER);
    private List<String> known = List.of(NODE, OTHER);
    private int id = 10;

    /** Sessions that were created elsewhere are a matter of their own. */
    @BeforeEach
    void anySessionIsItsOwn() {
        bench.session.midstream();
    }

    private static Names names(List<String> nodes) {
        return new Names(nodes.stream().map(n -> OpcUaNode.of(n).key()).toList());
    }

    private void exchange(String... nodes) {
        List<String> next = List.of(nodes);
        bench.session.renumber(Renumbering.between(names(known), names(next), RULES));
        known = next;
        bench.nodes = next;
    }

    private void register(String node, String alias) {
        bench.ask(++id, OpcUaBytes.request(560).u32(1).node(node));
        assertEquals("ok", bench.answer(id, OpcUaBytes.response(563).u32(1).node(alias)));
    }

    private void monitor(String node, int item) {
        bench.ask(++id, OpcUaBytes.request(751).u32(1).u32(0).u32(1).node(node).u32(13).none().u16(0).none().u32(2)
                .u32(1).f64(100).u8(0, 0, 0).u32(1).u8(1));
        assertEquals("ok", bench.answer(id,
                OpcUaBytes.response(754).u32(1).u32(0).u32(item).f64(100).u32(1).u8(0, 0, 0).none()));
    }

    /** What a read of a node is about: its name, {@code ?} for one without, {@code any} for one that cannot be told. */
    private String read(String node) {
        bench.see(io.sluice.dissect.Dissector.TO_SERVER, bench.chunk(io.sluice.dissect.Dissector.TO_SERVER, "MSGF",
                ++id, OpcUaBytes.read(node).done()));
        bench.dissector.decided(bench.session, true, 0);
        return name();
    }

    private String mode(int item) {
        bench.see(io.sluice.dissect.Dissector.TO_SERVER, bench.chunk(io.sluice.dissect.Dissector.TO_SERVER, "MSGF",
                ++id, OpcUaBytes.request(769).u32(1).u32(2).u32(1).u32(item).done()));
        bench.dissector.decided(bench.session, true, 0);
        return name();
    }

    private String name() {
        int item = bench.facts.low(0);
        return item == Facts.UNTOLD ? "any" : item == Names.UNKNOWN ? "?" : known.get(item);
    }

    @Test
    void aliasesAndItemsAreKnownByTheirTexts() {
        register(NODE, ALIAS);
        monitor(OTHER, 71);
        exchange(OTHER, NODE);
        assertEquals(NODE, read(ALIAS));
        assertEquals(OTHER, mode(71));
        assertEquals(NODE, read(NODE));
        assertEquals("?", read("ns=2;i=1"));
        assertEquals("?", mode(72));
    }

    @Test
    void whatIsNamedNoMoreIsUnnamed() {
        register(NODE, ALIAS);
        monitor(NODE, 71);
        exchange(OTHER);
        assertEquals("?", read(ALIAS));
        assertEquals("?", mode(71));
        assertEquals(OTHER, read(OTHER));
    }

    /** The alias of a node that had no name was not looked into: from now on every node may be it. */
    @Test
    void whatIsNamedOnlyNowMayHideBehindAnyName() {
        register("ns=2;i=777", "ns=9;i=2");
        register(NODE, ALIAS);
        exchange(NODE, OTHER, "ns=2;i=777");
        assertEquals("any", read("ns=9;i=2"));
        assertEquals("any", read(OTHER));
        assertEquals(NODE, read(ALIAS), "an alias that was followed");
        exchange(NODE, OTHER);
        assertEquals("any", read("ns=9;i=2"), "and stays so");
    }

    @Test
    void itemsOfNodesThatAreNamedOnlyNowMayBeAny() {
        monitor("ns=2;i=777", 70);
        monitor(NODE, 71);
        exchange(NODE, OTHER, "ns=2;i=777");
        assertEquals("any", mode(70));
        assertEquals(NODE, mode(71));
        monitor("ns=2;i=778", 72);
        assertEquals("?", mode(72), "created since");
        assertEquals(OTHER, read(OTHER), "nothing was registered");
    }

    @Test
    void whereNothingWasRegisteredANewNameIsJustAName() {
        assertEquals("?", read("ns=2;i=777"));
        exchange(NODE, OTHER, "ns=2;i=777");
        assertEquals("ns=2;i=777", read("ns=2;i=777"));
    }

    /** A registration that is under way when the policy changes. */
    @Test
    void anAnswerThatComesAfterTheExchangeIsFollowed() {
        bench.ask(11, OpcUaBytes.request(560).u32(2).node(NODE).node("ns=2;i=777"));
        exchange("ns=2;i=1", NODE, "ns=2;i=777");
        bench.answer(11, OpcUaBytes.response(563).u32(2).node(ALIAS).node("ns=9;i=2"));
        id = 11;
        assertEquals(NODE, read(ALIAS));
        assertEquals("any", read("ns=9;i=2"));
    }

    /** Only monitored, a refused registration reached its server, and nobody looked at the answer. */
    @Test
    void aRegistrationThatWasRefusedInVainMakesAllNodesUnsure() {
        bench.ask(11, OpcUaBytes.request(560).u32(1).node(NODE), false);
        bench.answer(11, OpcUaBytes.response(563).u32(1).node(ALIAS));
        id = 11;
        exchange(NODE, OTHER);
        assertEquals("any", read(ALIAS));
    }

    @Test
    void verdictsKeepTheirRulesByTheirNewNumbers() {
        for (int rule = 0; rule < 3; rule++) {
            bench.see(io.sluice.dissect.Dissector.TO_SERVER, bench.chunk(io.sluice.dissect.Dissector.TO_SERVER,
                    "MSGF", 20 + rule, OpcUaBytes.read(NODE).done()));
            bench.dissector.decided(bench.session, rule != 2, rule);
        }
        exchange(NODE);
        for (int rule = 0; rule < 3; rule++) {
            assertEquals("ok", bench.answer(20 + rule, OpcUaBytes.response(634).none().none()));
            assertEquals(rule != 2, bench.dissector.answered(bench.session));
            assertEquals(RULES[rule], bench.dissector.answeredRule(bench.session));
        }
    }

    @Test
    void twoChangesAreOne() {
        Names first = names(List.of("i=1", "i=2", "i=3"));
        Names second = names(List.of("i=3", "i=1"));
        Names third = names(List.of("i=2", "i=3"));
        Renumbering both = Renumbering.between(first, second, new int[]{1, -1, 0})
                .then(Renumbering.between(second, third, new int[]{7, 5}));
        assertEquals(List.of(-1, -1, 1), List.of(both.name(0), both.name(1), both.name(2)));
        assertEquals(List.of(5, -1, 7), List.of(both.rule(0), both.rule(1), both.rule(2)));
        assertTrue(both.widened());
        assertEquals(Facts.UNTOLD, both.node(Names.UNKNOWN));
        assertEquals(-1, both.rule(-1));
        assertFalse(Renumbering.between(first, second, RULES).widened());
    }
}
