package io.sluice.bench;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

class DecideIT {
    private static RunResult run(String benchmark, int rules) throws RunnerException {
        return new Runner(new OptionsBuilder().include("\\.DecideBenchmark\\." + benchmark + "$")
                .param("rules", Integer.toString(rules)).forks(1).warmupIterations(3)
                .warmupTime(TimeValue.milliseconds(300)).measurementIterations(3)
                .measurementTime(TimeValue.milliseconds(300)).addProfiler(GCProfiler.class).shouldFailOnError(true)
                .build()).runSingle();
    }

    private static double bytesPerDecision(RunResult result) {
        return requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm")).getScore();
    }

    @Test
    void decidingAllocatesNothingHoweverManyRulesThereAre() throws RunnerException {
        RunResult few = run("decide", 10);
        RunResult many = run("decide", 10_000);
        assertEquals(0.0, bytesPerDecision(few), 0.5);
        assertEquals(0.0, bytesPerDecision(many), 0.5);
        // Printed, not asserted: a shared machine is no place to fail by the clock.
        double nanosFew = few.getPrimaryResult().getScore();
        double nanosMany = many.getPrimaryResult().getScore();
        System.out.printf("decide: %.1f ns with 10 rules, %.1f ns with 10000 rules, ratio %.2f%n", nanosFew, nanosMany,
                nanosMany / nanosFew);
    }

    @Test
    void theGaugeSeesAllocation() throws RunnerException {
        assertTrue(bytesPerDecision(run("allocates", 10)) > 60);
    }
}
