package io.sluice.seeded.replay;

import io.sluice.seeded.capture.KnowsReplay;

/** The permitted half of the seeded cycle. */
public final class KnowsCapture {
    public Object capture() {
        return new KnowsReplay();
    }
}
