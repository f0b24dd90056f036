package io.sluice.manage.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.manage.event.Judgement.Verdict;
import io.sluice.manage.index.PlantJournal;
import io.sluice.testdata.ModbusTraffic;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventParserTest {
    @TempDir
    Path folder;

    private static Event parse(String line) {
        return new EventParser().parse(7, line);
    }

    @Test
    void aRefusedWriteTellsWhoWhatWhereAndWhy() {
        Event e = parse("""
                {"timestamp":"2026-01-05T06:00:00.564309+0000","flow_id":3193061294164708,"in_iface":"plant",\
                "event_type":"alert","vlan":[100,7],"src_ip":"10.3.2.1","src_port":49191,"dest_ip":"10.3.1.1",\
                "dest_port":502,"proto":"TCP","ip_v":4,"app_proto":"modbus","direction":"to_server",\
                "alert":{"action":"blocked","gid":1,"signature_id":1000001,"rev":1,\
                "signature":"modbus: a rule denies it","category":"Refused by policy","severity":1},\
                "verdict":{"action":"drop"},"modbus":{"request":{"transaction_id":63923,"protocol_id":0,"unit_id":1,\
                "function_raw":16,"function_code":"Write Multiple Registers","write":{"address":158,"quantity":2}}},\
                "sluice":{"verdict":"deny","reason":"denied","rule":"d1","conduit":"ops","because":"the safety range",\
                "from":"hmi-1","to":"plc-1","does":"write unit 1 holding 158..159 = 21914, 3","action":"reply",\
                "enforced":true,"policy":"9f2c","person":"alice","grant":"g-4"}}""");
        assertEquals(7, e.id());
        assertEquals(Instant.parse("2026-01-05T06:00:00.564309Z"), e.time());
        assertEquals(EventType.ALERT, e.type());
        assertEquals(3193061294164708L, e.flow());
        assertEquals(7, e.vlan());
        assertEquals(new Event.End("10.3.2.1", 49191, "hmi-1"), e.source());
        assertEquals("plc-1", e.destination().name());
        assertEquals(List.of(new Deed.Part("write", 1, "holding", 158, 159, "", List.of("21914", "3"))),
                e.deed().parts());
        assertEquals(16, e.deed().function());
        assertTrue(e.judgement().blocked());
        assertEquals("alice", e.person());
        assertEquals("g-4", e.session());
        assertEquals("refused: write unit 1 holding 158..159 = 21914, 3 (a rule denies it; the safety range)",
                e.sentence());
        assertEquals(1, e.messages());
    }

    // The places of a record are those of the flow's client and server; who sent an answer is the server.
    @Test
    void anAnswerComesFromTheServer() {
        Event e = parse(
                """
                        {"timestamp":"2026-01-05T06:00:00.000000+0000","event_type":"modbus","src_ip":"10.3.1.1","src_port":502,\
                        "dest_ip":"10.3.2.1","dest_port":49191,"proto":"TCP","app_proto":"modbus","direction":"to_client",\
                        "sluice":{"verdict":"allow","reason":"allowed","from":"hmi-1","to":"plc-1",\
                        "does":"Read Holding Registers, unit 1"}}""");
        assertEquals("plc-1", e.source().place());
        assertEquals("hmi-1", e.destination().place());
        assertEquals("", e.deed().operation());
        assertEquals(0, e.messages());
    }

    @Test
    void refusalsThatWereCountedStandForAllOfThem() {
        Event e = parse(
                """
                        {"timestamp":"2026-01-05T06:01:00.031007+0000","in_iface":"plant","event_type":"alert","src_ip":"10.3.2.9",\
                        "alert":{"action":"blocked","signature_id":1000003,"signature":"repeated: no conduit between these places",\
                        "severity":2},"sluice":{"verdict":"deny","reason":"no-conduit","from":"ops","enforced":true,\
                        "repeated":{"count":48123,"first":"2026-01-05T06:00:02.118220+0000",\
                        "last":"2026-01-05T06:00:59.998761+0000"}}}""");
        assertEquals(48123, e.messages());
        assertEquals(Instant.parse("2026-01-05T06:00:02.118220Z"), Event.instant(e.repeated().firstMicros()));
        assertTrue(e.sentence().endsWith("48123 times more"), e::sentence);
    }

    @Test
    void whatManagementDidIsSaid() {
        Event e = parse("""
                {"timestamp":"2026-11-27T20:37:38.035337+0000","event_type":"management","management":\
                {"type":"policy.apply","hash":"d7f5","policy":"line-3","person":"root","counts":{"rules":4}}}""");
        assertEquals("policy.apply", e.deed().operation());
        assertEquals("root", e.person());
        assertEquals("4", e.fields().get("counts.rules"));
        assertEquals("policy.apply: hash d7f5, policy line-3, person root, counts.rules 4", e.sentence());
    }

    @Test
    void nodesAreFoundInWhatOpcUaRequestsDo() {
        assertEquals(List.of(new Deed.Part("write", -1, "", -1, -1, "ns=2;s=Line 3.Speed", List.of("1500", "a, b")),
                new Deed.Part("read", -1, "", -1, -1, "i=2258", List.of())),
                DeedParser.parts("write \"ns=2;s=Line 3.Speed\" attribute value = 1500, \"a, b\" and read i=2258 and 3"
                        + " more"));
        assertEquals("ns=2;s=Reset", DeedParser.parts("call ns=2;s=Reset on ns=2;s=Line3").getFirst().node());
    }

    @Test
    void filesAndFunctionsAreRead() {
        assertEquals(List.of(new Deed.Part("read", 3, "file", 1, 10, "", List.of()),
                new Deed.Part("function", 3, "", -1, -1, "", List.of())),
                DeedParser.parts("read unit 3 file 4 record 1..10 and function 43/14 unit 3"));
    }

    @Test
    void whatIsNoRecordIsOfAnotherType() {
        for (String line : List.of("", "{", "[1]", "null", "\0", "{\"timestamp\":17}", "{\"sluice\":3,\"flow\":[{}]}",
                "{\"event_type\":\"later\",\"modbus\":{\"request\":[]}}",
                "{\"sluice\":{\"repeated\":1,\"rules\":{\"a\":2}}}")) {
            Event e = parse(line);
            assertEquals(EventType.OTHER, e.type(), line);
            assertEquals(line, e.raw());
            assertFalse(e.sentence().isEmpty());
        }
    }

    @Test
    void everyRecordOfARealJournalIsUnderstood() throws Exception {
        ModbusTraffic.Summary summary;
        try (PlantJournal journal = PlantJournal.open(folder, true)) {
            summary = journal.play(new ModbusTraffic(20_000, 50, 3));
            journal.journal().stats(Map.of("flows", Map.of("live", 3)));
        }
        Map<EventType, Long> types = new EnumMap<>(EventType.class);
        long requests = 0;
        long refused = 0;
        try (EventReader reader = EventReader.open(folder, 0)) {
            for (List<Event> some = reader.read(1000, true); !some.isEmpty(); some = reader.read(1000, true)) {
                for (Event e : some) {
                    types.merge(e.type(), 1L, Long::sum);
                    requests += e.messages();
                    refused += e.judgement().verdict() == Verdict.DENY ? e.messages() : 0;
                    assertTrue(e.micros() > 0);
                    assertTrue(!e.deed().operation().isEmpty() || e.answer() || e.type() == EventType.FLOW
                            || e.type() == EventType.STATS, e::raw);
                    assertEquals(e.deed().text().startsWith("write"), e.deed().operation().equals("write"), e::raw);
                }
            }
        }
        assertEquals(summary.requests(), requests);
        assertEquals(summary.refusals(), refused);
        assertEquals(0, types.getOrDefault(EventType.OTHER, 0L));
        assertEquals(1, types.get(EventType.STATS));
        assertTrue(types.containsKey(EventType.FLOW) && types.containsKey(EventType.ALERT));
    }

    @Test
    void timesAreThoseOfTheCalendar() {
        DateTimeFormatter form = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSZ").withZone(ZoneOffset.UTC);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            long micros = random.nextLong(0, 4_000_000_000L * 1_000_000);
            assertEquals(micros, Timestamp.micros(form.format(Event.instant(micros))));
        }
        for (String wrong : List.of("", "2026-01-05T06:00:00.564309Z", "2026-01-05 06:00:00.564309+0000",
                "2026-0x-05T06:00:00.564309+0000")) {
            assertEquals(-1, Timestamp.micros(wrong));
        }
    }
}
