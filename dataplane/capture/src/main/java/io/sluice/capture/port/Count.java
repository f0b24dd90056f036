package io.sluice.capture.port;

import java.util.concurrent.atomic.AtomicLong;

/** A counter that one thread adds to and any may read; costs the one no more than a field. */
final class Count {
    private final AtomicLong value = new AtomicLong();

    void add(long more) {
        value.setOpaque(value.getPlain() + more);
    }

    long get() {
        return value.getOpaque();
    }
}
