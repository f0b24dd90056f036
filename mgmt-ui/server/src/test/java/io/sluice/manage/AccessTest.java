package io.sluice.manage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.sluice.manage.http.Contract;
import io.sluice.manage.http.Contract.Operation;
import io.sluice.manage.identity.Role;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every route of the API document: without a login, with every role, from another site. */
@SuppressWarnings("try") // what a test only starts and ends
class AccessTest {
    /** Ends the session that it is called with, so it is called last. */
    private static final Set<String> LAST = Set.of("signOut");

    @TempDir
    private Path folder;

    @Test
    void everyRouteIsForItsRolesAndNobodyElse() throws Exception {
        Contract contract = Contract.load();
        List<String> wrong = new ArrayList<>();
        Files.writeString(folder.resolve("token"), "0123456789abcdef0123\n");
        try (var firewall = new RunningFirewall(folder, Policies.LINE_3);
                var served = new Served(folder, "metrics: {token_file: token}\n");
                Browser anna = served.setUp("anna");
                Browser nobody = new Browser(served.server)) {
            Map<Role, Browser> people = people(served, anna);
            for (Operation operation : contract.operations()) {
                if (LAST.contains(operation.id())) {
                    continue;
                }
                boolean open = operation.roles().contains("anyone");
                Browser.Page page = call(nobody, operation, "");
                if (open == isRefused(page)) {
                    wrong.add("nobody: " + operation.id() + " " + page.status() + " " + page.text());
                }
                for (Map.Entry<Role, Browser> person : people.entrySet()) {
                    if (operation.roles().contains("metrics") || open) {
                        continue;
                    }
                    boolean may = operation.roles().contains("signed-in")
                            || operation.roles().contains(person.getKey().word());
                    page = call(person.getValue(), operation, person.getValue().csrf);
                    if (may == isRefused(page)) {
                        wrong.add(person.getKey() + ": " + operation.id() + " " + page.status() + " " + page.text());
                    }
                }
            }
            for (Browser browser : people.values()) {
                assertEquals(204, browser.send("DELETE", "/api/session", null).status());
                browser.close();
            }
        }
        if (!wrong.isEmpty()) {
            fail(String.join("\n", wrong));
        }
    }

    /** Refused for who asks; not for what is asked, which here mostly makes no sense. */
    private static boolean isRefused(Browser.Page page) throws Exception {
        return page.status() == 401 || (page.status() == 403 && !page.code().equals("wrong-password")
                && !page.code().equals("wrong-link"));
    }

    private static Map<Role, Browser> people(Served served, Browser administrator) throws Exception {
        Map<Role, Browser> people = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            String link = administrator.post("/api/users", Map.of("user", "the." + role.word(), "roles",
                    List.of(role.word()))).json().get("link").asText();
            Browser browser = new Browser(served.server);
            assertEquals(204, browser.post("/api/password", Map.of("token", link.substring(link.indexOf('#') + 1),
                    "password", Served.PASSWORD)).status());
            assertEquals(200, browser.post("/api/session", Map.of("user", "the." + role.word(), "password",
                    Served.PASSWORD)).status());
            people.put(role, browser);
        }
        return people;
    }

    private static Browser.Page call(Browser browser, Operation operation, String csrf) throws Exception {
        if (operation.id().equals("followLive")) {
            return call(browser, operation.method(), "/api/live?streams=nothing", csrf);
        }
        String path = operation.path().replaceAll("\\{(user)}", "nobody.here").replaceAll("\\{id}", "4711");
        return call(browser, operation.method(), path, csrf);
    }

    /** Again, where the test asks more often than a person would. */
    private static Browser.Page call(Browser browser, String method, String path, String csrf) throws Exception {
        Browser.Page page;
        do {
            page = browser.send(browser.request(path).header("Content-Type", "application/json")
                    .header("X-Sluice-Csrf", csrf).method(method, method.equals("GET")
                            ? BodyPublishers.noBody()
                            : BodyPublishers.ofString("{}")));
        } while (page.status() == 429 && page.code().equals("too-many-requests") && pause());
        return page;
    }

    private static boolean pause() throws InterruptedException {
        Thread.sleep(1_000);
        return true;
    }

    @Test
    void everyChangeFromAnotherSiteOrWithoutTheSessionsValueIsRefused() throws Exception {
        Contract contract = Contract.load();
        try (var served = new Served(folder, ""); Browser anna = served.setUp("anna")) {
            anna.send("PUT", "/api/users/anna", Map.of("roles", Role.words(Set.of(Role.values()))));
            for (Operation operation : contract.operations()) {
                String path = operation.path().replaceAll("\\{(user)}", "anna").replaceAll("\\{id}", "4711");
                if (operation.roles().contains("metrics") || operation.id().equals("signedInByProvider")) {
                    continue;
                }
                for (var lie : List.of(Map.of("Origin", "https://evil.example"), Map.of("Origin", "null"),
                        Map.of("Sec-Fetch-Site", "cross-site"), Map.of("Sec-Fetch-Site", "same-site"))) {
                    var request = anna.request(path).header("X-Sluice-Csrf", anna.csrf)
                            .header("Content-Type", "application/json")
                            .method(operation.method(), BodyPublishers.ofString("{}"));
                    lie.forEach(request::header);
                    var page = anna.send(request);
                    assertEquals("other-site", page.code(), operation.id() + " " + lie);
                }
                if (operation.changes() && !operation.roles().contains("anyone")) {
                    assertEquals("csrf", call(anna, operation, "").code(), operation.id());
                    assertEquals("csrf", call(anna, operation, "0".repeat(32)).code(), operation.id());
                }
            }
            assertTrue(anna.get("/api/session").json().get("signedIn").asBoolean());
        }
    }

    @Test
    void theCookieIsForThisHostAloneAndNotForScripts() throws Exception {
        try (var served = new Served(folder, ""); Browser anna = served.setUp("anna")) {
            String set = anna.post("/api/session", Map.of("user", "anna", "password", Served.PASSWORD))
                    .header("Set-Cookie");
            assertTrue(set.matches("__Host-sluice=[A-Za-z0-9_-]{43}; Path=/; Secure; HttpOnly; SameSite=Strict"), set);
        }
    }

    @Test
    void metricsNeedTheToken() throws Exception {
        Files.writeString(folder.resolve("token"), "0123456789abcdef0123\n");
        try (var firewall = new RunningFirewall(folder, Policies.LINE_3);
                var served = new Served(folder, "metrics: {token_file: token}\n");
                Browser prometheus = new Browser(served.server)) {
            assertEquals(401, prometheus.get("/metrics").status());
            var page = prometheus.send(prometheus.request("/metrics").header("Authorization",
                    "Bearer 0123456789abcdef0123"));
            assertEquals(200, page.status());
            assertTrue(page.text().contains("sluice_up 1"), page.text());
            assertTrue(page.text().contains("sluice_manage_password_hashes_total"), page.text());
        }
    }
}
