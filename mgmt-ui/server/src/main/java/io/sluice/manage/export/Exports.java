package io.sluice.manage.export;

import io.sluice.manage.alerts.Alert;
import io.sluice.manage.event.Event;
import io.sluice.manage.query.Filter;
import io.sluice.manage.query.FilterContext;
import io.sluice.manage.query.FilterProblem;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** All exports of the settings. Adding to them never waits for a target. Any thread. */
public final class Exports implements Closeable {
    private final List<Export> exports = new ArrayList<>();
    private final List<OtlpExport> metrics = new ArrayList<>();

    private Exports() {}

    /**
     * Begins to export.
     *
     * @param host how this firewall is called in messages
     * @param filters what filters mean, asked for with each event
     * @param prometheus the firewall's metrics in Prometheus' text, asked for now and then; empty while there are none
     * @throws ExportException for the first one that cannot be as it is set
     */
    public static Exports open(List<ExportSettings> settings, String host, Supplier<FilterContext> filters,
            Supplier<String> prometheus) throws ExportException {
        Exports all = new Exports();
        try {
            for (ExportSettings one : settings) {
                if (one.kind() == ExportSettings.Kind.OTLP) {
                    all.metrics.add(new OtlpExport(one, host, prometheus));
                } else {
                    all.exports.add(new Export(one, filter(one), filters, format(one, host), target(one)));
                }
            }
        } catch (ExportException e) {
            all.close();
            throw e;
        }
        return all;
    }

    /** The same for filters that mean one thing for ever. */
    static Exports open(List<ExportSettings> settings, String host, FilterContext filters, Supplier<String> prometheus)
            throws ExportException {
        return open(settings, host, () -> filters, prometheus);
    }

    private static Filter filter(ExportSettings one) throws ExportException {
        return switch (Filter.parse(one.filter())) {
            case Filter.Result.Parsed parsed -> parsed.filter();
            case Filter.Result.Refused refused -> throw new ExportException("the filter `" + one.filter()
                    + "` of the export `" + one.name() + "` is not understood: " + refused.problems().stream()
                            .map(FilterProblem::sentence).collect(Collectors.joining("; ")));
        };
    }

    private static Format format(ExportSettings one, String host) {
        return switch (one.kind()) {
            case SYSLOG -> new SyslogFormat(host);
            case CEF -> SyslogFormat.wrapping(host, Cef::event, Cef::alert);
            case EVE_FILE, KAFKA, OTLP -> new Format() {
                @Override
                public byte[] event(Event e) {
                    return e.raw().getBytes(StandardCharsets.UTF_8);
                }

                @Override
                public Optional<byte[]> alert(Alert alert) {
                    return Optional.empty();
                }
            };
        };
    }

    private static Target target(ExportSettings one) throws ExportException {
        return switch (one.kind()) {
            case SYSLOG, CEF -> {
                syslog(one);
                yield new SyslogTarget(one);
            }
            case EVE_FILE -> new EveFileTarget(Path.of(one.target()));
            case KAFKA, OTLP -> new KafkaTarget(one);
        };
    }

    private static void syslog(ExportSettings one) throws ExportException {
        try {
            URI uri = URI.create(one.target());
            if ("syslog-tls".equals(uri.getScheme()) && uri.getHost() != null) {
                return;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new ExportException("the target `" + one.target() + "` of the export `" + one.name()
                + "` is no receiver of syslog over TLS; write `syslog-tls://collector.example:6514`");
    }

    public void accept(Event event) {
        exports.forEach(e -> e.accept(event));
    }

    public void accept(Alert alert) {
        exports.forEach(e -> e.accept(alert));
    }

    /** In the order of the settings, metrics last. */
    public List<ExportStatus> status() {
        List<ExportStatus> all = new ArrayList<>(exports.stream().map(Export::status).toList());
        metrics.forEach(m -> all.add(m.status()));
        return all;
    }

    /** Sends what waits, for some seconds at most. */
    @Override
    public void close() {
        metrics.forEach(OtlpExport::close);
        for (Export export : exports) {
            try {
                export.close();
            } catch (IOException e) {
                // its connection is gone either way
            }
        }
    }
}
