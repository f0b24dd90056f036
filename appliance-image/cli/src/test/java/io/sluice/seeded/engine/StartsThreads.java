package io.sluice.seeded.engine;

/** A seeded violation: the engine is called, it does not run. */
public final class StartsThreads {
    public void run() {
        Thread.ofVirtual().start(() -> {
        });
    }
}
