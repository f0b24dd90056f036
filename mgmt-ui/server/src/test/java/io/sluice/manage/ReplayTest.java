package io.sluice.manage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // what a test only starts and ends
class ReplayTest {
    @TempDir
    private Path folder;

    @Test
    void anUploadedCaptureShowsWhichVerdictsChangeUnderAnEditedPolicy() throws Exception {
        String stricter = Policies.with("      - {id: s1, do: read, unit: 1}\n", "").replaceAll(
                "(?s)expect:.*", "");
        try (var firewall = new RunningFirewall(folder, Policies.LINE_3);
                var served = new Served(folder, "");
                Browser anna = served.setUp("anna")) {
            String id = upload(anna, Files.readAllBytes(Policies.CAPTURE)).json().get("id").asText();
            assertEquals("line 3.pcap", anna.get("/api/captures").json().at("/0/name").asText());
            String job = anna.post("/api/replays", Map.of("capture", id, "yaml", stricter)).json().get("id").asText();
            JsonNode done = Waiting.until(() -> anna.get("/api/replays/" + job).json(),
                    j -> !j.get("state").asText().equals("running"));
            assertEquals("done", done.get("state").asText(), done.toString());
            assertEquals(559, done.at("/result/frames").asInt());
            int changed = done.at("/result/changed").asInt();
            assertTrue(changed > 0, done.toString());
            JsonNode messages = anna.get("/api/replays/" + job + "/messages?only=changed&limit=1000").json();
            assertEquals(changed, messages.get("total").asInt());
            assertEquals("deny", messages.at("/messages/0/verdict").asText());
            assertEquals("allow", messages.at("/messages/0/before").asText());
            assertTrue(messages.at("/messages/0/does").asText().startsWith("read unit 1"), messages.toString());
            JsonNode hmi = anna.get("/api/replays/" + job + "/messages?conduit=hmi-setpoints&limit=1").json();
            assertTrue(hmi.get("total").asInt() > 0);
            var report = anna.get("/api/replays/" + job + "/report?language=de");
            assertTrue(report.text().startsWith("<!doctype html>"), report.text().substring(0, 100));
            var lines = anna.post("/api/captures/" + id + "/expectation", Map.of("yaml", Policies.LINE_3));
            assertTrue(lines.text().contains("then: allow"), lines.text());
            assertEquals(204, anna.send("DELETE", "/api/replays/" + job, null).status());
            assertEquals(404, anna.get("/api/replays/" + job).status());
            assertEquals(204, anna.send("DELETE", "/api/captures/" + id, null).status());
            assertEquals(0, files("manage/captures"));
            assertEquals(0, files("manage/replays"));
        }
    }

    @Test
    void whatIsNoCaptureFailsWithASentenceAndWhatIsTooLargeLeavesNothing() throws Exception {
        try (var firewall = new RunningFirewall(folder, Policies.LINE_3);
                var served = new Served(folder, "replay: {largest: 1MiB}\n");
                Browser anna = served.setUp("anna")) {
            String id = upload(anna, "no capture at all".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).json()
                    .get("id").asText();
            String job = anna.post("/api/replays", Map.of("capture", id)).json().get("id").asText();
            JsonNode over = Waiting.until(() -> anna.get("/api/replays/" + job).json(),
                    j -> !j.get("state").asText().equals("running"));
            assertEquals("failed", over.get("state").asText());
            assertTrue(over.get("sentence").asText().contains("line 3.pcap"), over.toString());
            Browser.Page large = upload(anna, new byte[(1 << 20) + 1]);
            assertEquals(413, large.status(), large.text());
            assertEquals(1, files("manage/captures"));
        }
    }

    private Browser.Page upload(Browser browser, byte[] bytes) throws Exception {
        return browser.send(browser.request("/api/captures?name=line%203.pcap").header("X-Sluice-Csrf", browser.csrf)
                .header("Content-Type", "application/octet-stream").POST(BodyPublishers.ofByteArray(bytes)));
    }

    private long files(String name) throws Exception {
        try (Stream<Path> files = Files.list(folder.resolve(name))) {
            return files.count();
        }
    }
}
