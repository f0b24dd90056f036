package io.sluice.seeded.engine;

import java.util.concurrent.ConcurrentHashMap;

/** A seeded violation: one worker owns a flow, so nothing is shared. */
public final class UsesExecutors {
    public Object flows() {
        return new ConcurrentHashMap<String, String>();
    }
}
