package io.sluice.bench;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The paths that run for each message allocate nothing; measured, with a control that does. */
class AllocationIT {
    private static RunResult decide(String benchmark, int rules) throws RunnerException {
        return run(new OptionsBuilder().include("\\.DecideBenchmark\\." + benchmark + "$").param("rules",
                Integer.toString(rules)).param("over", "same"));
    }

    private static RunResult run(ChainedOptionsBuilder options) throws RunnerException {
        return new Runner(options.forks(1).warmupIterations(3)
                .warmupTime(TimeValue.milliseconds(300)).measurementIterations(3)
                .measurementTime(TimeValue.milliseconds(300)).addProfiler(GCProfiler.class).shouldFailOnError(true)
                .build()).runSingle();
    }

    private static double bytesPerCall(RunResult result) {
        return requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm")).getScore();
    }

    @Test
    void decidingAllocatesNothingHoweverManyRulesThereAre() throws RunnerException {
        RunResult few = decide("decide", 10);
        RunResult many = decide("decide", 10_000);
        assertEquals(0.0, bytesPerCall(few), 0.5);
        assertEquals(0.0, bytesPerCall(many), 0.5);
        // Printed, not asserted: a shared machine is no place to fail by the clock.
        double nanosFew = few.getPrimaryResult().getScore();
        double nanosMany = many.getPrimaryResult().getScore();
        System.out.printf("decide: %.1f ns with 10 rules, %.1f ns with 10000 rules, ratio %.2f%n", nanosFew, nanosMany,
                nanosMany / nanosFew);
    }

    @Test
    void judgingAModbusRequestAllocatesNothing() throws RunnerException {
        RunResult judge = run(new OptionsBuilder().include("\\.ModbusBenchmark\\.judge$"));
        assertEquals(0.0, bytesPerCall(judge), 0.5);
        System.out.printf("modbus: %.1f ns from bytes to verdict%n", judge.getPrimaryResult().getScore());
    }

    @ParameterizedTest
    @ValueSource(strings = {"read", "write", "publish"})
    void judgingAnOpcUaRequestAllocatesNothing(String what) throws RunnerException {
        RunResult judge = run(new OptionsBuilder().include("\\.OpcUaBenchmark\\." + what + "$").param("nodes", "10"));
        assertEquals(0.0, bytesPerCall(judge), 0.5);
        System.out.printf("opcua, %s: %.1f ns from bytes to verdict%n", what, judge.getPrimaryResult().getScore());
    }

    @Test
    void theGaugeSeesAllocation() throws RunnerException {
        assertTrue(bytesPerCall(decide("allocates", 10)) > 60);
    }
}
