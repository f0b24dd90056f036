package io.sluice.seeded.engine;

import java.nio.file.Files;
import java.nio.file.Path;

/** A seeded violation: who drives the engine reads and writes. */
public final class OpensFiles {
    public boolean journal() {
        return Files.exists(Path.of("journal"));
    }
}
