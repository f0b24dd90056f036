package io.sluice.inline;

import io.sluice.capture.port.PortException;
import io.sluice.inline.event.Event;
import io.sluice.inline.event.EventReader;
import io.sluice.inline.pipeline.LiveDataplane;
import io.sluice.inline.settings.Settings;
import io.sluice.rules.CompiledPolicy;
import java.util.function.Consumer;

/** A running firewall: ports, policy, journal, control. */
public final class Firewall implements AutoCloseable {
    private static final long LOOK_MILLIS = 200;

    private final LiveDataplane dataplane;
    private volatile boolean ending;

    /**
     * Opens ports; nothing passes before {@link #run}.
     *
     * @param notes hears what a person should know, in sentences
     */
    public Firewall(Settings settings, CompiledPolicy policy, Consumer<String> notes) throws PortException {
        Layout layout = new Layout(settings);
        dataplane = new LiveDataplane(layout.ports(), layout.options(notes), policy, new EventReader.Handler() {
            @Override
            public void event(Event event) {}

            @Override
            public void endOfBatch() {}
        }, notes);
    }

    /** Lets frames pass until somebody ends it. */
    public void run(Runnable ready) throws InterruptedException {
        dataplane.start();
        ready.run();
        while (!ending) {
            Thread.sleep(LOOK_MILLIS);
            if (dataplane.failure().isPresent()) {
                throw new IllegalStateException("the packet path has failed", dataplane.failure().get());
            }
        }
    }

    @Override
    public void close() {
        ending = true;
        dataplane.stop();
    }
}
