package io.sluice.load;

import java.util.List;

/**
 * What was measured.
 *
 * @param failures what could not be measured
 */
public record BenchReport(Machine machine, BenchOptions options, List<Row> rows, List<Failure> failures) {
    /** What could not be measured, and why, in a sentence. */
    public record Failure(String name, String why) {}

    public BenchReport {
        rows = List.copyOf(rows);
        failures = List.copyOf(failures);
    }

    /** Whether everything was measured and every target reached. */
    public boolean isGood() {
        return failures.isEmpty() && rows.stream().allMatch(row -> row.isReached().orElse(true));
    }
}
