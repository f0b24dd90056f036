package io.sluice.capture.port;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Where and how the calling thread runs: sched(7). What the system does not grant is told in a sentence and changes
 * nothing; packets flow without it, only less evenly.
 */
public final class ThreadPlacement {
    public static final int LEAST_PRIORITY = 1;
    public static final int MOST_PRIORITY = 99;
    /** Size of cpu_set_t of sched.h, in bits. */
    private static final int CPUS = 1024;
    private static final int CALLING_THREAD = 0;
    private static final int SCHED_FIFO = 1;

    private ThreadPlacement() {}

    /**
     * Keeps the calling thread on one processor.
     *
     * @param cpu as the system numbers them, from 0
     * @return what was in the way
     */
    public static Optional<String> pin(int cpu) {
        if (cpu < 0 || cpu >= CPUS) {
            return Optional.of("there is no processor %d; they are numbered from 0".formatted(cpu));
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(CPUS / Byte.SIZE, Long.BYTES);
            mask.set(JAVA_BYTE, cpu / Byte.SIZE, (byte) (1 << cpu % Byte.SIZE));
            int result = Libc.schedSetaffinity(CALLING_THREAD, mask);
            return result >= 0
                    ? Optional.empty()
                    : Optional.of(
                            "the thread cannot be kept on processor %d (%s); is there one, and may this process use it?"
                                    .formatted(
                                            cpu, Libc.words(result)));
        }
    }

    /**
     * Lets the calling thread run before all that are not real-time, and never gives its processor to equals: SCHED_FIFO. A
     * thread that spins while idle then starves whatever else its processor should do.
     *
     * @param priority {@link #LEAST_PRIORITY} to {@link #MOST_PRIORITY}
     * @return what was in the way
     */
    public static Optional<String> realTime(int priority) {
        try (Arena arena = Arena.ofConfined()) {
            int result = Libc.schedSetscheduler(CALLING_THREAD, SCHED_FIFO, arena.allocateFrom(JAVA_INT, priority));
            return result >= 0
                    ? Optional.empty()
                    : Optional.of(
                            "real-time priority %d is not granted (%s); it needs root, or CAP_SYS_NICE, or a limit `rtprio`"
                                    .formatted(
                                            priority, Libc.words(result)));
        }
    }
}
