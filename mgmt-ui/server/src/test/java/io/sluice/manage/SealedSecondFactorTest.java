package io.sluice.manage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.manage.identity.TotpCodes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Second factors in a real database, looked at from outside. */
class SealedSecondFactorTest {
    @TempDir
    private Path folder;
    private final MovedClock clock = new MovedClock();

    /** What an account's page gives once. */
    private record Enrolled(String secret, List<String> recovery) {}

    private Enrolled enrol(Browser anna) throws Exception {
        String secret = anna.post("/api/account/totp", Map.of("password", Served.PASSWORD)).json().get("secret")
                .asText();
        var codes = anna.send("PUT", "/api/account/totp", Map.of("code", TotpCodes.at(secret, clock.instant()))).json();
        return new Enrolled(secret, codes.get("codes").valueStream().map(c -> c.asText()).toList());
    }

    private static Browser.Page signIn(Served served, String code) throws Exception {
        try (Browser browser = new Browser(served.server)) {
            browser.post("/api/session", Map.of("user", "anna", "password", Served.PASSWORD));
            return browser.post("/api/session/code", Map.of("code", code));
        }
    }

    private Connection database() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("manage/manage.db"));
    }

    private String column(String name) throws SQLException {
        try (Connection database = database();
                Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery("select " + name + " from account where id = 'anna'")) {
            assertTrue(row.next());
            return String.valueOf(row.getString(1));
        }
    }

    private void change(String sql) throws SQLException {
        try (Connection database = database(); Statement statement = database.createStatement()) {
            assertEquals(1, statement.executeUpdate(sql));
        }
    }

    private boolean inFiles(String text) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("manage"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
                    return true;
                }
            }
        }
        return false;
    }

    private String code(Enrolled enrolled) {
        clock.move(Duration.ofSeconds(30));
        return TotpCodes.at(enrolled.secret, clock.instant());
    }

    @Test
    void theSecretIsNowhereInTheFilesAndItsKeyIsForTheServerAlone() throws Exception {
        Enrolled enrolled;
        try (var served = new Served(folder, "", clock); Browser anna = served.setUp("anna")) {
            enrolled = enrol(anna);
            assertEquals(200, signIn(served, code(enrolled)).status());
            assertTrue(column("totp_sealed").startsWith("1:"));
            assertFalse(inFiles(enrolled.secret), "while it runs");
        }
        assertFalse(inFiles(enrolled.secret));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(
                "manage/secrets.key"))));
    }

    @Test
    void whatAnOlderVersionLeftInTheClearIsSealedAtTheStartAndGoesOnWorking() throws Exception {
        Enrolled enrolled;
        try (var served = new Served(folder, "", clock); Browser anna = served.setUp("anna")) {
            enrolled = enrol(anna);
        }
        change("update account set totp_secret = '" + enrolled.secret + "', totp_sealed = null where id = 'anna'");
        assertTrue(inFiles(enrolled.secret));
        try (var served = new Served(folder, "", clock)) {
            assertEquals("null", column("totp_secret"));
            assertEquals(200, signIn(served, code(enrolled)).status());
            assertTrue(served.said.stream().noneMatch(s -> s.contains("second factors")), served.said.toString());
        }
        assertFalse(inFiles(enrolled.secret), "nothing of it is left behind");
    }

    @Test
    void anotherKeyIsToldAtTheStartAndRecoveryCodesStillWork() throws Exception {
        Enrolled enrolled;
        try (var served = new Served(folder, "", clock); Browser anna = served.setUp("anna")) {
            enrolled = enrol(anna);
        }
        Path key = folder.resolve("manage/secrets.key");
        Path kept = Files.move(key, folder.resolve("kept.key"));
        try (var served = new Served(folder, "", clock)) {
            assertTrue(served.said.stream().anyMatch(s -> s.contains("second factors of anna cannot be read")
                    && s.contains("sluice manage --link NAME")), served.said.toString());
            var refused = signIn(served, code(enrolled));
            assertEquals("second-factor-unreadable", refused.code(), refused.text());
            assertEquals(200, signIn(served, enrolled.recovery.getFirst()).status());
        }
        Files.delete(key);
        Files.move(kept, key);
        try (var served = new Served(folder, "", clock)) {
            assertEquals(200, signIn(served, code(enrolled)).status(), "the old key opens it again");
        }
        Files.writeString(key, "no key");
        assertTrue(String.valueOf(assertThrows(IOException.class, () -> new Served(folder, "", clock)).getMessage())
                .contains("is no key of this server"));
    }

    @Test
    void aSecretCountsForItsOwnAccountAlone() throws Exception {
        Enrolled enrolled;
        try (var served = new Served(folder, "", clock); Browser anna = served.setUp("anna")) {
            enrolled = enrol(anna);
            anna.post("/api/users", Map.of("user", "mallory", "name", "Mallory", "roles", List.of("viewer")));
        }
        change("update account set totp_sealed = (select totp_sealed from account where id = 'anna')"
                + " where id = 'mallory'");
        try (var served = new Served(folder, "", clock)) {
            assertTrue(served.said.stream().anyMatch(s -> s.contains("second factors of mallory cannot")),
                    served.said.toString());
            assertEquals(200, signIn(served, code(enrolled)).status());
        }
    }
}
