package io.sluice.bench;

import io.sluice.capture.CaptureException;
import io.sluice.capture.CaptureReader;
import io.sluice.replay.CaptureSource;
import java.nio.file.Path;

/** A capture in a file. */
record CaptureFile(Path path) implements CaptureSource {
    @Override
    public String name() {
        return path.toString();
    }

    @Override
    public CaptureReader open() throws CaptureException {
        return CaptureReader.open(path);
    }
}
