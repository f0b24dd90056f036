package io.sluice.bench.jump;

import io.sluice.load.rig.Asked;
import io.sluice.load.rig.RigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What the threads of a process of Java have done so far, but those that compile, which go on for minutes after a start:
 * proc(5). Neighbours on the machine disturb it less than a clock.
 *
 * @param nanos that they have had a processor
 * @param waits how often one of them went to sleep, which another one or the kernel had to end
 */
record Work(long nanos, long waits) {
    private static final String WAITS = "voluntary_ctxt_switches:", NAME = "Name:";
    /** C1 and C2, as the kernel shows their names. */
    private static final String COMPILER = "CompilerThre";

    private static final Work NONE = new Work(0, 0);

    static Work of(Asked process) throws RigException {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(process.pid()), "task"))) {
            return threads.map(Work::of).reduce(NONE, Work::plus);
        } catch (IOException | UncheckedIOException e) {
            throw new RigException("the process %d has ended".formatted(process.pid()));
        }
    }

    private static Work of(Path thread) {
        try {
            List<String> status = Files.readAllLines(thread.resolve("status"));
            if (value(status, NAME).contains(COMPILER)) {
                return NONE;
            }
            // Its first number: nanoseconds on a processor.
            String[] times = Files.readString(thread.resolve("schedstat")).split(" ", -1);
            return new Work(Long.parseLong(times[0]), Long.parseLong(value(status, WAITS)));
        } catch (NoSuchFileException e) {
            return NONE; // that thread has ended
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String value(List<String> lines, String name) {
        return lines.stream().filter(line -> line.startsWith(name)).map(line -> line.substring(name.length()).strip())
                .findFirst().orElse("0");
    }

    private Work plus(Work other) {
        return new Work(nanos + other.nanos, waits + other.waits);
    }

    Work since(Work before) {
        return new Work(nanos - before.nanos, waits - before.waits);
    }

    String each(long requests) {
        return String.format(Locale.ROOT, "%.0f µs of a processor, %.1f waits", nanos / 1e3 / requests,
                (double) waits / requests);
    }
}
