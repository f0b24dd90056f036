package io.sluice.manage.firewall;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long frames were delayed, as the firewall's metrics count it: frames by an upper bound in seconds, each bound including
 * those below it.
 */
record Latencies(Map<Double, Long> framesUpTo) {
    static final Latencies NONE = new Latencies(Map.of());
    private static final Pattern LINE = Pattern.compile(
            "sluice_added_latency_frames_total\\{[^}]*le=\"([^\"]+)\"[^}]*} ([0-9.eE+]+)");
    private static final double MICROS = 1e6;

    static Latencies of(String prometheus) {
        Map<Double, Long> sums = new TreeMap<>();
        Matcher line = LINE.matcher(prometheus);
        while (line.find()) {
            double bound = line.group(1).equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(line.group(1));
            sums.merge(bound, (long) Double.parseDouble(line.group(2)), Long::sum);
        }
        return new Latencies(sums);
    }

    Latencies since(Latencies before) {
        Map<Double, Long> between = new TreeMap<>();
        framesUpTo.forEach((bound, frames) -> between.put(bound,
                frames - before.framesUpTo().getOrDefault(bound, 0L)));
        return new Latencies(between);
    }

    /** The bound below which so large a part of the frames stayed; empty without frames. */
    Optional<Double> micros(double part) {
        long all = framesUpTo.values().stream().mapToLong(n -> n).max().orElse(0);
        if (all <= 0) {
            return Optional.empty();
        }
        return framesUpTo.entrySet().stream()
                .filter(e -> e.getValue() >= part * all && !Double.isInfinite(e.getKey()))
                .map(e -> e.getKey() * MICROS).findFirst();
    }
}
