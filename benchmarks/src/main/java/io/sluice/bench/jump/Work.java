package io.sluice.bench.jump;

import io.sluice.load.rig.Asked;
import io.sluice.load.rig.ProcessFigures;
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
 * What a process has done so far, which neighbours on the machine disturb less than a clock: proc(5).
 *
 * @param nanos that its threads have had a processor
 * @param waits how often one of its threads went to sleep, which another one or the kernel had to end
 */
record Work(long nanos, long waits) {
    private static final String WAITS = "voluntary_ctxt_switches:";

    static Work of(Asked process) throws RigException {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(process.pid()), "task"))) {
            return new Work(ProcessFigures.processorNanos(process.pid()),
                    threads.mapToLong(thread -> waits(thread.resolve("status"))).sum());
        } catch (IOException | UncheckedIOException e) {
            throw new RigException("the process %d has ended".formatted(process.pid()));
        }
    }

    private static long waits(Path status) {
        try {
            List<String> lines = Files.readAllLines(status);
            return lines.stream().filter(line -> line.startsWith(WAITS))
                    .mapToLong(line -> Long.parseLong(line.substring(WAITS.length()).strip())).sum();
        } catch (NoSuchFileException e) {
            return 0; // that thread has ended
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Work since(Work before) {
        return new Work(nanos - before.nanos, waits - before.waits);
    }

    String each(long requests) {
        return String.format(Locale.ROOT, "%.0f µs of a processor, %.1f waits", nanos / 1e3 / requests,
                (double) waits / requests);
    }
}
