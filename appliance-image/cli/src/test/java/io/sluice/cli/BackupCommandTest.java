package io.sluice.cli;

import static io.sluice.cli.Shell.sluice;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.Shell.Ran;
import io.sluice.inline.policy.PolicyStore;
import io.sluice.journal.Journal;
import io.sluice.journal.JournalSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupCommandTest {
    private static final String POLICY = """
            policy: jump
            mode: enforce
            zones:
              cell: {ports: [cell]}
              plant: {ports: [plant]}
              jump: {broker: true}
            assets:
              plc: {zone: cell, address: 10.3.1.10}
            conduits:
              upload:
                from: jump
                to: cell
                protocol: modbus
                allow:
                  - {id: m1, do: read, unit: 1}
            sessions:
              acme-service:
                who: {group: vendor-acme}
                use: [upload]
                approve: {by: shift-lead, within: 15m}
                limit: {duration: 2h, idle: 10m}
            """;
    private static final String MANAGE = """
            listen: "127.0.0.1:0"
            data: manage
            journal: data/journal
            control: {socket: control.sock}
            metrics: {token_file: metrics.token}
            """;

    @TempDir
    Path temporary;
    private Path old = Path.of("");
    private Path fresh = Path.of("");
    private Path file = Path.of("");
    private String secret = "";

    @BeforeEach
    void makeFolders() throws IOException {
        old = Files.createDirectory(temporary.resolve("old")).toRealPath();
        fresh = old.resolveSibling("new");
        file = temporary.resolve("plant-3.backup");
        secret = Files.writeString(temporary.resolve("passphrase"), "correct horse battery\n").toString();
        Files.setPosixFilePermissions(Path.of(secret), PosixFilePermissions.fromString("rw-------"));
        Files.writeString(old.resolve("manage.yaml"), MANAGE);
        Files.writeString(old.resolve("metrics.token"), "a token of some length\n");
    }

    private Ran backup(String... more) {
        List<String> all = new ArrayList<>(List.of("backup", "--config", old.resolve("sluice.yaml").toString(),
                "--manage-config", old.resolve("manage.yaml").toString(), "--out", file.toString(),
                "--passphrase-file", secret));
        all.addAll(Arrays.asList(more));
        return sluice(all.toArray(String[]::new));
    }

    private Ran restore(Path to, String... more) {
        List<String> all = new ArrayList<>(List.of("restore", file.toString(), "--passphrase-file", secret,
                "--settings", to.toString(), "--firewall", to.resolve("data").toString(), "--management",
                to.resolve("manage").toString()));
        all.addAll(Arrays.asList(more));
        return sluice(all.toArray(String[]::new));
    }

    /** A firewall that ran and stopped, without management. */
    private void plain() throws Exception {
        new RunningSluice(old, POLICY).close();
        try (Journal journal = Journal.open(JournalSettings.in(old.resolve("data/journal"), "sluice"))) {
            journal.management("restarted", Map.of("why", "a test"));
        }
    }

    private static Map<String, String> files(Path root) throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> found = Files.walk(root)) {
            for (Path one : found.filter(Files::isRegularFile).toList()) {
                all.put(root.relativize(one).toString(), PosixFilePermissions.toString(Files.getPosixFilePermissions(
                        one)) + " " + Files.readString(one, StandardCharsets.ISO_8859_1));
            }
        }
        return all;
    }

    @Test
    void anInstallationGoesOnOnAnotherMachineAsItWas() throws Exception {
        String hash;
        JsonNode sessions;
        String fingerprint;
        String key;
        try (RunningSluice firewall = new RunningSluice(old, POLICY);
                ManagedSite site = new ManagedSite(old.resolve("manage.yaml"));
                Journal journal = Journal.open(JournalSettings.in(old.resolve("data/journal"), "sluice"))) {
            Path second = Files.writeString(temporary.resolve("second.yaml"), POLICY.replace("unit: 1", "unit: 2"));
            Ran applied = sluice("apply", second.toString(), "--socket", firewall.socket.toString());
            assertEquals(0, applied.exitCode(), applied.err());
            hash = PolicyStore.open(old.resolve("data")).active().orElseThrow();
            ManagedSite.Person anna = site.setUp("anna");
            ManagedSite.Person carl = site.add(anna, "carl", List.of("requester"), List.of("vendor-acme"));
            Map<String, Object> wish = Map.of("rule", "acme-service", "access", "read", "reason", "drive replaced",
                    "targets", List.of(Map.of("conduit", "upload", "asset", "plc")));
            String first = carl.send("POST", "/api/jump/sessions", wish).get("id").asText();
            carl.send("POST", "/api/jump/sessions/" + first + "/withdraw", Map.of());
            carl.send("POST", "/api/jump/sessions", wish);
            sessions = carl.get("/api/jump/sessions");
            fingerprint = site.fingerprint();
            key = journal.key();
            Thread writer = Thread.ofPlatform().start(() -> write(journal));
            Thread.sleep(50);

            Ran made = backup();

            writer.interrupt();
            writer.join();
            assertEquals(0, made.exitCode(), made.err());
            assertEquals("", made.err());
            assertTrue(made.out().startsWith("wrote ") && made.out().contains(" to `" + file + "`, "), made.out());
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            Ran again = restore(old, "--replace");
            assertEquals(3, again.exitCode());
            assertEquals("sluice: `" + old.resolve("manage") + "` is used by another management server; stop the"
                    + " management server first\n", again.err());
        }
        Ran listed = sluice("backup", "list", file.toString(), "--passphrase-file", secret);
        assertEquals(0, listed.exitCode(), listed.err());
        for (String name : new String[]{"settings .*  sluice.yaml", "settings .*  first.yaml",
                "settings .*  manage.yaml",
                "settings .*  metrics.token", "firewall .*  policies/" + hash + ".yaml",
                "firewall .*  journal/journal.key", "management .*  manage.db", "management .*  secrets.key",
                "management .*  tls/key.pem"}) {
            assertTrue(listed.out().lines().anyMatch(line -> line.matches(name)), name + " in " + listed.out());
        }
        assertFalse(listed.out().contains("index/") || listed.out().contains(".lock"), listed.out());

        Ran restored = restore(fresh);

        assertEquals(0, restored.exitCode(), restored.out() + restored.err());
        assertTrue(restored.out().contains("policy      " + hash + ", 2 changes in its history\n"), restored.out());
        assertTrue(restored.out().contains("accounts    2 accounts, 2 jump sessions, 1 of them not over\n"),
                restored.out());
        assertTrue(restored.out().matches(
                "(?s).*journal     \\d+ records, number 0 to \\d+: nothing was changed, removed or added\n.*"),
                restored.out());
        assertTrue(restored.out().endsWith("restored, and sound; start firewall and management server again\n"));
        Ran verified = sluice("audit", "verify", fresh.resolve("data/journal").toString(), "--key", key);
        assertEquals(0, verified.exitCode(), verified.out());
        byte[] records = Files.readAllBytes(fresh.resolve("data/journal/journal-0000000000000000.jsonl"));
        byte[] all = Files.readAllBytes(old.resolve("data/journal/journal-0000000000000000.jsonl"));
        assertTrue(records.length > 0 && records.length < all.length, "it was written meanwhile");
        assertArrayEquals(Arrays.copyOf(all, records.length), records);
        for (String name : new String[]{"data/journal/journal.key", "manage/secrets.key", "manage/tls/key.pem",
                "data/history", "metrics.token"}) {
            assertEquals(Files.readString(old.resolve(name)), Files.readString(fresh.resolve(name)));
            assertEquals(Files.getPosixFilePermissions(old.resolve(name)), Files.getPosixFilePermissions(fresh.resolve(
                    name)), name);
        }
        goesOn(hash, sessions, fingerprint, key);
    }

    private static void write(Journal journal) {
        while (!Thread.currentThread().isInterrupted()) {
            journal.management("session-visited", Map.of("session", "s-1", "person", "carl"));
            journal.endOfBatch();
        }
    }

    private void goesOn(String hash, JsonNode sessions, String fingerprint, String key) throws Exception {
        try (Journal journal = Journal.open(JournalSettings.in(fresh.resolve("data/journal"), "sluice"))) {
            assertEquals(key, journal.key());
            journal.management("restarted", Map.of("why", "another machine"));
        }
        Ran verified = sluice("audit", "verify", fresh.resolve("data/journal").toString(), "--key", key);
        assertEquals(0, verified.exitCode(), verified.out());
        try (RunningSluice _ = new RunningSluice(fresh, POLICY);
                ManagedSite site = new ManagedSite(fresh.resolve("manage.yaml"))) {
            assertEquals(hash, PolicyStore.open(fresh.resolve("data")).active().orElseThrow());
            assertEquals(fingerprint, site.fingerprint());
            assertEquals(sessions, site.signIn("carl").get("/api/jump/sessions"));
            assertEquals(List.of(), site.said.stream().filter(note -> note.contains("cannot be read")).toList());
            JsonNode users = site.signIn("anna").get("/api/users");
            assertTrue(users.toString().contains("vendor-acme"), users.toString());
        }
    }

    @Test
    void whatIsThereIsKeptAsideAndOnlyIfThatIsWanted() throws Exception {
        plain();
        assertEquals(0, backup().exitCode());
        Files.createDirectories(fresh.resolve("data/policies"));
        Files.writeString(fresh.resolve("data/active"), "another\n");
        Files.writeString(fresh.resolve("sluice.yaml"), "other ports\n");
        Files.writeString(fresh.resolve("metrics.token"), "a token of some length\n");
        Map<String, String> before = files(fresh);

        Ran refused = restore(fresh);
        assertEquals(3, refused.exitCode());
        assertEquals(
                "sluice: `" + fresh.resolve("data") + "` is not empty; with --replace what is there is moved aside\n",
                refused.err());
        assertEquals(before, files(fresh));

        Files.delete(fresh.resolve("data/active"));
        Files.delete(fresh.resolve("data/policies"));
        Ran other = restore(fresh);
        assertEquals(3, other.exitCode());
        assertTrue(other.err().contains("there are other settings than those of the backup (`" + fresh.resolve(
                "sluice.yaml") + "`)"), other.err());
        assertFalse(Files.exists(fresh.resolve("data/active")));
        assertEquals(0, restore(fresh, "--replace").exitCode());
        Map<String, String> after = files(fresh);
        assertEquals(before.get("sluice.yaml"), after.entrySet().stream().filter(e -> e.getKey().matches(
                "before-\\d{8}T\\d{6}Z/sluice.yaml")).findFirst().orElseThrow().getValue());
        assertEquals(files(old).get("sluice.yaml"), after.get("sluice.yaml"));
        assertFalse(after.keySet().stream().anyMatch(name -> name.contains(".restore-")), after.keySet().toString());
        assertFalse(after.keySet().stream().anyMatch(name -> name.matches("before-.*/metrics.token")),
                "it is the same");
    }

    @Test
    void aDamagedFileOrAnotherPassphraseChangesNothing() throws Exception {
        plain();
        backup();
        byte[] whole = Files.readAllBytes(file);
        byte[] changed = whole.clone();
        changed[whole.length / 2] ^= 1;
        Files.write(file, changed);
        Ran damaged = restore(fresh);
        assertEquals(3, damaged.exitCode());
        assertTrue(damaged.err().matches("sluice: `" + file
                + "`: it was altered or cut off, between byte \\d+ and \\d+; take another copy; nothing was changed\n"),
                damaged.err());
        assertFalse(Files.exists(fresh.resolve("data")));
        Files.write(file, whole);
        Files.writeString(Path.of(secret), "correct horse batterY\n");
        Ran other = restore(fresh);
        assertEquals(3, other.exitCode());
        assertEquals(
                "sluice: `" + file + "`: the passphrase is another one, or its first bytes were altered; nothing was"
                        + " changed\n",
                other.err());
        assertFalse(Files.exists(fresh.resolve("data")));
    }

    @Test
    void whatIsNotInItAndWhatWasBrokenIsSaid() throws Exception {
        plain();
        Path elsewhere = Files.writeString(temporary.resolve("elsewhere.token"), "a token of some length\n")
                .toRealPath();
        Files.writeString(old.resolve("manage.yaml"), MANAGE.replace("metrics.token", elsewhere.toString()));
        Files.createSymbolicLink(old.resolve("data/link"), elsewhere);
        Path records = old.resolve("data/journal/journal-0000000000000000.jsonl");
        Files.writeString(records, Files.readString(records).replace("a test", "no test"));
        Ran made = backup();
        assertEquals(0, made.exitCode(), made.err());
        assertEquals("note: `" + elsewhere + "`, which the settings name, lies outside of `" + old
                + "` and is not in this file: keep a copy of it\nnote: `" + old.resolve("data/link")
                + "` is a link, and not in the backup\n", made.err());
        Ran restored = restore(fresh);
        assertEquals(1, restored.exitCode(), restored.err());
        assertTrue(restored.out().contains(", BROKEN: journal-0000000000000000.jsonl, line "), restored.out());
        assertTrue(restored.out().contains("note: `" + elsewhere + "`"), restored.out());
    }

    @Test
    void aDatabaseOnAnotherMachineIsNotForgotten() throws Exception {
        plain();
        Files.createDirectory(old.resolve("manage"));
        Files.writeString(old.resolve("manage.yaml"), MANAGE
                + "database: {url: \"jdbc:postgresql://db.plant.example/sluice\"}\n");
        Ran refused = backup();
        assertEquals(3, refused.exitCode());
        assertEquals(
                "sluice: accounts and sessions lie in `jdbc:postgresql://db.plant.example/sluice`, which is not in this"
                        + " file; copy it with `pg_dump`, and run this again with --without-database\n",
                refused.err());
        assertFalse(Files.exists(file));
        Ran made = backup("--without-database");
        assertEquals(0, made.exitCode(), made.err());
        assertTrue(made.err().contains("copy it with `pg_dump`, at about the same time"), made.err());
    }

    @Test
    void aPassphraseIsNeededAndALongOne() throws Exception {
        plain();
        Files.writeString(Path.of(secret), "short\n");
        assertEquals(
                "sluice: the passphrase is shorter than 12 characters; all secrets of the firewall are behind it\n",
                backup().err());
        Files.writeString(Path.of(secret), "\n");
        assertEquals("sluice: the first line of `" + secret + "` is no passphrase: it is empty\n", backup().err());
        assertFalse(Files.exists(file));
        Files.writeString(file, "something else");
        assertEquals(new Ran(3, "", "sluice: `" + file + "` exists already\n"), backup());
    }
}
