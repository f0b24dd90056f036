package io.sluice.inline.pipeline;

import io.sluice.capture.port.ThreadPlacement;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * How packet threads run.
 *
 * @param spin they never sleep
 * @param processors on which processors, in the order of the threads; empty: wherever the system puts them
 * @param priority real-time priority, 1 to 99
 * @param notes hears what could not be had
 */
public record Threads(boolean spin, List<Integer> processors, OptionalInt priority, Consumer<String> notes) {
    public Threads {
        processors = List.copyOf(processors);
    }

    /** @param index which of the packet threads it is, from 0 */
    Thread packetThread(String name, int index, Runnable work) {
        return Thread.ofPlatform().name(name).unstarted(() -> {
            if (!processors.isEmpty()) {
                ThreadPlacement.pin(processors.get(index % processors.size())).ifPresent(notes);
            }
            priority.ifPresent(p -> ThreadPlacement.realTime(p).ifPresent(notes));
            work.run();
        });
    }

    static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true; // what it works on is about to be closed: it has to be waited for
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
