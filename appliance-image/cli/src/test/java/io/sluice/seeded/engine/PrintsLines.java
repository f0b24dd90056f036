package io.sluice.seeded.engine;

/** A seeded violation: printing is logging. */
public final class PrintsLines {
    public void verdict() {
        System.out.println("deny");
    }
}
