package io.sluice.inline.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.engine.Engine;
import io.sluice.engine.EngineLimits;
import io.sluice.engine.LinkTypes;
import io.sluice.engine.Profile;
import io.sluice.journal.Journal;
import io.sluice.journal.JournalReader;
import io.sluice.journal.JournalSettings;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.PolicyChange;
import io.sluice.testdata.ModbusTraffic;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads that no event tells of are counted by rule on the packet thread. Where every message is told, the journal counts them
 * itself; both must come to the same, whatever happens to the policy meanwhile.
 */
class ReadCountsTest {
    private static final ModbusTraffic TRAFFIC = new ModbusTraffic(10_000, 60, 11);
    private static final String READS = "      - {id: r1, do: read}\n";
    private static final String TWO_RULES = TRAFFIC.policy().replace(READS,
            "      - {id: r1, do: read, space: holding}\n      - {id: r3, do: read}\n");
    /** Other numbers for all rules, and one of them is gone. */
    private static final String OTHER_NUMBERS = TRAFFIC.policy().replace(READS,
            "      - {id: a0, do: read, space: coil}\n      - {id: r3, do: read}\n");
    private static final Pattern FLOW = Pattern
            .compile("\"flow_id\":(\\d+),.*\"event_type\":\"flow\".*\"rules\":\\{(.*?)\\}\\}");
    private static final Pattern RULE = Pattern
            .compile("\"([^\"]+)\":\\{(?:\"conduit\":\"[^\"]*\",)?\"reads\":(\\d+),\"writes\":(\\d+)");

    @TempDir
    Path folder;

    /** Reads and writes by flow and rule, of each flow's last record. */
    private Map<Long, Map<String, String>> counts(boolean all, String policyText, String swapped) throws Exception {
        Path data = Files.createTempDirectory(folder, "journal");
        CompiledPolicy policy = Policies.compile(policyText);
        CompiledPolicy next = Policies.compile(swapped);
        JournalSettings settings = new JournalSettings(data,
                all ? JournalSettings.Detail.ALL : JournalSettings.Detail.WRITES, JournalSettings.KEEP,
                JournalSettings.SHARE_PERCENT, "test");
        try (Arena arena = Arena.ofConfined();
                Journal journal = Journal.open(settings);
                EventRing reserved = new EventRing(1 << 10);
                EventRing ordinary = new EventRing(1 << 10)) {
            EventSink sink = new EventSink(reserved, ordinary, all, policy);
            JournalFeed feed = new JournalFeed(journal, List.of(new JournalFeed.Port("plant", true)));
            MemorySegment frame = arena.allocate(2048);
            long[] frames = {0};
            try (Engine engine = new Engine(policy, Profile.OBSERVE, EngineLimits.DEFAULT, sink)) {
                TRAFFIC.generate((nanos, bytes, length) -> {
                    if (++frames[0] == 5_000 && !next.equals(policy)) {
                        PolicyChange change = PolicyChange.between(policy, next);
                        engine.policy(change, List.of());
                        sink.policy(change, new VerdictTallies(next));
                    }
                    MemorySegment.copy(bytes, 0, frame, ValueLayout.JAVA_BYTE, 0, length);
                    sink.frame(frame, 0, length, 0, nanos);
                    engine.accept(frame, 0, length, length, LinkTypes.ETHERNET, frames[0], nanos);
                    drain(feed, reserved, ordinary);
                    if ((frames[0] & 255) == 0) {
                        feed.endOfBatch();
                    }
                });
                engine.finish();
                drain(feed, reserved, ordinary);
            }
            assertEquals(0, reserved.lost() + ordinary.lost());
        }
        journalOfLast = data;
        return read(data);
    }

    private Path journalOfLast = Path.of("");

    private static void drain(JournalFeed feed, EventRing... rings) {
        for (EventRing ring : rings) {
            try {
                ring.poll((event, sequence, last) -> {
                    feed.event(event);
                    return true;
                });
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static Map<Long, Map<String, String>> read(Path data) throws Exception {
        Map<Long, Map<String, String>> flows = new TreeMap<>();
        try (JournalReader reader = JournalReader.open(data, 0)) {
            while (reader.next()) {
                Matcher flow = FLOW.matcher(
                        new String(reader.bytes(), reader.from(), reader.length(), StandardCharsets.UTF_8));
                if (flow.find()) {
                    Map<String, String> rules = new TreeMap<>();
                    Matcher rule = RULE.matcher(flow.group(2));
                    while (rule.find()) {
                        rules.put(rule.group(1), rule.group(2) + " reads, " + rule.group(3) + " writes");
                    }
                    flows.put(Long.parseLong(flow.group(1)), rules);
                }
            }
        }
        return flows;
    }

    private static long reads(Map<Long, Map<String, String>> flows, String ruleWanted) {
        return flows.values().stream().flatMap(f -> f.entrySet().stream()).filter(e -> e.getKey().matches(ruleWanted))
                .mapToLong(e -> Long.parseLong(e.getValue().substring(0, e.getValue().indexOf(' ')))).sum();
    }

    @Test
    void readsAreCountedByFlowAndRuleAsIfEachHadBeenTold() throws Exception {
        Map<Long, Map<String, String>> told = counts(true, TWO_RULES, TWO_RULES);
        assertEquals(told, counts(false, TWO_RULES, TWO_RULES));
        assertTrue(told.size() >= 60, told::toString);
        assertNotEquals(0, reads(told, "r1"));
        assertNotEquals(0, reads(told, "r3"));
    }

    private static final Pattern EARLY = Pattern
            .compile("\"flow_id\":(\\d+),.*\"event_type\":\"flow\".*\"start\":\"([^\"]+)\",\"end\":\"([^\"]+)\".*"
                    + "\"state\":\"established\".*\"read_places\":(\\d+),\"rules\":");

    // Who waits for the end of a connection, or for its minute, sees a scan when it is over.
    @Test
    void aConnectionIsToldOfWithItsFirstReadAndWhenItReadsAtTwiceAsManyPlaces() throws Exception {
        Map<Long, Map<String, String>> flows = counts(false, TWO_RULES, TWO_RULES);
        Map<Long, List<Integer>> early = new TreeMap<>();
        try (JournalReader reader = JournalReader.open(journalOfLast, 0)) {
            while (reader.next()) {
                Matcher flow = EARLY.matcher(
                        new String(reader.bytes(), reader.from(), reader.length(), StandardCharsets.UTF_8));
                if (flow.find()) {
                    early.computeIfAbsent(Long.parseLong(flow.group(1)), _ -> new ArrayList<>())
                            .add(Integer.parseInt(flow.group(4)));
                }
            }
        }
        assertTrue(early.size() > flows.size() / 2, early::toString);
        early.forEach((flow, places) -> {
            assertTrue(places.size() <= 5, "the first, and at 8, 16, 32 and 64 places: " + places);
            for (int i = 1; i < places.size(); i++) {
                assertTrue(places.get(i) >= 8 && Integer.highestOneBit(places.get(i)) > Integer.highestOneBit(
                        places.get(i - 1)), places::toString);
            }
        });
        assertTrue(early.values().stream().anyMatch(places -> places.size() > 1), early::toString);
    }

    @Test
    void shortConnectionsAreToldOfEarlyOnlySoOften() throws Exception {
        try (EventRing reserved = new EventRing(1 << 10); EventRing ordinary = new EventRing(1 << 12)) {
            CompiledPolicy policy = Policies.compile(TWO_RULES);
            EventSink sink = new EventSink(reserved, ordinary, false, policy);
            long[] frames = {0};
            long[] last = {0};
            try (Arena arena = Arena.ofConfined();
                    Engine engine = new Engine(policy, Profile.OBSERVE, EngineLimits.DEFAULT, sink)) {
                MemorySegment frame = arena.allocate(2048);
                // All conversations begin within a second.
                TRAFFIC.generate((nanos, bytes, length) -> {
                    last[0] = last[0] == 0 ? nanos : last[0] + 50_000;
                    MemorySegment.copy(bytes, 0, frame, ValueLayout.JAVA_BYTE, 0, length);
                    sink.frame(frame, 0, length, 0, last[0]);
                    engine.accept(frame, 0, length, length, LinkTypes.ETHERNET, ++frames[0], last[0]);
                });
                assertTrue(frames[0] * 50_000 < 1_000_000_000L, "within a second");
                int[] told = {0};
                ordinary.poll((event, sequence, end) -> {
                    told[0] += event.kind() == Event.Kind.LIVES ? 1 : 0;
                    return true;
                });
                assertEquals(EventSink.EARLY_A_SECOND, told[0]);
            }
        }
    }

    @Test
    void anotherPolicyChangesNumbersAndNotWhatWasCounted() throws Exception {
        Map<Long, Map<String, String>> told = counts(true, TWO_RULES, OTHER_NUMBERS);
        Map<Long, Map<String, String>> tallied = counts(false, TWO_RULES, OTHER_NUMBERS);
        assertEquals(reads(told, ".*"), reads(tallied, ".*"));
        assertEquals(reads(told, "r3"), reads(tallied, "r3"));
        assertEquals(reads(told, "a0"), reads(tallied, "a0"));
        // A rule that is gone when the flow's record is written has no name any more.
        assertTrue(reads(tallied, "others") > 0, tallied::toString);
        assertEquals(reads(told, "r1"), reads(tallied, "r1|others"));
    }

    @Test
    void ofManyRulesAFewAreToldApart() throws Exception {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            many.append("      - {id: q%02d, do: read, space: holding, address: %d..%d}\n".formatted(i, i * 20,
                    i * 20 + 19));
        }
        String policy = TRAFFIC.policy().replace(READS, many + "      - {id: r3, do: read}\n");
        Map<Long, Map<String, String>> told = counts(true, policy, policy);
        Map<Long, Map<String, String>> tallied = counts(false, policy, policy);
        assertEquals(reads(told, ".*"), reads(tallied, ".*"));
        assertTrue(reads(tallied, "others") > 0, tallied::toString);
        tallied.forEach((flow, rules) -> assertTrue(
                rules.values().stream().filter(n -> !n.startsWith("0 ")).count() <= ReadTallies.RULES + 1L,
                rules::toString));
    }
}
