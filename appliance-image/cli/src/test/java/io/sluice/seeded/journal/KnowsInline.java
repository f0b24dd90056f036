package io.sluice.seeded.journal;

import io.sluice.seeded.inline.CallsNativeCode;

/** A seeded violation: the journal serves every host and knows none. */
public final class KnowsInline {
    public boolean isHost(Object host) {
        return host instanceof CallsNativeCode;
    }
}
