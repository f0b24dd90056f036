package io.sluice.capture.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Asked of the kernel itself, in /proc. */
class ThreadPlacementIT {
    private static final Path STATUS = Path.of("/proc/thread-self/status");

    @Test
    void aThreadIsKeptOnOneProcessor() throws Exception {
        Assumptions.assumeTrue(Files.exists(STATUS), "threads are placed on Linux only");
        String allowed = inThread(() -> {
            assertEquals(Optional.empty(), ThreadPlacement.pin(0));
            return Files.readString(STATUS);
        });
        assertTrue(allowed.contains("Cpus_allowed_list:\t0\n"), allowed);
    }

    @Test
    void aProcessorThatIsNotThereIsASentence() throws Exception {
        Assumptions.assumeTrue(Files.exists(STATUS), "threads are placed on Linux only");
        assertEquals(
                "the thread cannot be kept on processor 1000 (invalid argument); is there one, and may this process "
                        + "use it?",
                inThread(() -> ThreadPlacement.pin(1000).orElse("")));
        assertEquals("there is no processor -1; they are numbered from 0", ThreadPlacement.pin(-1).orElse(""));
    }

    @Test
    void aThreadGetsARealTimePriorityOrASentence() throws Exception {
        Assumptions.assumeTrue(Files.exists(STATUS), "threads are placed on Linux only");
        Optional<String> refusal = Optional.ofNullable(inThread(() -> {
            Optional<String> said = ThreadPlacement.realTime(7);
            assertEquals(said.isEmpty() ? "7" : "0", realTimePriority());
            return said.orElse(null);
        }));
        refusal.ifPresent(said -> assertTrue(said.startsWith("real-time priority 7 is not granted ("), said));
    }

    /** Field 40 of proc_pid_stat(5), the 38th behind the name in brackets. */
    private static String realTimePriority() throws IOException {
        String stat = Files.readString(Path.of("/proc/thread-self/stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[37];
    }

    private static <T> T inThread(Callable<T> call) throws Exception {
        FutureTask<T> task = new FutureTask<>(call);
        new Thread(task).start();
        return task.get();
    }
}
