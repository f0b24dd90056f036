package io.sluice.load.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel counts of a process: proc(5). */
public final class ProcessFigures {
    /** USER_HZ, which is 100 on every machine that Linux's user interface is built for. */
    private static final long NANOS_PER_TICK = 10_000_000L;
    /** Fields of /proc/PID/stat behind the name in parentheses, which may hold anything. */
    private static final int USER_TICKS = 11, SYSTEM_TICKS = 12;

    private ProcessFigures() {}

    /** Time that all threads together have had a processor. */
    public static long processorNanos(long pid) throws RigException {
        String stat = read(pid, "stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS])) * NANOS_PER_TICK;
    }

    /** Memory that the process has in use (VmRSS). */
    public static long residentBytes(long pid) throws RigException {
        String line = read(pid, "status").lines().filter(l -> l.startsWith("VmRSS:")).findFirst()
                .orElseThrow(() -> new RigException("the process " + pid + " has ended"));
        return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
    }

    private static String read(long pid, String file) throws RigException {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file));
        } catch (IOException e) {
            throw new RigException("the process %d has ended".formatted(pid));
        }
    }
}
