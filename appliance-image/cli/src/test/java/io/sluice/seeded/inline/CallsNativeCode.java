package io.sluice.seeded.inline;

import java.lang.foreign.Linker;

/** A seeded violation: native calls live in {@code capture}. */
public final class CallsNativeCode {
    public Object linker() {
        return Linker.nativeLinker();
    }
}
