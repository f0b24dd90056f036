package io.sluice.manage.route;

import io.sluice.control.ControlException;
import io.sluice.control.v1.StatisticsRequest;
import io.sluice.manage.Refused;
import io.sluice.manage.alerts.Alert;
import io.sluice.manage.alerts.Watch;
import io.sluice.manage.assets.ActiveIdentification;
import io.sluice.manage.assets.Asset;
import io.sluice.manage.assets.Identification;
import io.sluice.manage.assets.IdentificationException;
import io.sluice.manage.assets.NamedAssets;
import io.sluice.manage.export.ExportException;
import io.sluice.manage.export.Exports;
import io.sluice.manage.firewall.FirewallLink;
import io.sluice.manage.query.FilterContext;
import io.sluice.manage.settings.ManageSettings.Watching;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** What leaves this server by itself or by a person's wish: exports, and questions to devices. */
final class Outlets implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Exports exports;
    private final boolean exporting;
    private final ActiveIdentification identification;

    /** @param filters what the filters of exports mean, asked for with each event */
    Outlets(Watching settings, FirewallLink firewall, Supplier<FilterContext> filters) throws IOException {
        exporting = !settings.exports().isEmpty();
        identification = new ActiveIdentification(settings.activeIdentification(), PATIENCE);
        try {
            exports = Exports.open(settings.exports(), host(), filters, () -> metrics(firewall));
        } catch (ExportException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "sluice";
        }
    }

    private static String metrics(FirewallLink firewall) {
        try {
            return firewall.call(c -> c.statistics(StatisticsRequest.getDefaultInstance())).getPrometheus();
        } catch (ControlException e) {
            return "";
        }
    }

    /** Exports what the watch reads from now on; before it starts. */
    void follow(Watch watch) {
        if (exporting) {
            watch.also(exports::accept);
        }
    }

    void alert(Alert alert) {
        exports.accept(alert);
    }

    List<SettingsRoutes.ExportView> status() {
        return exports.status().stream().map(s -> new SettingsRoutes.ExportView(s.name(), s.kind(), s.target(),
                s.filter().isEmpty() ? null : s.filter(), s.state().word(), s.sent(), s.lost(),
                s.trouble().isEmpty() ? null : s.trouble())).toList();
    }

    boolean mayAsk() {
        return identification.allowed();
    }

    /** Asks a device at the ports where the policy expects it. */
    Identification ask(Asset asset, NamedAssets names) throws Refused {
        try {
            return identification.identify(asset, names);
        } catch (IdentificationException e) {
            throw Refused.conflict("not-identified", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        exports.close();
    }
}
