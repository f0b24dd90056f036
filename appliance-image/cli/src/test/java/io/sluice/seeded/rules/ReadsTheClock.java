package io.sluice.seeded.rules;

import java.time.Clock;

/** A seeded violation: time is an argument. */
public final class ReadsTheClock {
    public long now() {
        return Clock.systemUTC().millis();
    }
}
