package io.sluice.manage.export;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import io.micrometer.registry.otlp.OtlpMetricsSender;
import io.sluice.manage.export.ExportStatus.State;
import java.io.Closeable;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The firewall's metrics by OTLP over HTTP: what it says in Prometheus' text, asked for and sent on once a minute. */
final class OtlpExport implements Closeable {
    private static final Duration STEP = Duration.ofSeconds(Long.getLong("sluice.otlp.seconds", 60));
    /** More series than this are not sent on. */
    private static final int MOST_SERIES = 10_000;

    private final ExportSettings settings;
    private final Supplier<String> prometheus;
    private final OtlpMeterRegistry registry;
    private final Map<PrometheusKey, double[]> values = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("export-otlp").factory());
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final ScheduledFuture<?> taking;
    private volatile String trouble = "";

    private record PrometheusKey(String name, Map<String, String> labels) {}

    OtlpExport(ExportSettings settings, String host, Supplier<String> prometheus) throws ExportException {
        this.settings = settings;
        this.prometheus = prometheus;
        URI uri = uri(settings);
        OtlpConfig config = new OtlpConfig() {
            @Override
            public @Nullable String get(String key) {
                return switch (key) {
                    case "otlp.url" -> uri.toString();
                    case "otlp.step" -> STEP.toSeconds() + "s";
                    default -> null;
                };
            }

            @Override
            public Map<String, String> resourceAttributes() {
                return Map.of("service.name", "sluice", "host.name", host);
            }
        };
        registry = OtlpMeterRegistry.builder(config).clock(Clock.SYSTEM).metricsSender(this::send).build();
        taking = clock.scheduleAtFixedRate(this::take, 0, Math.max(1, STEP.toMillis() / 2), TimeUnit.MILLISECONDS);
    }

    private static URI uri(ExportSettings settings) throws ExportException {
        try {
            URI uri = URI.create(settings.target());
            if (uri.getHost() != null && List.of("http", "https").contains(String.valueOf(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new ExportException("the target `" + settings.target() + "` of the export `" + settings.name()
                + "` is no receiver of OTLP; write `http://collector.example:4318/v1/metrics`");
    }

    /** What the firewall counts now. */
    private void take() {
        for (PrometheusText.Sample sample : PrometheusText.read(prometheus.get())) {
            if (!Double.isFinite(sample.value())) {
                continue;
            }
            PrometheusKey key = new PrometheusKey(sample.name(), sample.labels());
            double[] known = values.get(key);
            if (known == null && values.size() < MOST_SERIES) {
                known = new double[1];
                values.put(key, known);
                register(sample, known);
            }
            if (known != null) {
                known[0] = sample.value();
            }
        }
    }

    private void register(PrometheusText.Sample sample, double[] value) {
        Tags tags = Tags.of(sample.labels().entrySet().stream().map(l -> io.micrometer.core.instrument.Tag
                .of(l.getKey(), l.getValue())).toList());
        if (sample.counter()) {
            FunctionCounter.builder(sample.name(), value, v -> v[0]).tags(tags).register(registry);
        } else {
            Gauge.builder(sample.name(), value, v -> v[0]).tags(tags).register(registry);
        }
    }

    private void send(OtlpMetricsSender.Request request) {
        try {
            HttpRequest.Builder post = HttpRequest.newBuilder(URI.create(String.valueOf(request.getAddress())))
                    .timeout(Duration.ofSeconds(10)).header("Content-Type", "application/x-protobuf")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(request.getMetricsData()));
            new HashMap<>(request.getHeaders()).forEach(post::setHeader);
            HttpResponse<String> answer = http.send(post.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 == 2) {
                sent.incrementAndGet();
                trouble = "";
            } else {
                failed("it answers " + answer.statusCode());
            }
        } catch (java.io.IOException e) {
            failed(e.getMessage() == null ? "no connection" : e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void failed(String why) {
        lost.incrementAndGet();
        trouble = settings.target() + " takes no metrics: " + why + "; trying again every " + STEP.toSeconds() + " s";
    }

    ExportStatus status() {
        return new ExportStatus(settings.name(), settings.kind().word(), settings.target(), "",
                trouble.isEmpty() ? State.WORKING : State.WAITING, sent.get(), lost.get(), 0, trouble);
    }

    @Override
    public void close() {
        taking.cancel(false);
        clock.shutdownNow();
        registry.close();
        http.close();
    }
}
