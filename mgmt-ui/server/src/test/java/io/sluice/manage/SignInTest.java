package io.sluice.manage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.manage.identity.SignIn.From;
import io.sluice.manage.identity.TotpCodes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // what a test only starts and ends
class SignInTest {
    @TempDir
    private Path folder;

    private static Map<String, String> as(String user, String password) {
        return Map.of("user", user, "password", password);
    }

    @Test
    void ofTenThousandWrongPasswordsAFewAreHashedAndTheRestIsLockedOut() throws Exception {
        try (var served = new Served(folder, "");
                Browser anna = served.setUp("anna");
                Browser eve = new Browser(served.server)) {
            var identities = served.server.identities();
            long before = identities.passwords().computed();
            int locked = 0;
            for (int i = 0; i < 10_000; i++) {
                try {
                    identities.signIn().byPassword("anna", "wrong password " + i, new From("192.0.2.1", ""));
                } catch (Refused e) {
                    locked += e.code().equals("locked-out") ? 1 : 0;
                }
            }
            assertEquals(9_995, locked);
            assertEquals(5, identities.passwords().computed() - before);

            for (int i = 0; i < 50; i++) {
                var page = eve.post("/api/session", as("anna", "wrong password " + i));
                assertEquals(429, page.status(), page.text());
            }
            assertEquals(5, identities.passwords().computed() - before);
            assertTrue(anna.get("/api/session").json().get("signedIn").asBoolean(), "who is in, stays in");
        }
    }

    @Test
    void anAddressThatGuessesIsSlowedDownWhateverTheNames() throws Exception {
        try (var served = new Served(folder, ""); Browser eve = new Browser(served.server)) {
            int slowed = 0;
            for (int i = 0; i < 60; i++) {
                slowed += eve.post("/api/session/code", Map.of("code", "000000")).code().equals("too-many-requests")
                        ? 1
                        : 0;
            }
            assertTrue(slowed > 0);
        }
    }

    @Test
    void aLockedAccountRefusesTheRightPasswordUntilTheTimeIsOver() throws Exception {
        MovedClock clock = new MovedClock();
        try (var served = new Served(folder, "", clock);
                Browser anna = served.setUp("anna");
                Browser other = new Browser(served.server)) {
            for (int i = 0; i < 5; i++) {
                assertEquals(401, other.post("/api/session", as("anna", "wrong")).status());
            }
            var locked = other.post("/api/session", as("anna", Served.PASSWORD));
            assertEquals("locked-out", locked.code());
            assertEquals("30", locked.header("Retry-After"));
            clock.move(Duration.ofSeconds(31));
            assertEquals(200, other.post("/api/session", as("anna", Served.PASSWORD)).status());
            for (int i = 0; i < 5; i++) {
                other.post("/api/session", as("nobody", "wrong"));
            }
            assertEquals("locked-out", other.post("/api/session", as("nobody", "wrong")).code(),
                    "names that are not there wait alike");
        }
    }

    @Test
    void aCodeIsAcceptedOnceAndARecoveryCodeTooAndNeitherAgainAfterARestart() throws Exception {
        MovedClock clock = new MovedClock();
        String secret;
        String used;
        String recovery;
        try (var served = new Served(folder, "", clock); Browser anna = served.setUp("anna")) {
            secret = anna.post("/api/account/totp", Map.of("password", Served.PASSWORD)).json().get("secret").asText();
            var codes = anna.send("PUT", "/api/account/totp", Map.of("code", TotpCodes.at(secret, clock.instant())));
            assertEquals(10, codes.json().get("codes").size(), codes.text());
            recovery = codes.json().at("/codes/0").asText();
            clock.move(Duration.ofSeconds(30));
            used = TotpCodes.at(secret, clock.instant());
            assertEquals(200, signIn(served, used).status());
            assertEquals(401, signIn(served, used).status(), "replayed");
        }
        try (var served = new Served(folder, "", clock)) {
            assertEquals(401, signIn(served, used).status(), "replayed after a restart");
            assertEquals(200, signIn(served, recovery).status());
            assertEquals(401, signIn(served, recovery).status());
            clock.move(Duration.ofSeconds(60));
            assertEquals(200, signIn(served, TotpCodes.at(secret, clock.instant())).status());
        }
    }

    private static Browser.Page signIn(Served served, String code) throws Exception {
        try (Browser browser = new Browser(served.server)) {
            var first = browser.post("/api/session", as("anna", Served.PASSWORD));
            assertTrue(first.json().get("codeNeeded").asBoolean(), first.text());
            assertEquals(401, browser.get("/api/status").status(), "half-way is not in");
            return browser.post("/api/session/code", Map.of("code", code));
        }
    }

    @Test
    void aCookieThatWasStolenOpensNothingAfterSignOut() throws Exception {
        try (var served = new Served(folder, "");
                Browser anna = served.setUp("anna");
                Browser thief = new Browser(served.server)) {
            thief.cookies.putAll(anna.cookies);
            assertEquals(200, thief.get("/api/status").status());
            assertEquals(204, anna.send("DELETE", "/api/session", null).status());
            assertEquals(401, thief.get("/api/status").status());
        }
    }

    @Test
    void sessionsEndWithThePasswordTheRoleAndTheIdleTime() throws Exception {
        MovedClock clock = new MovedClock();
        try (var served = new Served(folder, "sessions: {idle: 10min, longest: 1h}\n", clock);
                Browser anna = served.setUp("anna");
                Browser second = new Browser(served.server);
                Browser carl = new Browser(served.server)) {
            second.post("/api/session", as("anna", Served.PASSWORD));
            assertEquals(2, anna.get("/api/account/sessions").json().size());
            assertEquals(204, anna.send("PUT", "/api/account/password", Map.of("old", Served.PASSWORD, "new",
                    "another good pass phrase")).status());
            assertEquals(401, second.get("/api/status").status(), "the other session ended with the password");
            assertEquals(200, anna.get("/api/status").status());

            String link = anna.post("/api/users", Map.of("user", "carl", "roles", List.of("viewer", "operator"))).json()
                    .get("link").asText();
            String token = link.substring(link.indexOf('#') + 1);
            assertEquals("weak-password", carl.post("/api/password", Map.of("token", token, "password",
                    "carl's own pass phrase")).code());
            assertEquals(204, carl.post("/api/password", Map.of("token", token, "password", Served.PASSWORD)).status());
            assertEquals(403, carl.post("/api/password", Map.of("token", token, "password", Served.PASSWORD)).status());
            assertEquals(200, carl.post("/api/session", as("carl", Served.PASSWORD)).status());
            assertEquals(200, carl.get("/api/policy/draft").status());
            anna.send("PUT", "/api/users/carl", Map.of("roles", List.of("viewer")));
            assertEquals(401, carl.get("/api/status").status(), "ended with the role");
            assertEquals(200, carl.post("/api/session", as("carl", Served.PASSWORD)).status());
            assertEquals("role-missing", carl.get("/api/policy/draft").code());
            clock.move(Duration.ofMinutes(11));
            assertEquals(401, carl.get("/api/status").status(), "idle");
        }
    }

    @Test
    void aPersonEndsAnotherOfItsSessions() throws Exception {
        try (var served = new Served(folder, "");
                Browser anna = served.setUp("anna");
                Browser other = new Browser(served.server)) {
            other.post("/api/session", as("anna", Served.PASSWORD));
            String id = "";
            for (var session : anna.get("/api/account/sessions").json()) {
                id = session.get("current").asBoolean() ? id : session.get("id").asText();
            }
            assertEquals(204, anna.send("DELETE", "/api/account/sessions/" + id, null).status());
            assertEquals(401, other.get("/api/status").status());
            assertEquals(404, anna.send("DELETE", "/api/account/sessions/" + id, null).status());
        }
    }

    @Test
    void theLastAdministratorCannotBeTakenAway() throws Exception {
        try (var served = new Served(folder, ""); Browser anna = served.setUp("anna")) {
            assertEquals("last-administrator", anna.send("PUT", "/api/users/anna", Map.of("enabled", false)).code());
            assertEquals("last-administrator", anna.send("PUT", "/api/users/anna", Map.of("roles", List.of("viewer")))
                    .code());
            assertEquals("last-administrator", anna.send("DELETE", "/api/users/anna", null).code());
        }
    }

    @Test
    void whereASecondFactorIsDemandedOnlyTheOwnPagesWorkWithoutIt() throws Exception {
        try (var served = new Served(folder, "second_factor: demanded\n"); Browser anna = served.setUp("anna")) {
            assertTrue(anna.get("/api/session").json().get("totpDemanded").asBoolean());
            assertEquals("second-factor-missing", anna.get("/api/status").code());
            String secret = anna.post("/api/account/totp", Map.of("password", Served.PASSWORD)).json().get("secret")
                    .asText();
            anna.send("PUT", "/api/account/totp", Map.of("code", TotpCodes.at(secret, java.time.Instant.now())));
            assertEquals(200, anna.get("/api/status").status());
            assertFalse(anna.get("/api/session").json().get("totpDemanded").asBoolean());
        }
    }
}
