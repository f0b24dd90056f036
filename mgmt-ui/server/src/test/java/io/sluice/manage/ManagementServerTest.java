package io.sluice.manage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagementServerTest {
    @TempDir
    private Path folder;

    @Test
    void theSetupLinkMakesTheFirstAccountOnceAndTheStatusIsTheFirewalls() throws Exception {
        try (var firewall = new RunningFirewall(folder, Policies.LINE_3); var served = new Served(folder, "")) {
            String link = served.server.setupLink().orElseThrow();
            assertTrue(link.startsWith(served.server.site() + "/setup#"), link);
            try (Browser anna = served.setUp("anna")) {
                assertTrue(anna.get("/api/session").json().get("signedIn").asBoolean());
                var status = Waiting.until(() -> anna.get("/api/status").json(), s -> s.get("reachable").asBoolean());
                assertEquals("line-3", status.at("/active/name").asText());
                assertEquals("cell", status.at("/ports/0/name").asText());
                assertEquals(311, status.at("/ports/0/lost").asInt());
                assertTrue(served.server.setupLink().isEmpty());
                var again = anna.post("/api/setup", Map.of("token", link.substring(link.indexOf('#') + 1), "user",
                        "eve", "password", Served.PASSWORD));
                assertEquals(409, again.status(), again.text());
                Waiting.until(() -> firewall.journal, j -> j.containsAll(List.of("set-up anna", "login anna")));
            }
        }
    }

    @Test
    void withoutAFirewallItServesAndSaysSo() throws Exception {
        try (var served = new Served(folder, ""); Browser anna = served.setUp("anna")) {
            var status = Waiting.until(() -> anna.get("/api/status").json(),
                    s -> s.get("sentence").asText().contains("control.sock"));
            assertFalse(status.get("reachable").asBoolean());
            var policy = anna.get("/api/policy");
            assertEquals(503, policy.status());
            assertEquals("firewall-unreachable", policy.code());
        }
    }

    @Test
    void everyAnswerCarriesThePolicyAgainstOtherSitesAndTheKeyIsForTheOwnerAlone() throws Exception {
        try (var served = new Served(folder, ""); Browser stranger = new Browser(served.server)) {
            for (String path : List.of("/", "/api/session", "/api/status", "/api/nowhere", "/no.js")) {
                var page = stranger.get(path);
                assertTrue(page.header("Content-Security-Policy").startsWith("default-src 'none'"), path);
                assertEquals("nosniff", page.header("X-Content-Type-Options"), path);
            }
            assertEquals(401, stranger.get("/api/status").status());
            assertEquals(404, stranger.get("/api/nowhere").status());
            assertEquals(404, stranger.get("/no.js").status());
        }
        assertEquals("rw-------", PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("manage/tls/key.pem"))));
        assertEquals("rw-------", PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("manage/manage.db"))));
    }

    @Test
    void aRestartKeepsAccountsSessionsAndTheCertificate() throws Exception {
        String fingerprint;
        Map<String, String> cookies;
        try (var served = new Served(folder, ""); Browser anna = served.setUp("anna")) {
            fingerprint = served.server.certificate().fingerprint();
            cookies = Map.copyOf(anna.cookies);
        }
        try (var served = new Served(folder, ""); Browser anna = new Browser(served.server)) {
            assertEquals(fingerprint, served.server.certificate().fingerprint());
            anna.cookies.putAll(cookies);
            assertTrue(anna.get("/api/session").json().get("signedIn").asBoolean());
        }
    }

    @Test
    void whoAsksForHttp2GetsHttp1() throws Exception {
        try (var served = new Served(folder, ""); Browser now = new Browser(served.server)) {
            assertEquals(HttpClient.Version.HTTP_1_1, now.get("/api/session").response().version());
        }
    }

    /** What the Overview needs is named beside it, is there, and comes packed to whoever can unpack it. */
    @Test
    void aPageNamesItsFilesAndTheyComePacked() throws Exception {
        assumeTrue(ManagementServerTest.class.getResource("/web/index.html") != null,
                "this build has no pages: Node.js was missing");
        try (var served = new Served(folder, ""); Browser stranger = new Browser(served.server)) {
            List<String> links = List.of(stranger.get("/").header("Link").split(", "));
            assertTrue(links.stream().anyMatch(l -> l.contains("OverviewPage") && l.contains("rel=modulepreload")),
                    links.toString());
            assertTrue(links.stream().anyMatch(l -> l.contains(".css") && l.contains("rel=preload; as=style")),
                    links.toString());
            assertEquals("", stranger.get("/nowhere").header("Link"));
            int large = 0;
            for (String link : links) {
                String file = link.substring(1, link.indexOf('>'));
                var plain = stranger.get(file);
                assertEquals(200, plain.status(), file);
                assertEquals("", plain.header("Content-Encoding"));
                assertEquals("", stranger.send(stranger.request(file).header("Accept-Encoding", "br, gzip;q=0"))
                        .header("Content-Encoding"));
                var packed = stranger.client().send(
                        stranger.request(file).header("Accept-Encoding", "gzip, br").build(),
                        BodyHandlers.ofByteArray());
                if (plain.text().length() < 1024) { // fits into a packet anyway
                    assertEquals("", packed.headers().firstValue("Content-Encoding").orElse(""), file);
                    continue;
                }
                assertEquals("gzip", packed.headers().firstValue("Content-Encoding").orElse(""), file);
                assertTrue(packed.body().length < plain.text().length(), file);
                large++;
                try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
                    assertEquals(plain.text(), new String(unpacked.readAllBytes(), StandardCharsets.UTF_8), file);
                }
            }
            assertTrue(large > 3, links.toString());
        }
    }
}
