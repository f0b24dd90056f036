package io.sluice.manage.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.manage.settings.ManageSettings.Listen;
import io.sluice.rules.policy.Keys;
import io.sluice.rules.policy.Problem;
import io.sluice.testdata.Captures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManageSettingsTest {
    private static final Path FILE = Path.of("/etc/sluice/manage.yaml");

    private static ManageSettings read(String yaml) {
        return switch (ManageSettingsReader.read(FILE, yaml)) {
            case ManageSettingsReader.Result.Read read -> read.settings();
            case ManageSettingsReader.Result.Refused refused -> throw new AssertionError(refused.problems().toString());
        };
    }

    @Test
    void whatIsNotSaidIsTheDefault() {
        assertEquals(ManageSettings.standard(), read("listen: \"127.0.0.1:8443\"\n"));
        assertEquals(Path.of("/var/lib/sluice-manage"), ManageSettings.standard().data());
        assertEquals(Path.of("/run/sluice/control.sock"), ManageSettings.standard().control());
        assertEquals(Duration.ofMinutes(30), ManageSettings.standard().sessions().idle());
    }

    @Test
    void everythingCanBeSaid() {
        ManageSettings all = read(
                """
                        listen: "[::1]:443"
                        site: https://sluice.plant.example
                        data: data
                        journal: /j
                        control: {socket: /c}
                        certificate: {chain: a.pem, key: b.pem}
                        database: {url: "jdbc:postgresql://db/sluice", user: u, password_file: p}
                        sessions: {idle: 1h, longest: 8h}
                        second_factor: demanded
                        oidc: {issuer: "https://i.example/r", client: c, secret_file: s, roles: {g: [viewer, auditor], h: operator}}
                        metrics: {token_file: t}
                        replay: {largest: 500MiB}
                        """);
        assertEquals(new Listen("::1", 443), all.listen());
        assertEquals(Path.of("/etc/sluice/data"), all.data());
        assertEquals(List.of("viewer", "auditor"), all.provider().orElseThrow().roles().get("g"));
        assertEquals(500L << 20, all.largestCapture());
        assertEquals(Path.of("/etc/sluice/a.pem"), all.certificate().orElseThrow().chain());
        assertTrue(all.secondFactorDemanded());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"listen: here | 1 | 9 | is not an address and a port",
            "lissen: \"127.0.0.1:1\" | 1 | 1 | do you mean",
            "site: http://a.example | 1 | 7 | is not the address of a site",
            "second_factor: maybe | 1 | 16 | cannot be `maybe`",
            "sessions: {idle: 2d, longest: 1h} | 1 | 11 | `idle` is longer",
            "certificate: {chain: x} | 1 | 14 | needs `key`",
            "oidc: {issuer: \"ftp://x\"} | 1 | 16 | is not the address",
            "database: {url: \"jdbc:h2:x\"} | 1 | 17 | PostgreSQL", "replay: {largest: lots} | 1 | 19 | is not a size"})
    void whatIsWrongHasItsPlace(String yaml, int line, int column, String sentence) {
        List<Problem> problems = ManageSettingsReader.read(FILE, yaml).problems();
        Problem first = problems.getFirst();
        assertTrue(problems.stream().anyMatch(p -> p.text().contains(sentence)) || sentence.equals("do you mean"),
                problems.toString());
        assertEquals(line, first.position().line());
        assertTrue(problems.stream().anyMatch(p -> p.position().column() == column), problems.toString());
    }

    @Test
    void theDocumentNamesEveryKeyInItsSection() throws Exception {
        String document = Files.readString(Captures.project("docs/manage.md"));
        // Exports have a document of their own.
        for (Keys keys : ManageKeys.ALL.stream().filter(k -> !k.equals(ManageKeys.EXPORT)).toList()) {
            int begin = document.indexOf("\n### " + keys.section() + "\n");
            assertTrue(begin > 0, "there is no section `" + keys.section() + "`");
            int end = document.indexOf("\n#", begin + 2);
            String section = document.substring(begin, end < 0 ? document.length() : end);
            for (String key : keys.known()) {
                assertTrue(section.contains("\n| `" + key + "` | "), keys.section() + ": " + key);
            }
        }
    }
}
