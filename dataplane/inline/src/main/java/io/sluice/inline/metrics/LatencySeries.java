package io.sluice.inline.metrics;

import io.sluice.inline.Counters;
import java.math.BigDecimal;
import org.HdrHistogram.Histogram;

/**
 * What Sluice adds to the way of a frame, for each direction: counts below fixed bounds, of which Prometheus makes quantiles
 * over any time ({@code histogram_quantile}), and the quantiles since the start.
 */
final class LatencySeries {
    private static final String FRAMES = "sluice.added.latency.frames";
    private static final String QUANTILE = "sluice.added.latency.seconds";
    private static final long[] BOUNDS = {1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000,
            1_000_000, 2_000_000, 5_000_000, 10_000_000, 100_000_000, 1_000_000_000};
    private static final double[] QUANTILES = {0.5, 0.9, 0.99, 0.999, 1};

    private LatencySeries() {}

    static void show(Counters.Latency latency, Series series) {
        Histogram nanos = latency.nanos();
        for (long bound : BOUNDS) {
            series.count(FRAMES, "Frames that were delayed by no more than le seconds", below(nanos, bound), "from",
                    latency.from(), "to", latency.to(), "le", seconds(bound));
        }
        series.count(FRAMES, "Frames that were delayed by no more than le seconds", nanos.getTotalCount(), "from",
                latency.from(), "to", latency.to(), "le", "+Inf");
        for (double quantile : QUANTILES) {
            series.gauge(QUANTILE, "Delay that this share of frames did not exceed since the start, in seconds",
                    nanos.getValueAtPercentile(quantile * 100) / 1e9, "from", latency.from(), "to", latency.to(),
                    "quantile", quantile == 1 ? "1" : Double.toString(quantile));
        }
    }

    private static long below(Histogram nanos, long bound) {
        return nanos.getTotalCount() == 0 ? 0 : nanos.getCountBetweenValues(0, bound);
    }

    private static String seconds(long nanos) {
        return BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString();
    }
}
