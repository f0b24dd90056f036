package io.sluice.seeded.capture;

import io.sluice.seeded.replay.KnowsCapture;

/** A seeded violation: half of a cycle. */
public final class KnowsReplay {
    public Object replay() {
        return new KnowsCapture();
    }
}
