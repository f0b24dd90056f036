package io.sluice.seeded.replay;

import io.sluice.seeded.testdata.Recordings;

/** A seeded violation: test support stays out of what is shipped. */
public final class UsesTestData {
    public Object recordings() {
        return new Recordings();
    }
}
