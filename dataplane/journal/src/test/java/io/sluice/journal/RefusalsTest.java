package io.sluice.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.journal.JournalSettings.Detail;
import io.sluice.testdata.ModbusTraffic;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a flood of refusals leaves in the journal. */
class RefusalsTest {
    private static final long MINUTE = 60_000_000_000L;
    private static final ModbusTraffic TRAFFIC = new ModbusTraffic(4_000, 10, 3);
    private static final String BECAUSE = "readings are for \"quality\" only, see SOP 12";
    /** Two masters, and every read of theirs is refused. */
    private static final String NO_READS = TRAFFIC.policy().replace("""
                allow:
                  - {id: r1, do: read}
            """, """
                deny:
                  - {id: d1, do: read, because: 'readings are for "quality" only, see SOP 12'}
                allow:
            """);

    @TempDir(factory = InMemory.class)
    Path folder;

    private final AtomicLong steady = new AtomicLong();
    private JournalLimits limits = JournalLimits.DEFAULT;
    private Detail detail = Detail.WRITES;
    private JournalState last = new JournalState(0, 0, 0, 0, null, 0, 0);
    private ModbusTraffic.Summary summary = new ModbusTraffic.Summary(0, 0, 0, 0, 0);

    private Journal open() throws Exception {
        return new Journal(
                new JournalSettings(folder, detail, JournalSettings.KEEP, JournalSettings.SHARE_PERCENT, "test"),
                limits, new Clocks(InstantSource.system(), steady::get));
    }

    private List<Map<?, ?>> alerts(ModbusTraffic traffic, String policy) throws Exception {
        try (Journal journal = open()) {
            summary = Traffic.run(traffic, policy, journal);
            last = journal.state();
        }
        return written("alert");
    }

    private List<Map<?, ?>> written(String type) throws Exception {
        List<Map<?, ?>> records = new ArrayList<>();
        for (String line : Lines.of(folder)) {
            Map<?, ?> record = Lines.parse(line);
            if (type.equals(record.get("event_type"))) {
                records.add(record);
            }
        }
        return records;
    }

    private static Map<?, ?> sluice(Map<?, ?> record) {
        return Lines.object(record, "sluice");
    }

    private static boolean repeated(Map<?, ?> record) {
        return sluice(record).containsKey("repeated");
    }

    private static long count(Map<?, ?> record) {
        return repeated(record) ? Lines.number(Lines.object(sluice(record), "repeated"), "count") : 1;
    }

    private static long sum(List<Map<?, ?>> alerts) {
        return alerts.stream().mapToLong(RefusalsTest::count).sum();
    }

    private static List<Map<?, ?>> byRule(List<Map<?, ?>> alerts, String rule) {
        return alerts.stream().filter(a -> rule.equals(sluice(a).get("rule"))).toList();
    }

    /** Refused reads, and what is said of more of them; function 23, which writes too, is told each time. */
    private static List<Map<?, ?>> reads(List<Map<?, ?>> alerts) {
        return byRule(alerts, "d1").stream().filter(
                a -> repeated(a)
                        || Lines.number(Lines.object(Lines.object(a, "modbus"), "request"), "function_raw") < 5)
                .toList();
    }

    @Test
    void theReasonThatADenyGivesIsInItsAlertAndInNoOther() throws Exception {
        List<Map<?, ?>> alerts = alerts(TRAFFIC, NO_READS);
        assertFalse(byRule(alerts, "d1").isEmpty());
        for (Map<?, ?> alert : alerts) {
            if ("d1".equals(sluice(alert).get("rule"))) {
                assertEquals(BECAUSE, sluice(alert).get("because"));
                assertEquals("ops-reads-cell", sluice(alert).get("conduit"));
            } else {
                assertNull(sluice(alert).get("because"));
            }
        }
        assertTrue(written("modbus").stream().noneMatch(r -> sluice(r).containsKey("because")));
    }

    @Test
    void ofRefusalsThatSayTheSameTwentyAreToldAndTheOthersCounted() throws Exception {
        List<Map<?, ?>> alerts = reads(alerts(TRAFFIC, NO_READS));
        Map<Object, List<Map<?, ?>>> bySource = new HashMap<>();
        alerts.forEach(a -> bySource.computeIfAbsent(a.get("src_ip"), _ -> new ArrayList<>()).add(a));
        assertEquals(2, bySource.size());
        for (List<Map<?, ?>> ofOne : bySource.values()) {
            assertEquals(20, ofOne.stream().filter(a -> !repeated(a)).count());
            assertEquals(1, ofOne.stream().filter(RefusalsTest::repeated).count());
            assertTrue(repeated(ofOne.getLast()));
            assertEquals(sluice(ofOne.getFirst()).get("from"), sluice(ofOne.getLast()).get("from"));
            assertEquals(1000001, Lines.object(ofOne.getLast(), "alert").get("signature_id"));
        }
        assertEquals(last.repeats(), sum(alerts) - 40);
        // None is missing: what flows say that was refused is what alerts say, with the refused writes.
        long refused = 0;
        for (Map<?, ?> flow : written("flow")) {
            refused += Lines.number(Lines.object(sluice(flow), "requests"), "denied");
        }
        assertEquals(refused, sum(written("alert")));
        assertTrue(refused > 500);
    }

    @Test
    void attemptsToChangeADeviceAreToldOneByOne() throws Exception {
        limits = JournalLimits.DEFAULT.withAlike(1, 500);
        List<Map<?, ?>> alerts = alerts(TRAFFIC, TRAFFIC.policy());
        assertEquals(summary.refusals(),
                alerts.stream().filter(a -> Lines.object(a, "modbus").containsKey("request")).count());
        assertTrue(summary.refusals() > 3);
        assertTrue(alerts.stream().noneMatch(a -> "default".equals(sluice(a).get("reason")) && repeated(a)));
    }

    @Test
    void whoWantsAllMessagesGetsAll() throws Exception {
        detail = Detail.ALL;
        List<Map<?, ?>> alerts = alerts(TRAFFIC, NO_READS);
        assertTrue(alerts.stream().noneMatch(RefusalsTest::repeated));
        assertEquals(0, last.repeats());
        assertTrue(alerts.size() > 500);
    }

    @Test
    void anotherIntervalBeginsAnew() throws Exception {
        try (Journal journal = open()) {
            for (int interval = 1; interval <= 3; interval++) {
                Traffic.run(TRAFFIC, NO_READS, journal);
                assertEquals(2L * (interval - 1), written("alert").stream().filter(RefusalsTest::repeated).count());
                steady.addAndGet(MINUTE);
                journal.endOfBatch();
                journal.checkpoint();
            }
        }
        List<Map<?, ?>> alerts = reads(written("alert"));
        assertEquals(3 * 40, alerts.stream().filter(a -> !repeated(a)).count());
        assertEquals(3 * 2, alerts.stream().filter(RefusalsTest::repeated).count());
        Map<?, ?> first = Lines.object(sluice(alerts.stream().filter(RefusalsTest::repeated).findFirst().orElseThrow()),
                "repeated");
        assertTrue(Lines.text(first, "first").compareTo(Lines.text(first, "last")) < 0, first::toString);
    }

    // A scan: many flows, none of which a conduit knows.
    @Test
    void aScanFillsNoJournal() throws Exception {
        limits = JournalLimits.DEFAULT.withAlike(1, 500);
        ModbusTraffic scan = new ModbusTraffic(6_000, 600, 5);
        List<Map<?, ?>> alerts = alerts(scan, withoutConduits(scan));
        Set<Object> sources = new HashSet<>();
        alerts.forEach(a -> sources.add(a.get("src_ip")));
        assertTrue(sources.size() > 100, sources::toString);
        assertTrue(summary.connections() > 2L * sources.size(), summary::toString);
        assertTrue(alerts.stream().filter(RefusalsTest::repeated).count() > 50, alerts::toString);
        assertEquals(summary.connections(), sum(alerts));
        assertEquals(sources.size(), alerts.stream().filter(a -> !repeated(a)).count());
    }

    // A refused flow that had its alert says at its end how often its client tried; the others are in the count.
    @Test
    void flowsThatWereRefusedEndInARecordIfTheyHadAnAlert() throws Exception {
        limits = JournalLimits.DEFAULT.withAlike(1, 500);
        ModbusTraffic scan = new ModbusTraffic(6_000, 600, 5);
        List<Map<?, ?>> alerts = alerts(scan, withoutConduits(scan));
        List<Object> alerted = alerts.stream().filter(a -> !repeated(a)).<Object>map(a -> a.get("flow_id")).toList();
        List<Map<?, ?>> flows = written("flow");
        assertEquals(Set.copyOf(alerted), Set.copyOf(flows.stream().<Object>map(f -> f.get("flow_id")).toList()));
        assertEquals(alerted.size(), flows.size());
        for (Map<?, ?> flow : flows) {
            assertEquals("drop", Lines.object(flow, "flow").get("action"));
            assertEquals(true, Lines.object(flow, "flow").get("alerted"));
            assertTrue(Lines.number(Lines.object(flow, "flow"), "pkts_toserver") > 0);
        }
    }

    // What is only monitored has passed, so all of it has its record, alert or not.
    @Test
    void flowsThatWouldBeRefusedHaveTheirRecordAsAllowedOnes() throws Exception {
        limits = JournalLimits.DEFAULT.withAlike(1, 500);
        ModbusTraffic scan = new ModbusTraffic(6_000, 600, 5);
        alerts(scan, withoutConduits(scan).replace("mode: enforce", "mode: monitor"));
        List<Map<?, ?>> flows = written("flow");
        assertEquals(summary.connections(), flows.size());
        assertTrue(flows.stream().noneMatch(f -> Lines.object(f, "flow").containsKey("action")));
    }

    // A mirror port shows what others let pass: nothing of it was stopped here, whatever the rules say.
    @Test
    void whatIsOnlyMirroredWasNotStopped() throws Exception {
        try (Journal journal = open()) {
            Traffic.run(TRAFFIC, TRAFFIC.policy(), journal, false);
            Traffic.run(TRAFFIC, withoutConduits(TRAFFIC), journal, false);
        }
        List<Map<?, ?>> alerts = written("alert");
        assertTrue(alerts.size() > 5);
        for (Map<?, ?> alert : alerts) {
            assertEquals("allowed", Lines.object(alert, "alert").get("action"));
            assertEquals("alert", Lines.object(alert, "verdict").get("action"));
            assertEquals(false, sluice(alert).get("enforced"));
        }
        assertEquals(List.of(), written("drop"));
    }

    private static String withoutConduits(ModbusTraffic traffic) {
        String policy = traffic.policy();
        return policy.substring(0, policy.indexOf("conduits:")) + "conduits: {}\n";
    }

    @Test
    void moreSourcesThanAreToldApartAreOneAndNoneIsLost() throws Exception {
        limits = JournalLimits.DEFAULT.withAlike(2, 10);
        ModbusTraffic scan = new ModbusTraffic(6_000, 600, 5);
        List<Map<?, ?>> alerts = alerts(scan, withoutConduits(scan));
        assertTrue(alerts.stream().filter(a -> !repeated(a)).count() <= 2 * (10 + 1), alerts::toString);
        assertEquals(summary.connections(), sum(alerts));
        List<Map<?, ?>> anybody = alerts.stream().filter(a -> a.get("src_ip") == null).toList();
        assertEquals(1, anybody.size());
        assertTrue(repeated(anybody.getFirst()));
        assertEquals("no-conduit", sluice(anybody.getFirst()).get("reason"));
    }
}
