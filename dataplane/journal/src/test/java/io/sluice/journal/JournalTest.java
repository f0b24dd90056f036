package io.sluice.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.journal.JournalSettings.Detail;
import io.sluice.testdata.ModbusTraffic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final ModbusTraffic TRAFFIC = new ModbusTraffic(4_000, 10, 3);

    @TempDir(factory = InMemory.class)
    Path folder;

    private List<Map<?, ?>> records(Detail detail) throws Exception {
        try (Journal journal = Journal.open(
                new JournalSettings(folder, detail, JournalSettings.KEEP, JournalSettings.SHARE_PERCENT, "test"))) {
            summary = Traffic.run(TRAFFIC, journal);
        }
        List<Map<?, ?>> records = new ArrayList<>();
        Lines.of(folder).forEach(line -> records.add(Lines.parse(line)));
        return records;
    }

    private ModbusTraffic.Summary summary = new ModbusTraffic.Summary(0, 0, 0, 0, 0);

    private static Predicate<Map<?, ?>> type(String type) {
        return record -> type.equals(record.get("event_type"));
    }

    @Test
    void refusalsAndWritesAreThereOneByOneAndReadsAreCounted() throws Exception {
        List<Map<?, ?>> records = records(Detail.WRITES);
        List<Map<?, ?>> refused = records.stream().filter(type("alert"))
                .filter(r -> Lines.object(r, "modbus").containsKey("request")).toList();
        assertEquals(summary.refusals(), refused.size());
        for (Map<?, ?> record : refused) {
            assertEquals("blocked", Lines.object(record, "alert").get("action"));
            assertEquals("deny", Lines.object(record, "sluice").get("verdict"));
            assertTrue(String.valueOf(Lines.object(record, "sluice").get("does")).startsWith("write unit 1 holding "));
            assertEquals("outside the permitted values", Lines.object(record, "sluice").get("detail"));
        }
        Predicate<Map<?, ?>> permitted = type("modbus")
                .and(r -> Lines.object(r, "modbus").containsKey("request"));
        long writes = records.stream().filter(permitted).count();
        assertTrue(writes > 0);
        // Nobody can tell what a function named by number does: it counts as one that changes the device.
        records.stream().filter(permitted).forEach(r -> assertTrue(
                String.valueOf(Lines.object(r, "sluice").get("does")).matches("(write|function) .*"), r::toString));

        long allowed = 0;
        long denied = 0;
        long writesByRule = 0;
        for (Map<?, ?> record : records.stream().filter(type("flow")).toList()) {
            Map<?, ?> requests = Lines.object(Lines.object(record, "sluice"), "requests");
            allowed += Lines.number(requests, "allowed");
            denied += Lines.number(requests, "denied");
            for (Object rule : Lines.object(Lines.object(record, "sluice"), "rules").values()) {
                writesByRule += Lines.number((Map<?, ?>) rule, "writes");
            }
        }
        assertEquals(summary.requests(), allowed + denied);
        assertEquals(summary.refusals(), denied);
        assertEquals(writes, writesByRule);
    }

    // MODBUS Messaging on TCP/IP V1.0b §3.1.3: transaction, protocol 0, length, unit, function, address, value.
    @Test
    void refusalsAndWritesHaveTheirBytesAndNothingElseHas() throws Exception {
        int told = 0;
        for (Map<?, ?> record : records(Detail.ALL)) {
            Object own = record.get("sluice");
            boolean refused = own instanceof Map<?, ?> s && "deny".equals(s.get("verdict"));
            String does = own instanceof Map<?, ?> s ? Lines.text(s, "does") : "";
            boolean request = record.get("modbus") instanceof Map<?, ?> m && m.containsKey("request");
            boolean writes = request && does.matches("(write|function) .*");
            boolean has = own instanceof Map<?, ?> s && s.containsKey("bytes");
            assertEquals((refused && request) || writes, has, record::toString);
            if (has && does.matches("write unit 1 holding \\d+ = \\d+")
                    && Lines.number(Lines.object(Lines.object(record, "modbus"), "request"), "function_raw") == 6) {
                Map<?, ?> asked = Lines.object(Lines.object(record, "modbus"), "request");
                Map<?, ?> write = Lines.object(asked, "write");
                assertEquals("%04x0000000601%02x%04x%04x".formatted(Lines.number(asked, "transaction_id"),
                        Lines.number(asked, "function_raw"), Lines.number(write, "address"),
                        Lines.number(write, "data")), Lines.object(record, "sluice").get("bytes"));
                told++;
            }
        }
        assertTrue(told > 10);
    }

    @Test
    void asManyBytesAreKeptAsTheSettingsSay() throws Exception {
        for (int most : new int[]{0, 5}) {
            Path here = folder.resolve("of-" + most);
            try (Journal journal = Journal.open(new JournalSettings(here, Detail.WRITES, JournalSettings.KEEP,
                    JournalSettings.SHARE_PERCENT, most, "test"))) {
                Traffic.run(TRAFFIC, journal);
            }
            List<String> lines = Lines.of(here).stream().filter(l -> l.contains("\"event_type\":\"alert\"")).toList();
            assertFalse(lines.isEmpty());
            lines.forEach(
                    l -> assertEquals(most > 0, l.matches(".*\"bytes\":\"[0-9a-f]{10}\",\"bytes_cut\":true.*"), l));
            lines.forEach(l -> assertEquals(most > 0, l.contains("\"bytes\"")));
        }
    }

    // Who looks for a rule to write asks for the conduit that it belongs into.
    @Test
    void whatNoRuleAllowedNamesTheConduitThatSpeaksTheProtocolBetweenTheTwo() throws Exception {
        String policy = TRAFFIC.policy();
        String withOpcUa = policy.replace("conduits:\n", """
                conduits:
                  hmi-1-browses-plc-1: {from: hmi-1, to: plc-1, protocol: opcua, allow: [{id: o1, do: browse}]}
                """);
        try (Journal journal = Journal.open(JournalSettings.in(folder, "test"))) {
            Traffic.run(TRAFFIC, withOpcUa, journal);
        }
        List<Map<?, ?>> byDefault = Lines.of(folder).stream().<Map<?, ?>>map(Lines::parse).filter(type("alert"))
                .<Map<?, ?>>map(r -> Lines.object(r, "sluice")).filter(s -> "default".equals(s.get("reason"))).toList();
        assertFalse(byDefault.isEmpty());
        assertTrue(byDefault.stream().anyMatch(s -> "hmi-1 plc-1".equals(s.get("from") + " " + s.get("to"))));
        byDefault.forEach(s -> assertEquals("ops-writes-" + s.get("to"), s.get("conduit"), s::toString));
    }

    // MODBUS Application Protocol V1.1b3 §6.21: many answers, few devices that say the same each time.
    @Test
    void whatDevicesSayThatTheyAreIsThereOnce() throws Exception {
        List<String> said = new ArrayList<>();
        for (Map<?, ?> record : records(Detail.WRITES)) {
            if (record.get("modbus") instanceof Map<?, ?> modbus && modbus.containsKey("response")) {
                said.add(record.get("src_ip") + " " + Lines.object(modbus, "response").get("unit_id") + " "
                        + Lines.object(Lines.object(modbus, "response"), "identification"));
            }
        }
        assertFalse(said.isEmpty());
        assertEquals(said.stream().distinct().toList(), said);
    }

    @Test
    void allDetailMeansEveryMessage() throws Exception {
        List<Map<?, ?>> records = records(Detail.ALL);
        long requests = records.stream().filter(type("modbus").or(type("alert")))
                .filter(r -> Lines.object(r, "modbus").containsKey("request")).count();
        assertEquals(summary.requests(), requests);
        assertTrue(records.stream().filter(type("modbus"))
                .anyMatch(r -> Lines.object(r, "modbus").containsKey("response")));
    }

    // Who reads Suricata's events reads these; the names are Suricata's.
    @Test
    void aWriteHasTheFieldsOfSuricata() throws Exception {
        List<Map<?, ?>> records = records(Detail.WRITES);
        Map<?, ?> write = records.stream().filter(type("modbus"))
                .filter(r -> Lines.object(Lines.object(r, "modbus"), "request").containsKey("write")).findFirst()
                .orElseThrow();
        assertTrue(String.valueOf(write.get("timestamp")).matches("2026-01-05T06:\\d\\d:\\d\\d\\.\\d{6}\\+0000"));
        assertTrue(Lines.number(write, "flow_id") > 0);
        assertEquals("plant", write.get("in_iface"));
        assertTrue(String.valueOf(write.get("src_ip")).startsWith("10.3.2."));
        assertTrue(String.valueOf(write.get("dest_ip")).startsWith("10.3.1."));
        assertEquals(502, write.get("dest_port"));
        assertEquals("TCP", write.get("proto"));
        assertEquals(4, write.get("ip_v"));
        assertEquals("modbus", write.get("app_proto"));
        Map<?, ?> request = Lines.object(Lines.object(write, "modbus"), "request");
        assertEquals(1, request.get("unit_id"));
        assertTrue(request.containsKey("transaction_id") && request.containsKey("function_raw"));
        assertTrue(Lines.object(request, "write").containsKey("address"));
        assertEquals("00c0ffee", Lines.object(write, "sluice").get("policy"));
        assertNull(write.get("alert"));
    }

    @Test
    void theEventsOfAFlowAreConnectedByItsNumber() throws Exception {
        List<Map<?, ?>> records = records(Detail.WRITES);
        List<Object> flows = records.stream().filter(type("flow")).<Object>map(r -> r.get("flow_id")).toList();
        assertEquals(flows.size(), flows.stream().distinct().count());
        records.stream().filter(type("modbus").or(type("alert")))
                .forEach(r -> assertTrue(flows.contains(r.get("flow_id")), r::toString));
        Map<?, ?> flow = Lines.object(records.stream().filter(type("flow")).findFirst().orElseThrow(), "flow");
        assertTrue(Lines.number(flow, "pkts_toserver") > 0);
        assertTrue(Lines.number(flow, "bytes_toclient") > 0);
    }

    @Test
    void listenersHearWhatIsWritten() throws Exception {
        List<String> heard = new ArrayList<>();
        try (Journal journal = Journal.open(JournalSettings.in(folder, "test"))) {
            try (AutoCloseable listening = journal.listen((bytes, from, length) -> heard
                    .add(new String(bytes, from, length, StandardCharsets.UTF_8)))) {
                assertFalse(listening.toString().isEmpty());
                journal.management("session.approved", Map.of("person", "Zoë \"Z\"\nsecond line"));
                journal.stats(Map.of("packets", Map.of("received", 7), "load", 0.5, "ok", true));
            }
            journal.management("session.ended", Map.of());
        }
        List<String> lines = Lines.of(folder);
        assertEquals(heard, lines.subList(1, 3));
        assertEquals("Zoë \"Z\"\nsecond line", Lines.object(Lines.parse(lines.get(1)), "management").get("person"));
        assertEquals(7, Lines.object(Lines.object(Lines.parse(lines.get(2)), "stats"), "packets").get("received"));
    }

    // Otherwise whoever may append could say that retention deleted what he deleted.
    @Test
    void nobodyElseSpeaksAsTheJournal() throws Exception {
        try (Journal journal = Journal.open(JournalSettings.in(folder, "test"))) {
            journal.management("journal.retention", Map.of("records_before", "7"));
        }
        assertEquals("other.journal.retention",
                Lines.object(Lines.parse(Lines.of(folder).get(1)), "management").get("type"));
    }

    @Test
    void moreFlowsThanRoomAreToldEarlierAndNoneIsLost() throws Exception {
        try (Journal journal = new Journal(JournalSettings.in(folder, "test"), JournalLimits.DEFAULT.withFlows(3),
                Clocks.SYSTEM)) {
            summary = Traffic.run(TRAFFIC, journal);
        }
        // Each record of a flow says what it has carried so far.
        Map<Long, Long> requests = new HashMap<>();
        for (String line : Lines.of(folder)) {
            Map<?, ?> record = Lines.parse(line);
            if (Lines.text(record, "event_type").equals("flow")) {
                Map<?, ?> counts = Lines.object(Lines.object(record, "sluice"), "requests");
                requests.put(Lines.number(record, "flow_id"),
                        Lines.number(counts, "allowed") + Lines.number(counts, "denied"));
            }
        }
        assertEquals(summary.requests(), requests.values().stream().mapToLong(Long::longValue).sum());
    }

    // Two writers would sign two histories.
    @Test
    void aFolderHasOneWriterAtATime() throws Exception {
        try (Journal journal = Folders.open(folder)) {
            IOException second = assertThrows(IOException.class, () -> Folders.open(folder));
            assertTrue(String.valueOf(second.getMessage()).endsWith("is written by another process"));
            journal.endOfBatch();
        }
        Folders.open(folder).close();
    }
}
