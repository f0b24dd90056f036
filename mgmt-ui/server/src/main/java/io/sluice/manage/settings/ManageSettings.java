package io.sluice.manage.settings;

import io.sluice.manage.alerts.AlertSettings;
import io.sluice.manage.export.ExportSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How one management server is set up. Paths are absolute.
 *
 * @param listen address and port of the HTTPS server
 * @param site how browsers reach it, such as {@code https://sluice.plant.example:8443}; empty: as the certificate says
 * @param data folder for its database, certificate and captures
 * @param journal folder of the firewall's journal
 * @param control the firewall's control socket
 * @param certificate files of the plant's own; empty: the server makes one
 * @param database PostgreSQL; empty: SQLite below {@code data}
 * @param secondFactorDemanded everybody with a password must have a second factor too
 * @param provider whom people may sign in by besides a password
 * @param metricsToken file with the token for {@code /metrics}; empty: no metrics
 * @param largestCapture bytes of one upload
 * @param broker the broker of jump sessions; empty: none runs
 * @param watching what becomes of the journal's events besides being shown
 */
public record ManageSettings(Listen listen, Optional<String> site, Path data, Path journal, Path control,
        Optional<CertificateFiles> certificate, Optional<Database> database, Sessions sessions,
        boolean secondFactorDemanded, Optional<Provider> provider, Optional<Path> metricsToken, long largestCapture,
        Optional<Broker> broker, Watching watching) {

    /** Where the server listens; port 0 is any free one. */
    public record Listen(String address, int port) {
        @Override
        public String toString() {
            return (address.indexOf(':') >= 0 ? "[" + address + "]" : address) + ":" + port;
        }
    }

    /**
     * The broker of jump sessions.
     *
     * @param name by which people reach it; empty: as they reached the page
     * @param jumpInterface the interface that the firewall makes for sessions, from whose addresses devices are reached
     */
    public record Broker(Listen listen, Optional<String> name, String jumpInterface) {}

    /** PEM files: the certificate with what leads to its issuer, and its private key (PKCS 8). */
    public record CertificateFiles(Path chain, Path key) {}

    /**
     * A PostgreSQL database.
     *
     * @param url such as {@code jdbc:postgresql://db.plant.example/sluice}
     */
    public record Database(String url, String user, Optional<Path> passwordFile) {}

    /**
     * How long a session lasts.
     *
     * @param idle without a request
     * @param longest in all
     */
    public record Sessions(Duration idle, Duration longest) {
        public static final Sessions DEFAULT = new Sessions(Duration.ofMinutes(30), Duration.ofHours(12));
    }

    /**
     * What becomes of the journal's events besides being shown.
     *
     * @param alerts what counts as unusual
     * @param activeIdentification devices may be asked who they are
     * @param exports what other systems get
     * @param vendors a list of makers by MAC address
     */
    public record Watching(AlertSettings alerts, boolean activeIdentification, List<ExportSettings> exports,
            Optional<Path> vendors) {
        public static final Watching DEFAULT = new Watching(AlertSettings.DEFAULT, false, List.of(), Optional.empty());

        public Watching {
            exports = List.copyOf(exports);
        }
    }

    /**
     * An identity provider (OpenID Connect, authorization code flow with PKCE).
     *
     * @param name as the sign-in page shows it
     * @param groupClaim claim of the ID token that lists groups
     * @param roles of each group; who is in none of them may not sign in
     */
    public record Provider(String name, String issuer, String client, Optional<Path> secretFile, String groupClaim,
            Map<String, List<String>> roles) {
        public Provider {
            roles = Map.copyOf(roles);
        }
    }

    public static final Path DEFAULT_DATA = Path.of("/var/lib/sluice-manage");
    public static final Path DEFAULT_JOURNAL = Path.of("/var/lib/sluice/journal");
    public static final Path DEFAULT_CONTROL = Path.of("/run/sluice/control.sock");
    public static final String DEFAULT_JUMP_INTERFACE = "sluice-jump";
    public static final Listen DEFAULT_LISTEN = new Listen("127.0.0.1", 8443);
    public static final long DEFAULT_LARGEST_CAPTURE = 2L << 30;

    /** What holds without a settings file. */
    public static ManageSettings standard() {
        return new ManageSettings(DEFAULT_LISTEN, Optional.empty(), DEFAULT_DATA, DEFAULT_JOURNAL, DEFAULT_CONTROL,
                Optional.empty(), Optional.empty(), Sessions.DEFAULT, false, Optional.empty(), Optional.empty(),
                DEFAULT_LARGEST_CAPTURE, Optional.empty(), Watching.DEFAULT);
    }
}
