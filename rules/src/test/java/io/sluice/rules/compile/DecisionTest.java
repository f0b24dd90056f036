package io.sluice.rules.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Names;
import io.sluice.dissect.Shortfall;
import io.sluice.dissect.Vocabulary.Request;
import io.sluice.dissect.Vocabulary.Understood;
import io.sluice.dissect.modbus.Modbus;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.DecisionTable;
import io.sluice.rules.RateBuckets;
import io.sluice.rules.Situation;
import io.sluice.rules.Verdict;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The decision vectors of the policy language, in Modbus words. */
class DecisionTest {
    private static final String PLACES = """
            policy: t
            mode: enforce
            zones: {ops: {ports: [a]}, cell: {ports: [b]}}
            assets: {hmi: {zone: ops, address: 10.0.0.1}, plc: {zone: cell, address: 10.0.0.2}}
            windows: {shift: {days: [sat], hours: "06:00-10:00"}}
            conduits:
              c:
                from: hmi
                to: plc
                protocol: modbus
            """;
    private static final long INSIDE_SHIFT = nanos("2026-11-21T07:00:00Z");
    private static final long OUTSIDE_SHIFT = nanos("2026-11-21T11:00:00Z");

    private final Situation situation = new Situation(new RateBuckets(64));
    private CompiledPolicy policy = PolicyFixture.policy().compile();
    private DecisionTable table = DecisionTable.NOTHING;

    private static long nanos(String instant) {
        return Instant.parse(instant).getEpochSecond() * 1_000_000_000L;
    }

    private void rules(String rules) {
        policy = PolicyFixture.compiled(PolicyFixture.read(PLACES + rules.indent(4)));
        table = policy.relation(place("hmi"), place("plc")).services().getFirst().table();
        situation.at(INSIDE_SHIFT, policy.windows());
        situation.source(0, 1);
    }

    private int place(String name) {
        int place = 1;
        while (!policy.nameOf(place).equals(name)) {
            place++;
        }
        return place;
    }

    /** The verdict in words: what decided, or what was missing and at which item. */
    private String decide(String request) {
        if (!(Modbus.PROTOCOL.vocabulary().request(request) instanceof Understood.Yes<Request> yes)) {
            throw new AssertionError(request);
        }
        Facts facts = new Facts();
        facts.reset(MemorySegment.NULL);
        yes.meaning().fill(facts, Names.NONE);
        return decide(facts);
    }

    private String decide(Facts facts) {
        Verdict verdict = new Verdict();
        table.decide(facts, situation, verdict);
        return said(facts, verdict);
    }

    private String said(Facts facts, Verdict verdict) {
        if (verdict.allowed()) {
            return "allow " + policy.rules().get(verdict.rule()).id();
        }
        String at = " at " + (facts.low(verdict.span()) + verdict.index());
        return verdict.rule() == Verdict.DEFAULT
                ? Shortfall.word(verdict.shortfall()) + at
                : "deny " + policy.rules().get(verdict.rule()).id() + at;
    }

    // Meaning 2: allows {100 <= 1500} and {101 <= 20}.
    @Test
    void eachItemNeedsAnAllowOfItsOwn() {
        rules("""
                allow:
                  - {id: a, do: write, unit: 1, space: holding, address: 100, value: 0..1500}
                  - {id: b, do: write, unit: 1, space: holding, address: 101, value: 0..20}
                """);
        assertEquals("allow a", decide("write unit 1 holding 100..101 = 10,10"));
        assertEquals("value at 101", decide("write unit 1 holding 100..101 = 10,2000"));
        assertEquals("value at 100", decide("write unit 1 holding 100 = 1501"));
        assertEquals("item at 102", decide("write unit 1 holding 101..102 = 20,20"));
        assertEquals("operation at 100", decide("read unit 1 holding 100"));
        assertEquals("operation at 100", decide("write unit 2 holding 100 = 1"));
    }

    // Meaning 2: deny {address 118, value 5..9} speaks of one item, not of the highest value of a range.
    @Test
    void aDenyNeedsAllItsFieldsOnOneItem() {
        rules("""
                allow:
                  - {id: a, do: write, unit: 1, space: holding, address: 100..119}
                deny:
                  - {id: d, do: write, address: 118, value: 5..9}
                """);
        assertEquals("allow a", decide("write unit 1 holding 117..118 = 7,1"));
        assertEquals("deny d at 118", decide("write unit 1 holding 118 = 7"));
        assertEquals("deny d at 118", decide("write unit 1 holding 116..119 = 0,0,9,0"));
        // FC 22 writes what cannot be told: it may be 5..9.
        assertEquals("deny d at 118", decide("write unit 1 holding 118"));
        assertEquals("allow a", decide("write unit 1 holding 117"));
    }

    // The vectors of the six sentences: 100..101 <= 1500 allowed, 117..119 touches the deny, 119..120 leaves the range.
    @Test
    void anAllowCoversTheWholeRequestAndADenyNeedsOnlyTouchIt() {
        rules("""
                allow:
                  - {id: s2, do: write, unit: 1, space: holding, address: 100..119, value: 0..1500}
                deny:
                  - {id: s9, do: write, address: 118}
                """);
        assertEquals("allow s2", decide("write unit 1 holding 100..101 = 1500,0"));
        assertEquals("deny s9 at 118", decide("write unit 1 holding 117..119 = 0,0,0"));
        assertEquals("item at 120", decide("write unit 1 holding 119..120 = 0,0"));
        assertEquals("value at 100", decide("write unit 1 holding 100 = 1501"));
        // A deny is reported even where an earlier item was not covered.
        assertEquals("deny s9 at 118", decide("write unit 1 holding 99 = 1 and write unit 1 holding 118 = 1"));
    }

    // Meaning 6: FC 22 writes an unknown value, which only an allow without `value` covers.
    @Test
    void anUnknownValueIsCoveredOnlyWhereNoValueIsStated() {
        rules("""
                allow:
                  - {id: a, do: write, unit: 1, space: holding, address: 100..109, value: 0..65535}
                  - {id: b, do: write, unit: 1, space: holding, address: 110..119}
                """);
        assertEquals("value at 105", decide("write unit 1 holding 105"));
        assertEquals("allow b", decide("write unit 1 holding 115"));
    }

    // Meaning 6: FC 23 is a read and a write, and both must pass.
    @Test
    void readAndWriteInOneMessageMustBothPass() {
        rules("""
                allow:
                  - {id: r, do: read, space: holding, unit: 1, address: 0..9}
                  - {id: w, do: write, unit: 1, space: holding, address: 20..29}
                """);
        assertEquals("allow w", decide("write unit 1 holding 20..21 = 1,2 and read unit 1 holding 0..9"));
        assertEquals("item at 10", decide("write unit 1 holding 20..21 = 1,2 and read unit 1 holding 0..10"));
        assertEquals("item at 30", decide("write unit 1 holding 29..30 = 1,2 and read unit 1 holding 0..9"));
    }

    // Meaning 6: broadcast reaches every device, so it is allowed only where it is written, and touches every deny.
    @Test
    void unitZeroIsAllowedOnlyWhereItIsWritten() {
        rules("""
                allow:
                  - {id: any, do: write, unit: any, space: holding, address: 0..9}
                  - {id: zero, do: write, unit: [0, 1], space: holding, address: 20..39}
                  - {id: reads, do: read}
                deny:
                  - {id: other, do: write, unit: 7, address: 30}
                """);
        assertEquals("item at 5", decide("write unit 0 holding 5 = 1"));
        assertEquals("allow zero", decide("write unit 0 holding 25 = 1"));
        assertEquals("deny other at 30", decide("write unit 0 holding 30 = 1"));
        assertEquals("allow zero", decide("write unit 1 holding 30 = 1"));
        assertEquals("operation at 5", decide("read unit 0 holding 5"));
        assertEquals("allow reads", decide("read unit 255 holding 5"));
    }

    // A request without a space (functions 7, 11, 12, 17) is covered only by rules that state neither space nor address.
    @Test
    void aRequestWithoutItemsNeedsARuleThatLeavesThemOut() {
        rules("""
                allow:
                  - {id: holding, do: read, unit: 1, space: holding}
                  - {id: addressed, do: read, unit: 2, address: 0..65535}
                  - {id: all, do: read, unit: 3}
                """);
        assertEquals("operation at -1", decide("read unit 1"));
        assertEquals("item at -1", decide("read unit 2"));
        assertEquals("allow all", decide("read unit 3"));
    }

    @Test
    void functionsAreNamedWithTheirSubFunction() {
        rules("""
                allow:
                  - {id: f, do: [function 43/14, function 8/0], unit: 1}
                  - {id: g, do: function 65, unit: 1}
                """);
        assertEquals("allow f", decide("function 43/14 unit 1"));
        assertEquals("allow f", decide("function 8/0 unit 1"));
        assertEquals("allow g", decide("function 65 unit 1"));
        assertEquals("item at " + ((8 << 16) | 1), decide("function 8/1 unit 1"));
        assertEquals("operation at " + ((43 << 16) | 14), decide("function 43/14 unit 2"));
    }

    @Test
    void fileRecordsAreJudgedByFileAndRecord() {
        rules("""
                allow:
                  - {id: f, do: [read, write], unit: 1, space: file, file: 4, address: 0..9, value: 0..5}
                """);
        assertEquals("allow f", decide("read unit 1 file 4 record 0..9"));
        assertEquals("item at 0", decide("read unit 1 file 5 record 0..9"));
        assertEquals("allow f", decide("write unit 1 file 4 record 1 = 5"));
        assertEquals("value at 1", decide("write unit 1 file 4 record 1 = 6"));
    }

    // Meaning 14: allows with a window do not apply while the clock is not trusted, and denies with a window do.
    @Test
    void windowsOpenAndCloseAndWithoutAClockTheStrictReadingHolds() {
        rules("""
                allow:
                  - {id: w, do: write, unit: 1, space: coil, address: 12, window: shift}
                  - {id: r, do: read}
                deny:
                  - {id: d, do: read, address: 5, window: shift}
                """);
        assertEquals("allow w", decide("write unit 1 coil 12 = on"));
        assertEquals("deny d at 5", decide("read unit 1 coil 5"));
        situation.at(OUTSIDE_SHIFT, policy.windows());
        assertEquals("window at 12", decide("write unit 1 coil 12 = on"));
        assertEquals("allow r", decide("read unit 1 coil 5"));
        for (long moment : new long[]{INSIDE_SHIFT, OUTSIDE_SHIFT}) {
            situation.at(moment, policy.windows());
            situation.clockTrusted(false);
            assertEquals("window at 12", decide("write unit 1 coil 12 = on"));
            assertEquals("deny d at 5", decide("read unit 1 coil 5"));
        }
    }

    // Meaning 15: one token for each allowed message; a message refused for another reason costs nothing.
    @Test
    void rateIsPerRuleAndSourceAndOnlyAllowedMessagesCost() {
        rules("""
                allow:
                  - {id: w, do: write, unit: 1, space: holding, address: 0..9, rate: 2/s}
                  - {id: x, do: write, unit: 1, space: holding, address: 9}
                """);
        for (int i = 0; i < 5; i++) {
            assertEquals("item at 10", decide("write unit 1 holding 8 = 1 and write unit 1 holding 10 = 1"));
        }
        // Two items under one rule are one message.
        assertEquals("allow w", decide("write unit 1 holding 0..3 = 1,1,1,1"));
        assertEquals("allow w", decide("write unit 1 holding 0 = 1"));
        assertEquals("rate at 0", decide("write unit 1 holding 0 = 1"));
        // A rule without a rate comes first, and another source has tokens of its own.
        assertEquals("allow x", decide("write unit 1 holding 9 = 1"));
        situation.source(0, 2);
        assertEquals("allow w", decide("write unit 1 holding 0 = 1"));
        situation.source(0, 1);
        situation.at(INSIDE_SHIFT + 500_000_000L, policy.windows());
        assertEquals("allow w", decide("write unit 1 holding 0 = 1"));
        assertEquals("rate at 0", decide("write unit 1 holding 0 = 1"));
    }

    @Test
    void aPreviewRefusesOnlyWhatCannotBecomeAllowed() {
        rules("""
                allow:
                  - {id: a, do: write, unit: 1, space: holding, address: 100..119, value: 0..10, rate: 1/s}
                deny:
                  - {id: d, do: write, address: 110, value: 3}
                """);
        Facts facts = new Facts();
        facts.reset(MemorySegment.NULL);
        assertEquals(true, preview(facts).allowed());
        int span = facts.add(1, Modbus.PROTOCOL.vocabulary().scope(1, 4), 100, 110);
        for (int i = 0; i < 3; i++) {
            assertEquals(true, preview(facts).allowed());
        }
        // No value has come, and the message is said to be whole: not covered.
        facts.values(span, Facts.UINT16, 0, 0);
        assertEquals(true, preview(facts).allowed());
        assertEquals("deny d at 110", decide(facts));
        facts.reset(MemorySegment.NULL);
        facts.add(1, Modbus.PROTOCOL.vocabulary().scope(1, 4), 100, 120);
        assertEquals("item at 120", said(facts, preview(facts)));
    }

    private Verdict preview(Facts facts) {
        Verdict verdict = new Verdict();
        table.preview(facts, situation, verdict);
        return verdict;
    }

    // What says nothing, or nonsense, is refused by the table too, whatever a dissector lets through.
    @Test
    void factsThatSayNothingOrNonsenseAreRefused() {
        rules("""
                allow:
                  - {id: r, do: read}
                """);
        Facts facts = new Facts();
        facts.reset(MemorySegment.NULL);
        Verdict verdict = new Verdict();
        table.decide(facts, situation, verdict);
        assertEquals(false, verdict.allowed());
        int scope = Modbus.PROTOCOL.vocabulary().scope(1, 4);
        int[][] nonsense = {{0, scope, 5, 4}, {0, scope, -2, 4}, {-1, scope, 0, 0}, {99, scope, 0, 0}, {0, -1, 0, 0},
                {0, 1 << 20, 0, 0}};
        for (int[] span : nonsense) {
            facts.reset(MemorySegment.NULL);
            facts.add(span[0], span[1], span[2], span[3]);
            table.decide(facts, situation, verdict);
            assertEquals(false, verdict.allowed());
        }
    }
}
