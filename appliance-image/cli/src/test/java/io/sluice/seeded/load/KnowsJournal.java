package io.sluice.seeded.load;

import io.sluice.seeded.journal.AsksCapture;

/** A seeded violation: load measures a firewall from outside, by what its control socket tells. */
public final class KnowsJournal {
    public Object journal() {
        return new AsksCapture();
    }
}
