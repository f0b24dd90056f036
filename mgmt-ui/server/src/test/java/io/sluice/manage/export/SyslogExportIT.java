package io.sluice.manage.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.manage.query.FilterContext;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against rsyslog with its GnuTLS driver (Debian: {@code rsyslog rsyslog-gnutls}). */
class SyslogExportIT {
    private static final Path RSYSLOG = Path.of("/usr/sbin/rsyslogd");

    @TempDir
    Path folder;

    private final List<Process> running = new java.util.ArrayList<>();
    private int port;

    @BeforeEach
    void rsyslogIsThere() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(RSYSLOG) && (Files.exists(Path.of("/usr/lib/rsyslog/lmnsd_gtls.so"))
                || Files.exists(Path.of("/usr/lib/x86_64-linux-gnu/rsyslog/lmnsd_gtls.so"))),
                "rsyslog with GnuTLS is not installed; `apt install rsyslog rsyslog-gnutls`");
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
    }

    @AfterEach
    void stop() throws Exception {
        for (Process process : running) {
            process.destroyForcibly().waitFor();
        }
    }

    private Process rsyslog(Authority authority) throws IOException {
        Path configuration = Files.writeString(folder.resolve("rsyslog.conf"),
                """
                        global(workDirectory="%1$s" DefaultNetstreamDriver="gtls" DefaultNetstreamDriverCAFile="%2$s"
                          DefaultNetstreamDriverCertFile="%3$s" DefaultNetstreamDriverKeyFile="%4$s")
                        module(load="imtcp" StreamDriver.Name="gtls" StreamDriver.Mode="1" StreamDriver.AuthMode="anon")
                        input(type="imtcp" port="%5$d" address="127.0.0.1")
                        template(name="t" type="string"
                          string="%%pri%%|%%timestamp:::date-rfc3339%%|%%hostname%%|%%app-name%%|%%msgid%%|%%structured-data%%|%%msg%%\\n")
                        action(type="omfile" file="%1$s/received" template="t")
                        """
                        .formatted(folder, authority.ca(), authority.certificate("collector"),
                                authority.key("collector"),
                                port));
        Process process = new ProcessBuilder(RSYSLOG.toString(), "-n", "-f", configuration.toString(), "-i",
                folder.resolve("pid").toString()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("rsyslog.log").toFile()).start();
        running.add(process);
        return process;
    }

    private static void await(BooleanSupplier what) throws InterruptedException {
        for (int i = 0; i < 300 && !what.getAsBoolean(); i++) {
            Thread.sleep(Duration.ofMillis(100));
        }
    }

    private List<String> received() {
        try {
            Path file = folder.resolve("received");
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Exports exports(Authority authority, ExportSettings.Kind kind) throws Exception {
        return Exports.open(
                List.of(ExportSettings.of("soc", kind, "syslog-tls://localhost:" + port, "verdict:deny")
                        .trusting(authority.ca())),
                "gate-3", FilterContext.at(0), () -> "");
    }

    @Test
    void messagesArriveWholeInOrderAndAgainAfterTheReceiverWasAway() throws Exception {
        Authority authority = new Authority(folder.resolve("pki"));
        authority.issue("collector", "localhost");
        Process first = rsyslog(authority);
        try (Exports exports = exports(authority, ExportSettings.Kind.SYSLOG)) {
            for (int i = 0; i < 1000; i++) {
                exports.accept(Lines.refused(i));
            }
            await(() -> received().size() >= 1000);
            assertEquals(1000, received().size(), () -> exports.status() + "\n" + log());
            String line = received().getFirst();
            assertTrue(
                    line.startsWith("132|2026-01-05T06:00:00.564309+00:00|gate-3|sluice|alert|[sluice@32473 id=\"0\" ")
                            || line.startsWith(
                                    "132|2026-01-05T06:00:00.564309Z|gate-3|sluice|alert|[sluice@32473 id=\"0\" "),
                    line);
            assertTrue(line.endsWith("|refused: write unit 1 holding 158 = 21914 (no rule allows it;"
                    + " outside the permitted values)"), line);
            assertTrue(received().getLast().contains("id=\"999\""));

            first.destroy();
            first.waitFor();
            for (int i = 1000; i < 1100; i++) {
                exports.accept(Lines.refused(i));
                Thread.sleep(10);
            }
            await(() -> exports.status().getFirst().state() == ExportStatus.State.WAITING);
            assertTrue(exports.status().getFirst().trouble().contains("takes nothing"),
                    exports.status().getFirst().trouble());
            rsyslog(authority);
            await(() -> received().size() >= 1100);
            assertEquals(1100, received().size(), () -> exports.status() + "\n" + log());
            assertEquals(0, exports.status().getFirst().lost());
            assertEquals(1100, exports.status().getFirst().sent());
        }
    }

    @Test
    void cefArrivesAsAMessage() throws Exception {
        Authority authority = new Authority(folder.resolve("pki"));
        authority.issue("collector", "localhost");
        rsyslog(authority);
        try (Exports exports = exports(authority, ExportSettings.Kind.CEF)) {
            exports.accept(Lines.refused(1));
            await(() -> !received().isEmpty());
            assertTrue(received().getFirst().contains("|alert|-|CEF:0|Sluice|Sluice|1|1000002|"), received()::toString);
        }
    }

    // Whoever takes the collector's place on the network must not get the plant's events.
    @Test
    void aReceiverWithAnotherNameOrAnotherAuthorityGetsNothing() throws Exception {
        Authority authority = new Authority(folder.resolve("pki"));
        authority.issue("collector", "collector.elsewhere");
        rsyslog(authority);
        try (Exports exports = exports(authority, ExportSettings.Kind.SYSLOG)) {
            exports.accept(Lines.refused(1));
            await(() -> exports.status().getFirst().trouble().contains("localhost"));
            assertTrue(exports.status().getFirst().trouble().contains("localhost"), exports.status()::toString);
        }
        try (Exports exports = exports(new Authority(folder.resolve("other")), ExportSettings.Kind.SYSLOG)) {
            exports.accept(Lines.refused(1));
            await(() -> exports.status().getFirst().trouble().contains("certification path")
                    || exports.status().getFirst().trouble().contains("PKIX"));
            assertTrue(exports.status().getFirst().state() == ExportStatus.State.WAITING, exports.status()::toString);
        }
        assertEquals(List.of(), received());
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("rsyslog.log"));
        } catch (IOException e) {
            return "";
        }
    }
}
