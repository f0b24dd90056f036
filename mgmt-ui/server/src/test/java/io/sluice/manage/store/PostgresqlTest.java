package io.sluice.manage.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.manage.identity.Account.Origin;
import io.sluice.manage.identity.Accounts;
import io.sluice.manage.identity.Role;
import io.sluice.manage.settings.ManageSettings;
import io.sluice.manage.settings.ManageSettingsReader;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same schema in a real PostgreSQL, where one is installed ({@code apt-get install postgresql}). */
class PostgresqlTest {
    @TempDir
    private Path folder;

    @Test
    void accountsAreKeptInPostgresqlAndARestartedDatabaseIsMetAgain() throws Exception {
        Optional<Path> programs = programs();
        assumeTrue(programs.isPresent(), "no PostgreSQL is installed here, so nothing is tried on one");
        Path data = folder.resolve("pg");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        String initdb = programs.get().resolve("initdb") + " -D " + data + " -U sluice --auth=trust";
        assertEquals(0, asPostgres(initdb), "initdb");
        int port = freePort();
        String start = programs.get().resolve("pg_ctl") + " -D " + data + " -w -l " + folder.resolve("log")
                + " -o \"-p " + port + " -k " + folder + "\" start";
        String stop = programs.get().resolve("pg_ctl") + " -D " + data + " -w -m fast stop";
        assertEquals(0, asPostgres(start), "start");
        try {
            String yaml = "data: manage\ndatabase: {url: \"jdbc:postgresql://127.0.0.1:" + port + "/postgres\"}\n";
            ManageSettings settings = ((ManageSettingsReader.Result.Read) ManageSettingsReader.read(
                    folder.resolve("manage.yaml"), yaml)).settings();
            try (Store store = Store.open(settings)) {
                Accounts accounts = new Accounts(store);
                assertTrue(accounts.none());
                assertTrue(accounts.add("anna", "Anna", Set.of(Role.VIEWER, Role.OPERATOR), Origin.LOCAL));
                assertEquals(0, asPostgres(stop), "stop");
                assertEquals(0, asPostgres(start), "start again");
                assertEquals(Set.of(Role.VIEWER, Role.OPERATOR), accounts.find("anna").orElseThrow().roles());
            }
            try (Store store = Store.open(settings)) {
                assertEquals(List.of("anna"), new Accounts(store).all().stream().map(a -> a.id()).toList());
            }
        } finally {
            asPostgres(stop);
        }
    }

    private static Optional<Path> programs() throws Exception {
        Path root = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(root)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(root)) {
            return versions.map(v -> v.resolve("bin")).filter(bin -> Files.isExecutable(bin.resolve("initdb"))).max(
                    java.util.Comparator.naturalOrder());
        }
    }

    /** PostgreSQL does not run as root. */
    private static int asPostgres(String command) throws Exception {
        boolean root = System.getProperty("user.name").equals("root");
        List<String> words = root
                ? List.of("runuser", "-u", "postgres", "--", "sh", "-c", command)
                : List.of("sh", "-c", command);
        Process process = new ProcessBuilder(words).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        return process.waitFor(60, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
