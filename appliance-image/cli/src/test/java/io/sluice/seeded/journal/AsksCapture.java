package io.sluice.seeded.journal;

import io.sluice.seeded.capture.KnowsReplay;

/** A seeded violation: the journal hears of events, it does not read captures or ports. */
public final class AsksCapture {
    public Object capture() {
        return new KnowsReplay();
    }
}
