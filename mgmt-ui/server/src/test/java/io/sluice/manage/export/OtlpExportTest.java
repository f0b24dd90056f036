package io.sluice.manage.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.sluice.manage.query.FilterContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a receiver gets over a real connection, read with OpenTelemetry's own classes. */
class OtlpExportTest {
    private static final String METRICS = """
            # HELP sluice_port_frames_total frames
            # TYPE sluice_port_frames_total counter
            sluice_port_frames_total{direction="in",port="plant \\"A\\""} 41.0
            # TYPE sluice_flows gauge
            sluice_flows 7.0
            # TYPE sluice_latency_seconds summary
            sluice_latency_seconds{quantile="0.5"} 1.2E-5
            sluice_latency_seconds_count 99
            """;

    @Test
    void countersAndGaugesArriveWithTheirLabels() throws Exception {
        LinkedBlockingQueue<byte[]> bodies = new LinkedBlockingQueue<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/metrics", exchange -> {
            bodies.add(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try {
            Exports exports = Exports.open(List.of(ExportSettings.of("otel", ExportSettings.Kind.OTLP,
                    "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/metrics", "")), "gate-3",
                    FilterContext.at(0), () -> METRICS);
            Thread.sleep(500); // metrics are taken at once, and sent at the end at the latest
            exports.close();
            byte[] body = bodies.poll(60, TimeUnit.SECONDS);
            ExportMetricsServiceRequest request = ExportMetricsServiceRequest
                    .parseFrom(body == null ? new byte[0] : body);
            Map<String, Metric> metrics = request.getResourceMetrics(0).getScopeMetrics(0).getMetricsList().stream()
                    .collect(Collectors.toMap(Metric::getName, m -> m, (a, _) -> a));
            assertEquals(41, Objects.requireNonNull(metrics.get("sluice_port_frames_total")).getSum().getDataPoints(0)
                    .getAsDouble());
            assertTrue(Objects.requireNonNull(metrics.get("sluice_port_frames_total")).getSum().getDataPoints(0)
                    .getAttributesList().stream()
                    .anyMatch(a -> a.getKey().equals("port") && a.getValue().getStringValue().equals("plant \"A\"")));
            assertEquals(7,
                    Objects.requireNonNull(metrics.get("sluice_flows")).getGauge().getDataPoints(0).getAsDouble());
            assertEquals(99, Objects.requireNonNull(metrics.get("sluice_latency_seconds_count")).getSum()
                    .getDataPoints(0).getAsDouble());
            assertTrue(request.getResourceMetrics(0).getResource().getAttributesList().stream()
                    .anyMatch(a -> a.getKey().equals("host.name") && a.getValue().getStringValue().equals("gate-3")));
            assertEquals(1, exports.status().getFirst().sent());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aReceiverThatRefusesIsReported() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/metrics", exchange -> {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        server.start();
        try {
            Exports exports = Exports.open(List.of(ExportSettings.of("otel", ExportSettings.Kind.OTLP,
                    "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/metrics", "")), "gate-3",
                    FilterContext.at(0), () -> METRICS);
            Thread.sleep(500);
            exports.close();
            assertTrue(exports.status().getFirst().trouble().contains("answers 503"), exports.status()::toString);
            assertEquals(1, exports.status().getFirst().lost());
        } finally {
            server.stop(0);
        }
    }
}
