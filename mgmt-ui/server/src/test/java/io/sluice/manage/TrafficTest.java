package io.sluice.manage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.journal.Journal;
import io.sluice.journal.JournalSettings;
import java.net.URLEncoder;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // what a test only starts and ends
class TrafficTest {
    /** Of the recording, each message one by one. */
    private static final int RECORDS = 380;

    @TempDir
    private Path folder;

    private static String filter(String text) {
        return "filter=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static JsonNode whole(Browser browser) throws Exception {
        return Waiting.until(() -> browser.get("/api/status").json(),
                s -> s.at("/index/state").asText().equals("current") && s.at("/index/events").asInt() == RECORDS);
    }

    @Test
    void aRefusedWriteIsFoundExplainedAndMadeARuleOf() throws Exception {
        RecordedJournal.write(folder.resolve("journal"), Policies.CAPTURE, Policies.LINE_3);
        try (var firewall = new RunningFirewall(folder, Policies.LINE_3);
                var served = new Served(folder, "");
                Browser anna = served.setUp("anna")) {
            whole(anna);
            JsonNode page = anna
                    .get("/api/events?limit=1000&"
                            + filter("verdict:deny do:write src:hmi-3 reason:default unit:1 function:6"))
                    .json();
            assertTrue(page.get("events").size() > 0, page.toString());
            assertTrue(page.get("complete").asBoolean());
            JsonNode event = page.get("events").valueStream()
                    .filter(e -> e.path("sentence").asText().contains("outside the permitted values")).findFirst()
                    .orElseThrow();
            long id = event.get("id").asLong();
            assertTrue(event.get("does").asText().startsWith("write unit 1 "), event.toString());

            JsonNode detail = anna.get("/api/events/" + id).json();
            assertEquals("alert", detail.at("/record/event_type").asText());
            assertTrue(detail.get("fields").size() > 3, detail.toString());
            // Transaction, protocol, length, unit 1, function 6, address, value.
            assertTrue(detail.get("hex").asText().matches("[0-9a-f]{4}000000060106[0-9a-f]{8}"), detail.toString());

            JsonNode why = anna.get("/api/events/" + id + "/why").json();
            assertTrue(why.get("policyIsCurrent").asBoolean());
            assertTrue(why.get("steps").toString().contains("no rule allows"), why.toString());
            assertTrue(why.get("closest").asText().startsWith("nearest is `s2`"), why.toString());

            JsonNode rule = anna.get("/api/events/" + id + "/rule").json();
            assertEquals("hmi-setpoints", rule.get("conduit").asText(), rule.toString());
            List<String> lines = rule.get("yaml").asText().lines().toList();
            assertTrue(lines.get(rule.get("line").asInt() - 1).strip().equals("- " + rule.get("rule").asText()),
                    rule.toString());
            assertTrue(lines.get(rule.get("line").asInt() - 2).contains("id: s4"), "behind the last allow");
            JsonNode diff = anna.post("/api/policy/diff", Map.of("yaml", rule.get("yaml").asText())).json();
            assertTrue(diff.get("changes").size() >= 1, diff.toString());
            assertEquals("allowed", diff.at("/changes/0/kind").asText());
            assertTrue(diff.at("/changes/0/danger").asBoolean());

            String proof = anna.get("/api/events/" + id + "/proof").text();
            assertTrue(proof.startsWith("c2sp.org/tlog-proof@v1"), proof);
        }
    }

    @Test
    void aDenyIsExplainedByItsReasonAndNeverUndoneByARule() throws Exception {
        RecordedJournal.write(folder.resolve("journal"), Policies.CAPTURE, Policies.LINE_3);
        try (var firewall = new RunningFirewall(folder, Policies.LINE_3);
                var served = new Served(folder, "");
                Browser anna = served.setUp("anna")) {
            whole(anna);
            long id = anna.get("/api/events?" + filter("rule:s9 verdict:deny do:write")).json().at("/events/0/id")
                    .asLong();
            JsonNode why = anna.get("/api/events/" + id + "/why").json();
            assertEquals("s9", why.get("rule").asText());
            assertEquals("safety trip limit, HAZOP 2024-11", why.get("because").asText());
            assertTrue(Policies.LINE_3.lines().toList().get(why.get("line").asInt() - 1).contains("id: s9"));
            var rule = anna.get("/api/events/" + id + "/rule");
            assertEquals("denied-by-rule", rule.code(), rule.text());
        }
    }

    @Test
    void eventsAreCountedByTimeAndByFieldAndFiltersAreChecked() throws Exception {
        RecordedJournal.write(folder.resolve("journal"), Policies.CAPTURE, Policies.LINE_3);
        try (var firewall = new RunningFirewall(folder, Policies.LINE_3);
                var served = new Served(folder, "");
                Browser anna = served.setUp("anna")) {
            whole(anna);
            JsonNode histogram = anna.get("/api/events/histogram?buckets=10").json();
            long denied = 0;
            for (JsonNode bucket : histogram.get("buckets")) {
                denied += bucket.get("denied").asLong();
            }
            JsonNode facets = anna.get("/api/events/facets?field=verdict").json();
            long expected = 0;
            for (JsonNode facet : facets) {
                expected += facet.get("value").asText().equals("deny") ? facet.get("count").asLong() : 0;
            }
            assertTrue(denied > 0);
            assertEquals(expected, denied);
            JsonNode check = anna.get("/api/filter?" + filter("prto:modbus")).json();
            assertFalse(check.has("canonical"));
            assertTrue(check.at("/problems/0/text").asText().contains("`proto:`"), check.toString());
            assertEquals("rule", anna.get("/api/filter/words?start=ru").json().at("/0/word").asText());
            assertEquals("s9", anna.get("/api/filter/words?key=rule&start=s9").json().at("/0/word").asText());
            assertEquals(400, anna.get("/api/events?" + filter("prto:modbus")).status());
            assertEquals(400, anna.get("/api/events/facets?field=colour").status());
            assertEquals("hmi-setpoints", anna.get("/api/map").json().at("/conduits/1/name").asText());
        }
    }

    @Test
    void theMapCountsWhatCrossedInItsTimeAndNamesWhoHadNoConduit() throws Exception {
        // Without its conduit the historian's requests have none; the journal is judged by that policy, too.
        String policy = Policies.LINE_3.replaceAll("(?s)  historian-reads-plc:.*?(?=  hmi-setpoints:)", "")
                .replaceAll("(?s)expect:.*", "");
        RecordedJournal.write(folder.resolve("journal"), Policies.CAPTURE, policy);
        try (var firewall = new RunningFirewall(folder, policy);
                var served = new Served(folder, "");
                Browser anna = served.setUp("anna")) {
            Waiting.until(() -> anna.get("/api/status").json(), s -> s.at("/index/state").asText().equals("current")
                    && s.at("/index/events").asInt() > 0);
            JsonNode map = anna.get("/api/map").json();
            JsonNode conduit = map.at("/conduits/0");
            assertEquals("hmi-setpoints", conduit.get("name").asText());
            assertTrue(conduit.get("allowed").asLong() > 0, map.toString());
            JsonNode byDefault = anna.get("/api/events?limit=1000&" + filter("reason:default")).json().get("events");
            assertTrue(byDefault.size() > 0);
            byDefault.forEach(e -> assertEquals("hmi-setpoints", e.path("conduit").asText(), e.toString()));
            JsonNode denied = anna.get("/api/events/facets?field=conduit&" + filter("verdict:deny conduit:*")).json();
            assertEquals(denied.at("/0/count").asLong(), conduit.get("denied").asLong(), denied.toString());
            JsonNode attempt = map.at("/unrelated/0");
            assertEquals("historian plc-3a 10.3.1.109 10.3.1.10", attempt.get("from").asText() + " "
                    + attempt.get("to").asText() + " " + attempt.get("fromAddress").asText() + " "
                    + attempt.get("toAddress").asText(), map.toString());
            String first = anna.get("/api/events?limit=1000").json().get("events").valueStream()
                    .map(e -> e.get("at").asText()).min(String::compareTo).orElseThrow();
            JsonNode before = anna.get("/api/map?until=" + first).json();
            assertEquals(0, before.at("/conduits/0/allowed").asLong() + before.at("/conduits/0/denied").asLong());
            assertEquals(0, before.get("unrelated").size());
            JsonNode after = anna.get("/api/map?since=" + first).json();
            assertEquals(map.get("conduits"), after.get("conduits"));
        }
    }

    @Test
    void assetsAndRelationsAreThoseOfTheRecording() throws Exception {
        RecordedJournal.write(folder.resolve("journal"), Policies.CAPTURE, Policies.LINE_3);
        Files.writeString(folder.resolve("oui.csv"), "00:80:f4,Pumps and more\nnobody\n");
        try (var firewall = new RunningFirewall(folder, Policies.LINE_3);
                var served = new Served(folder, "assets: {vendors: oui.csv}\n");
                Browser anna = served.setUp("anna")) {
            JsonNode relations = Waiting.until(() -> anna.get("/api/relations").json(), r -> r.size() > 1);
            assertTrue(relations.toString().contains("\"source\":\"hmi-3\",\"destination\":\"plc-3a\""),
                    relations.toString());
            assertTrue(served.said.toString().contains("1 line names no vendor"), served.said::toString);
            assertEquals("Pumps and more", anna.get("/api/assets/plc-3a").json().path("vendor").asText(),
                    anna.get("/api/assets/plc-3a").text());
            assertEquals(204, anna.send("PUT", "/api/assets/plc-3a", Map.of("group", "filling")).status());
            assertEquals("filling", anna.get("/api/assets/plc-3a").json().get("group").asText());
            assertTrue(anna.get("/api/assets/export").text().contains("plc-3a"));
            assertEquals(404, anna.get("/api/assets/nobody").status());
            JsonNode alerts = anna.get("/api/alerts?state=all").json();
            assertTrue(alerts.size() > 2, alerts.toString());
            List<String> severities = texts(alerts, "severity");
            List<String> gravestFirst = texts(anna.get("/api/alerts?state=all&order=severity").json(), "severity");
            assertEquals(severities.stream().sorted(Comparator.comparingInt(List.of("high", "medium", "low")::indexOf))
                    .toList(), gravestFirst);
            assertEquals(gravestFirst.subList(0, 2),
                    texts(anna.get("/api/alerts?state=all&order=severity&limit=2").json(), "severity"));
            assertEquals(400, anna.get("/api/alerts?limit=0").status());
        }
    }

    @Test
    void theJournalIsVerifiedAndAChangedByteIsFound() throws Exception {
        RecordedJournal.write(folder.resolve("journal"), Policies.CAPTURE, Policies.LINE_3);
        try (var served = new Served(folder, ""); Browser anna = served.setUp("anna")) {
            assertEquals("never", anna.get("/api/audit/verification").json().get("state").asText());
            assertEquals(202, anna.post("/api/audit/verification", null).status());
            JsonNode intact = Waiting.until(() -> anna.get("/api/audit/verification").json(),
                    v -> !v.get("state").asText().equals("running"));
            assertEquals("intact", intact.get("state").asText(), intact.toString());
            Path segment = folder.resolve("journal/journal-0000000000000000.jsonl");
            Files.writeString(segment, Files.readString(segment).replaceFirst("10\\.3\\.1\\.105", "10.3.1.106"));
            anna.post("/api/audit/verification", null);
            JsonNode broken = Waiting.until(() -> anna.get("/api/audit/verification").json(),
                    v -> !v.get("state").asText().equals("running"));
            assertEquals("broken", broken.get("state").asText(), broken.toString());
            assertEquals(1, broken.get("findings").size());
        }
    }

    @Test
    void aVerificationSaysHowFarItIsAndCanBeEnded() throws Exception {
        try (Journal journal = Journal.open(JournalSettings.in(folder.resolve("journal"), "test"))) {
            String text = "x".repeat(300);
            for (int i = 0; i < 200_000; i++) {
                journal.management("test", Map.of("number", Integer.toString(i), "text", text));
                if (i % 500 == 0) {
                    journal.endOfBatch();
                }
            }
        }
        try (var served = new Served(folder, ""); Browser anna = served.setUp("anna")) {
            JsonNode begun = anna.post("/api/audit/verification", null).json();
            assertTrue(begun.get("done").asDouble() < 1, begun.toString());
            JsonNode ended = Waiting.until(() -> {
                anna.post("/api/audit/verification", null);
                anna.send("DELETE", "/api/audit/verification", null);
                return Waiting.until(() -> anna.get("/api/audit/verification").json(),
                        v -> !v.get("state").asText().equals("running"));
            }, v -> v.get("state").asText().equals("cancelled"));
            assertFalse(ended.has("entries"), ended.toString());
            anna.post("/api/audit/verification", null);
            double[] before = {0};
            JsonNode intact = Waiting.until(() -> anna.get("/api/audit/verification").json(), v -> {
                assertTrue(v.path("done").asDouble(1) >= before[0], v.toString());
                before[0] = v.path("done").asDouble(1);
                return !v.get("state").asText().equals("running");
            });
            assertEquals("intact", intact.get("state").asText(), intact.toString());
        }
    }

    @Test
    void whatTheFirewallTellsIsPushedWithinASecondAndEndsWithTheSession() throws Exception {
        RecordedJournal.write(folder.resolve("other"), Policies.CAPTURE, Policies.LINE_3);
        List<byte[]> records;
        try (var lines = Files.lines(folder.resolve("other/journal-0000000000000000.jsonl"))) {
            records = lines.map(l -> l.getBytes(StandardCharsets.UTF_8)).toList();
        }
        try (var firewall = new RunningFirewall(folder, Policies.LINE_3);
                var served = new Served(folder, "");
                Browser anna = served.setUp("anna")) {
            Waiting.until(() -> firewall.listeners.size(), n -> n > 0);
            var response = anna.client().send(anna.request("/api/live?streams=events,status&" + filter("verdict:deny"))
                    .timeout(java.time.Duration.ofMinutes(2)).build(), BodyHandlers.ofLines());
            assertEquals("text/event-stream", response.headers().firstValue("Content-Type").orElse(""));
            Iterator<String> lines = response.body().iterator();
            assertTrue(next(lines, "event: status").contains("\"sentence\""));
            long sent = System.nanoTime();
            for (byte[] record : records) {
                firewall.listeners.forEach(l -> l.record(record, 0, record.length));
            }
            String events = next(lines, "event: events");
            assertTrue(System.nanoTime() - sent < 5_000_000_000L, "busy machines are slow, but not so slow");
            JsonNode event = new com.fasterxml.jackson.databind.ObjectMapper().readTree(events).get(0);
            assertEquals("deny", event.get("verdict").asText());
            assertTrue(event.get("id").asLong() < 0);
            anna.send("DELETE", "/api/session", null);
            assertEquals("{}", next(lines, "event: signed-out"));
            while (lines.hasNext()) {
                assertEquals("", lines.next());
            }
        }
    }

    // A page behind a slow line; what it cannot be told it is told to have missed, to the last event.
    @Test
    void aPageThatReadsSlowlyLosesTheOldestAndKnowsHowMany() throws Exception {
        RecordedJournal.write(folder.resolve("other"), Policies.CAPTURE, Policies.LINE_3);
        List<byte[]> records;
        try (var lines = Files.lines(folder.resolve("other/journal-0000000000000000.jsonl"))) {
            records = lines.map(l -> l.getBytes(StandardCharsets.UTF_8)).toList();
        }
        try (var firewall = new RunningFirewall(folder, Policies.LINE_3);
                var served = new Served(folder, "");
                Browser anna = served.setUp("anna")) {
            Waiting.until(() -> firewall.listeners.size(), n -> n > 0);
            try (SlowPage slow = new SlowPage(anna, served.server, "/api/live?streams=events");
                    SlowPage quick = new SlowPage(anna, served.server, "/api/live?streams=events")) {
                slow.begin();
                quick.begin();
                Thread reader = Thread.ofVirtual().start(() -> quick.readUntil(PUSHED));
                for (int i = 0; i < PUSHED; i++) {
                    byte[] record = records.get(i % records.size());
                    firewall.listeners.forEach(l -> l.record(record, 0, record.length));
                    if (i % 100 == 99) {
                        Thread.sleep(20); // five thousand a second at most: what a page can be told
                    }
                }
                reader.join(60_000);
                slow.readUntil(PUSHED);
                assertEquals(PUSHED, slow.events + slow.lost, "each was told, or counted");
                assertEquals(PUSHED, quick.events + quick.lost);
                assertTrue(slow.lost > 5_000, slow.lost + " lost");
                // On a busy machine some are lost to both, between firewall and server.
                assertTrue(quick.lost <= slow.lost, quick.lost + " lost by the quick one, " + slow.lost);
            }
        }
    }

    private static final int PUSHED = 40_000;

    /** The data of the next event of a kind. */
    private static String next(Iterator<String> lines, String event) {
        while (lines.hasNext()) {
            if (lines.next().equals(event)) {
                return lines.next().substring("data: ".length());
            }
        }
        throw new AssertionError("the stream ended before `" + event + "`");
    }

    private static List<String> texts(JsonNode array, String field) {
        return StreamSupport.stream(array.spliterator(), false).map(one -> one.path(field).asText()).toList();
    }
}
