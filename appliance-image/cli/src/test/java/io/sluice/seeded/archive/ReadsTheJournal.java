package io.sluice.seeded.archive;

import io.sluice.seeded.journal.AsksCapture;

/** A seeded violation: archives are captures; what the firewall itself wrote down is the journal's. */
public final class ReadsTheJournal {
    public Object journal() {
        return new AsksCapture();
    }
}
