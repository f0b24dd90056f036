package io.sluice.inline.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.inline.Counters;
import io.sluice.inline.DataplaneStatus;
import io.sluice.inline.JournalHealth;
import io.sluice.inline.MemoryDataplane;
import io.sluice.inline.policy.Appliance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
    @TempDir
    Path folder;

    private MemoryDataplane dataplane;

    @BeforeEach
    void start() throws Exception {
        dataplane = Appliance.fresh(folder).dataplane;
    }

    @Test
    void everyNumberIsThereUnderItsLabels() {
        try (Metrics metrics = metrics()) {
            String text = metrics.text();
            for (String line : List.of("sluice_port_frames_total{direction=\"in\",port=\"cell\"} 100.0",
                    "sluice_port_bytes_total{direction=\"out\",port=\"cell\"} 6468.0",
                    "sluice_port_lost_frames_total{cause=\"ring-full\",port=\"cell\"} 5.0",
                    "sluice_port_up{interface=\"enp2s0\",port=\"cell\"} 1.0",
                    "sluice_port_up{interface=\"enp3s0\",port=\"plant\"} 0.0",
                    "sluice_messages_total{conduit=\"hmi-setpoints\",enforced=\"true\",reason=\"denied\",verdict=\"deny\"} 7.0",
                    "sluice_dropped_frames_total{cause=\"checksum\"} 4.0",
                    "sluice_dropped_frames_total{cause=\"spoofed\"} 0.0", "sluice_ring_taken{ring=\"events-0\"} 12.0",
                    "sluice_flows 3.0", "sluice_flow_changes_total{change=\"opened\"} 10.0",
                    "sluice_clock_trusted 0.0", "sluice_journal_lost_total 9.0", "sluice_journal_repeats_total 4711.0",
                    "sluice_journal_trouble 1.0",
                    "sluice_control_refused_total 2.0")) {
                assertTrue(text.lines().anyMatch(line::equals), () -> line + " is missing in:\n" + text);
            }
            assertTrue(text.contains("jvm_memory_used_bytes{"), text);
        }
    }

    // Latencies of 1, 2 … 100 µs, HdrHistogram's three digits included.
    @Test
    void latenciesAreCountedBelowBoundsAndAsQuantiles() {
        try (Metrics metrics = metrics()) {
            String text = metrics.text();
            assertEquals(1.0,
                    value(text, "sluice_added_latency_frames_total{from=\"plant\",le=\"0.000001\",to=\"cell\"}"));
            assertEquals(10.0,
                    value(text, "sluice_added_latency_frames_total{from=\"plant\",le=\"0.00001\",to=\"cell\"}"));
            assertEquals(100.0,
                    value(text, "sluice_added_latency_frames_total{from=\"plant\",le=\"+Inf\",to=\"cell\"}"));
            assertEquals(50e-6, value(text,
                    "sluice_added_latency_seconds{from=\"plant\",quantile=\"0.5\",to=\"cell\"}"), 1e-7);
            assertEquals(99e-6, value(text,
                    "sluice_added_latency_seconds{from=\"plant\",quantile=\"0.99\",to=\"cell\"}"), 1e-7);
        }
    }

    @Test
    void theNextTextHasTheNextNumbersAndNewLabels() {
        try (Metrics metrics = metrics()) {
            metrics.text();
            Counters more = MemoryDataplane.counters(250);
            List<Counters.Verdicts> verdicts = new ArrayList<>(more.verdicts());
            verdicts.add(new Counters.Verdicts("new-conduit", "allowed", true, true, 1));
            dataplane.counters = new Counters(more.ports(), verdicts, more.drops(), more.rings(), more.flows(),
                    more.events(), more.latencies());
            String text = metrics.text();
            assertEquals(250.0, value(text, "sluice_port_frames_total{direction=\"in\",port=\"cell\"}"));
            assertTrue(text.contains("conduit=\"new-conduit\""), text);
        }
    }

    private static double value(String text, String series) {
        Matcher m = Pattern.compile("^" + Pattern.quote(series) + " (\\S+)$", Pattern.MULTILINE).matcher(text);
        assertTrue(m.find(), () -> series + " is missing in:\n" + text);
        return Double.parseDouble(m.group(1));
    }

    private Metrics metrics() {
        return new Metrics(new Metrics.Sources() {
            @Override
            public Counters counters() {
                return dataplane.counters();
            }

            @Override
            public DataplaneStatus status() {
                return dataplane.status();
            }

            @Override
            public JournalHealth journal() {
                return new JournalHealth(Optional.of(folder), 20, 3000, 9, 4711, Optional.of("the disk is full"));
            }

            @Override
            public long refusedPeers() {
                return 2;
            }
        });
    }
}
