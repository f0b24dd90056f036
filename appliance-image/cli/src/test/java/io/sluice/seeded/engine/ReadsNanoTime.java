package io.sluice.seeded.engine;

/** A seeded violation: replay must decide as the dataplane did. */
public final class ReadsNanoTime {
    public long now() {
        return System.nanoTime();
    }
}
