package io.sluice.manage;

import io.sluice.manage.firewall.FirewallLink;
import io.sluice.manage.firewall.JournalNotes;
import io.sluice.manage.firewall.StatusWatch;
import io.sluice.manage.http.Contract;
import io.sluice.manage.http.HttpFront;
import io.sluice.manage.http.Operations;
import io.sluice.manage.http.ServerCertificate;
import io.sluice.manage.identity.Identities;
import io.sluice.manage.identity.SealedSecrets;
import io.sluice.manage.route.Routes;
import io.sluice.manage.settings.ManageSettings;
import io.sluice.manage.store.DataLock;
import io.sluice.manage.store.Store;
import io.sluice.manage.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/** The management server, put together from its settings. It may be stopped or killed at any time: the firewall goes on. */
public final class ManagementServer implements AutoCloseable {
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final ManageSettings settings;
    private final ServerCertificate certificate;
    private final Identities identities;
    private final HttpFront front;

    private ManagementServer(ManageSettings settings, String version, Consumer<String> report, InstantSource clock)
            throws IOException, StoreException {
        this.settings = settings;
        try {
            makeFolder(settings.data());
            kept(DataLock.take(settings.data()));
            certificate = ServerCertificate.of(settings, Instant.now());
            Store store = kept(Store.open(settings));
            FirewallLink firewall = kept(new FirewallLink(settings.control()));
            JournalNotes notes = kept(new JournalNotes(store, firewall, clock));
            SealedSecrets sealed = SealedSecrets.in(settings.data());
            sealed.settle(store).ifPresent(report);
            identities = new Identities(store, settings, sealed, notes, clock);
            // Of its own: a look that takes too long ends its connection, and no order of a person with it.
            StatusWatch watch = kept(new StatusWatch(kept(new FirewallLink(settings.control()))));
            Contract contract = Contract.load();
            Operations operations = new Operations();
            Routes routes = new Routes(settings, certificate, contract, store, firewall, watch, identities, notes,
                    version, clock, report);
            kept(routes).register(operations);
            front = kept(HttpFront.start(settings.listen(), certificate, contract, operations,
                    identities.sessions(), settings.secondFactorDemanded(), metricsToken(settings), clock, report));
            watch.start();
        } catch (IOException | StoreException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Begins to serve.
     *
     * @param version of Sluice
     * @param report hears sentences for the operator
     * @throws IOException with a sentence: certificate, folder or address cannot be used
     * @throws StoreException the database cannot be used
     */
    public static ManagementServer start(ManageSettings settings, String version, Consumer<String> report)
            throws IOException, StoreException {
        return start(settings, version, report, InstantSource.system());
    }

    static ManagementServer start(ManageSettings settings, String version, Consumer<String> report, InstantSource clock)
            throws IOException, StoreException {
        return new ManagementServer(settings, version, report, clock);
    }

    private <T extends AutoCloseable> T kept(T part) {
        parts.push(part);
        return part;
    }

    private static void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rwx------")));
        }
    }

    private static Optional<String> metricsToken(ManageSettings settings) throws IOException {
        if (settings.metricsToken().isEmpty()) {
            return Optional.empty();
        }
        String token = Files.readString(settings.metricsToken().get()).strip();
        if (token.length() < 16) {
            throw new IOException("the token in `" + settings.metricsToken().get() + "` is shorter than 16 characters");
        }
        return Optional.of(token);
    }

    /** Where browsers find it. */
    public String site() {
        return settings.site().orElseGet(() -> {
            String address = settings.listen().address();
            String host = address.equals("0.0.0.0") || address.equals("::") ? "localhost" : address;
            return "https://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port();
        });
    }

    public int port() {
        return front.port();
    }

    /** Whether the thread answers that serves the pages. Waits for it, some seconds at most. */
    public boolean answers() {
        return front.answers();
    }

    public ServerCertificate certificate() {
        return certificate;
    }

    /** A link that makes the first account; empty where there is one already. The link printed before is void. */
    public Optional<String> setupLink() {
        return identities.accounts().none()
                ? Optional.of(site() + "/setup#" + identities.links().setup().token())
                : Optional.empty();
    }

    /** A link to set a new password, for somebody who lost it or the second factor; everything of the account ends. */
    public String passwordLink(String user) throws Refused {
        return site() + "/password#" + identities.users().link("console", user).token();
    }

    /** Accounts, sessions and what belongs to them. */
    Identities identities() {
        return identities;
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                // What cannot be closed ends with the process.
            }
        }
    }
}
