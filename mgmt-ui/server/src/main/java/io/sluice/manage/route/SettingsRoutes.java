package io.sluice.manage.route;

import io.sluice.control.ControlException;
import io.sluice.control.v1.StatisticsRequest;
import io.sluice.manage.firewall.FirewallLink;
import io.sluice.manage.http.Answer;
import io.sluice.manage.http.Contract;
import io.sluice.manage.http.Json;
import io.sluice.manage.http.Operations;
import io.sluice.manage.http.ServerCertificate;
import io.sluice.manage.settings.ManageSettings;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How this server is set up, its API document, and metrics for programs. */
public final class SettingsRoutes implements Operations.Part {
    private final ManageSettings settings;
    private final ServerCertificate certificate;
    private final String database;
    private final Contract contract;
    private final FirewallLink firewall;
    private final Supplier<String> ownMetrics;
    private final Supplier<List<ExportView>> exports;
    private final boolean activeIdentification;

    SettingsRoutes(ManageSettings settings, ServerCertificate certificate, String database, Contract contract,
            FirewallLink firewall, Supplier<String> ownMetrics, Supplier<List<ExportView>> exports,
            boolean activeIdentification) {
        this.settings = settings;
        this.certificate = certificate;
        this.database = database;
        this.contract = contract;
        this.firewall = firewall;
        this.ownMetrics = ownMetrics;
        this.exports = exports;
        this.activeIdentification = activeIdentification;
    }

    /** The schema {@code Export} of the API document. */
    record ExportView(String name, String kind, String target, @Nullable String filter, String state, long sent,
            long lost, @Nullable String trouble) {}

    @Override
    public void register(Operations operations) {
        operations.on("getSettings", _ -> settings())
                .on("getContract", _ -> Answer.text("application/yaml; charset=utf-8", contract.text()))
                .on("getMetrics", _ -> metrics());
    }

    private record CertificateView(String fingerprint, String notAfter, boolean generated, List<String> names) {}

    private record GroupView(String group, List<String> roles) {}

    private record ProviderView(String issuer, String client, String name, String groupClaim, List<GroupView> groups) {
        static ProviderView of(ManageSettings.Provider p) {
            return new ProviderView(p.issuer(), p.client(), p.name(), p.groupClaim(), p.roles().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey()).map(e -> new GroupView(e.getKey(), e.getValue())).toList());
        }
    }

    private record SettingsView(String listen, CertificateView certificate, String database, String controlSocket,
            String journal, String data, String sessionIdle, String sessionLongest, long largestCapture,
            boolean metrics, List<AlertThresholds.Threshold> alerts, @Nullable ProviderView oidc, boolean totpDemanded,
            List<ExportView> exports,
            boolean activeIdentification) {}

    private Answer settings() {
        return Answer.ok(new SettingsView(settings.listen().toString(),
                new CertificateView(certificate.fingerprint(),
                        Json.time(certificate.certificate().getNotAfter().toInstant()), certificate.generated(),
                        certificate.names()),
                database, settings.control().toString(), settings.journal().toString(), settings.data().toString(),
                AlertThresholds.text(settings.sessions().idle()), AlertThresholds.text(settings.sessions().longest()),
                settings.largestCapture(), settings.metricsToken().isPresent(),
                AlertThresholds.of(settings.watching().alerts()),
                settings.provider().map(ProviderView::of).orElse(null),
                settings.secondFactorDemanded(), exports.get(), activeIdentification));
    }

    /** The firewall's and this server's; where the firewall does not answer, one line says so. */
    private Answer metrics() {
        String text;
        try {
            text = "# TYPE sluice_up gauge\nsluice_up 1\n"
                    + firewall.call(c -> c.statistics(StatisticsRequest.getDefaultInstance())).getPrometheus();
        } catch (ControlException e) {
            text = "# TYPE sluice_up gauge\nsluice_up 0\n";
        }
        return Answer.text("text/plain; version=0.0.4; charset=utf-8",
                (text.endsWith("\n") ? text : text + "\n") + ownMetrics.get());
    }
}
