package io.sluice.seeded.rules;

import java.time.LocalDate;
import java.time.ZoneOffset;

/** A seeded violation: {@code now()} is a clock by another name. */
public final class ReadsTheDate {
    public LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }
}
