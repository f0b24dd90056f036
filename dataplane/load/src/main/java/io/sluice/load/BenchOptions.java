package io.sluice.load;

import java.time.Duration;
import java.util.Optional;

/**
 * How it is measured.
 *
 * @param firewall main class of the command line, whose verb {@code inline} is measured
 * @param only the one measurement that is wanted
 * @param round how long one device is measured before it is the other's turn
 * @param rounds turns of each
 * @param minute how long the measurement of allocation lasts
 * @param seed of the load
 */
public record BenchOptions(Class<?> firewall, Optional<String> only, Duration round, int rounds, Duration minute,
        long seed) {
    private static final long SEED = 20_261_127;

    public static BenchOptions standard(Class<?> firewall) {
        return new BenchOptions(firewall, Optional.empty(), Duration.ofSeconds(3), 5, Duration.ofMinutes(1), SEED);
    }

    /** To see that everything works; its figures are no good for comparisons. */
    public static BenchOptions quick(Class<?> firewall) {
        return new BenchOptions(firewall, Optional.empty(), Duration.ofSeconds(1), 2, Duration.ofSeconds(5), SEED);
    }

    public BenchOptions only(String name) {
        return new BenchOptions(firewall, Optional.of(name), round, rounds, minute, seed);
    }

    public BenchOptions round(Duration other) {
        return new BenchOptions(firewall, only, other, rounds, minute, seed);
    }
}
