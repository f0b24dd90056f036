package io.sluice.bench;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * What an event costs the journal's thread in CPU time, the system's part of writing and forcing included, and in memory:
 * figures that neighbours on the machine and a slow disk disturb less than those of a clock. Same events as
 * {@link JournalBenchmark}, best of some rounds.
 */
public final class JournalThroughput {
    private static final int EVENTS = 100_000;
    private static final int ROUNDS = 12;

    private JournalThroughput() {}

    public static void main(String[] arguments) throws IOException {
        for (String event : List.of("write", "refused", "read")) {
            JournalBenchmark benchmark = new JournalBenchmark();
            benchmark.event = event;
            benchmark.prepare();
            measure(event, benchmark);
            benchmark.remove();
        }
    }

    private static void measure(String event, JournalBenchmark benchmark) {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long best = Long.MAX_VALUE;
        long allocated = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long cpu = thread.getCurrentThreadCpuTime();
            long memory = thread.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < EVENTS; i++) {
                benchmark.record();
            }
            best = Math.min(best, thread.getCurrentThreadCpuTime() - cpu);
            allocated = thread.getCurrentThreadAllocatedBytes() - memory;
        }
        System.out.printf("%-8s %6d ns of CPU, %9d events per CPU-second, %5d B allocated%n", event, best / EVENTS,
                EVENTS * 1_000_000_000L / best, allocated / EVENTS);
    }
}
