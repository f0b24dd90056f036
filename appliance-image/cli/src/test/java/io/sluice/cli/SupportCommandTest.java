package io.sluice.cli;

import static io.sluice.cli.Shell.sluice;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.cli.Shell.Ran;
import io.sluice.inline.policy.PolicyStore;
import io.sluice.journal.Journal;
import io.sluice.journal.JournalSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupportCommandTest {
    @TempDir
    Path temporary;

    private static Map<String, String> in(Path zip) throws Exception {
        Map<String, String> all = new TreeMap<>();
        try (FileSystem files = FileSystems.newFileSystem(zip); Stream<Path> found = Files.walk(files.getPath("/"))) {
            for (Path one : found.filter(Files::isRegularFile).toList()) {
                all.put(one.toString().substring(1), Files.readString(one));
            }
        }
        return all;
    }

    /** The lines of all files of keys and secrets, as far as they are long enough to be one. */
    private static List<String> secrets(Path folder) throws Exception {
        List<String> all = new ArrayList<>();
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.filter(f -> f.toString().matches(".*(\\.key|key\\.pem|\\.token)")).toList()) {
                Files.readString(file, StandardCharsets.ISO_8859_1).lines().filter(line -> line.length() > 15
                        && !line.startsWith("-----")).forEach(all::add);
            }
        }
        return all;
    }

    @Test
    void whatHelpsIsInItAndWhatIsSecretIsNot() throws Exception {
        Path folder = Files.createDirectory(temporary.resolve("plant")).toRealPath();
        Path zip = temporary.resolve("help.zip");
        Files.writeString(folder.resolve("metrics.token"), "token-4711-of-the-plant\n");
        Path config = Files.writeString(folder.resolve("manage.yaml"), """
                # the old password was hunter2
                listen: "127.0.0.1:0"   # anna's desk
                data: manage
                journal: data/journal
                control: {socket: control.sock}
                metrics: {token_file: metrics.token}
                """);
        String hash;
        List<String> secrets;
        try (RunningSluice firewall = new RunningSluice(folder, Policies.SOUND);
                ManagedSite site = new ManagedSite(config);
                Journal journal = Journal.open(JournalSettings.in(folder.resolve("data/journal"), "sluice"))) {
            site.setUp("annabella");
            journal.management("login", Map.of("person", "annabella", "note", "\"type\":\"journal.opened\" \"stats\""));
            journal.endOfBatch();
            hash = PolicyStore.open(folder.resolve("data")).active().orElseThrow();
            secrets = secrets(folder);
            Ran ran = sluice("support", "--config", firewall.config.toString(), "--manage-config", config.toString(),
                    "--out", zip.toString());
            assertEquals(0, ran.exitCode(), ran.err());
            assertTrue(ran.out().contains("  status.txt\n"), ran.out());
        }
        Map<String, String> files = in(zip);
        assertTrue(files.getOrDefault("status.txt", "").contains("enp2s0"), files.getOrDefault("status.txt", ""));
        assertTrue(files.getOrDefault("policy.txt", "").startsWith("active " + hash + "\nits text is there\n"));
        assertTrue(files.getOrDefault("journal.txt", "").contains("\"type\":\"journal.opened\""),
                files.getOrDefault("journal.txt", ""));
        assertTrue(files.getOrDefault("files.txt", "").contains("policies/" + hash + ".yaml"));
        assertEquals("1 account\nno jump sessions, 0 not over\n", files.getOrDefault("database.txt", ""));
        assertTrue(files.getOrDefault("settings/manage.yaml", "").contains("token_file: metrics.token"));
        assertTrue(files.getOrDefault("machine.txt", "").contains("MemTotal"));
        String all = String.join("\n", files.values());
        assertTrue(secrets.size() >= 5, secrets.toString());
        secrets.forEach(secret -> assertFalse(all.contains(secret), secret));
        for (String word : new String[]{"hunter2", "anna", "4711", "argon2", "10.3.1.", "PRIVATE"}) {
            assertFalse(all.contains(word), () -> word + " in " + all.lines().filter(l -> l.contains(word)).toList());
        }
        assertEquals(new Ran(3, "", "sluice: `" + zip + "` exists already\n"), sluice("support", "--out",
                zip.toString()));
    }

    @Test
    void whatAnAddressCarriesAlongStaysHere() {
        assertEquals("url: \"jdbc:postgresql://(left out)@db.plant/sluice?(left out)\"\nuser: x\n", SupportBundle
                .cleaned("url: \"jdbc:postgresql://joe:pw@db.plant/sluice?user=a&password=b\" # pw\nuser: x\n").replace(
                        "\" \n", "\"\n"));
    }

    @Test
    void itWorksWhereNothingElseDoes() throws Exception {
        Path config = Files.writeString(temporary.resolve("sluice.yaml"), "ports: {\n");
        Path zip = temporary.resolve("help.zip");
        Ran ran = sluice("support", "--config", config.toString(), "--manage-config", temporary.resolve("no.yaml")
                .toString(), "--out", zip.toString());
        assertEquals(0, ran.exitCode(), ran.err());
        Map<String, String> files = in(zip);
        assertEquals("not there: `" + temporary.resolve("no.yaml") + "`\n",
                files.getOrDefault("settings/manage.yaml", ""));
        assertTrue(files.getOrDefault("settings/problems.txt", "").contains("sluice.yaml:"), files.toString());
    }
}
