package io.sluice.manage;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes on, and jumps when told. */
final class MovedClock implements InstantSource {
    private volatile Duration ahead = Duration.ZERO;

    void move(Duration by) {
        ahead = ahead.plus(by);
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }
}
