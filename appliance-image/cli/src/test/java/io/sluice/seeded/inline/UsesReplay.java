package io.sluice.seeded.inline;

import io.sluice.seeded.replay.UsesTestData;

/** A seeded violation: hosts do not know one another. */
public final class UsesReplay {
    public boolean isOther(Object host) {
        return host instanceof UsesTestData;
    }
}
