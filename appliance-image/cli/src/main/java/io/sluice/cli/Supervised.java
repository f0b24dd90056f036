package io.sluice.cli;

import io.sluice.capture.port.ServiceManager;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A long run that a service manager, where one started it, is kept informed of: that it is ready, that those threads answer
 * whose work it is, and that it ends. A process whose threads do not answer says nothing, and is ended for it.
 */
final class Supervised implements AutoCloseable {
    /** So often within the time after which silence counts; one question may go unanswered for a third of it. */
    private static final int PER_PATIENCE = 3;

    private final Optional<ServiceManager> manager;
    private final BooleanSupplier answers;
    private final Consumer<String> notes;
    private final @Nullable Thread heart;
    private volatile boolean running = true;

    private Supervised(Optional<ServiceManager> manager, BooleanSupplier answers, Consumer<String> notes) {
        this.manager = manager;
        this.answers = answers;
        this.notes = notes;
        heart = manager.flatMap(ServiceManager::watchdog).map(patience -> Thread.ofPlatform().daemon()
                .name("sluice-watchdog").unstarted(() -> beat(patience.dividedBy(PER_PATIENCE)))).orElse(null);
    }

    /**
     * Tells that the start is over, and from now on that {@code answers}.
     *
     * @param environment of this process, where the service manager says how it is reached
     * @param answers whether those threads do whose work it is; may take its time
     * @param notes hears when they do not
     */
    static Supervised ready(Map<String, String> environment, BooleanSupplier answers, Consumer<String> notes) {
        Supervised run = new Supervised(ServiceManager.of(environment, ProcessHandle.current().pid()), answers, notes);
        run.manager.ifPresent(ServiceManager::ready);
        if (run.heart != null) {
            run.heart.start();
        }
        return run;
    }

    private void beat(Duration interval) {
        boolean before = true;
        while (running) {
            boolean now = answers.getAsBoolean();
            if (now) {
                manager.ifPresent(ServiceManager::alive);
            } else if (before && running) {
                notes.accept(
                        "the threads that do the work do not answer: unless they do soon, the service manager ends this process");
            }
            before = now;
            try {
                Thread.sleep(interval);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void close() {
        running = false;
        manager.ifPresent(ServiceManager::stopping);
        if (heart != null) {
            heart.interrupt();
        }
    }
}
