package io.sluice.rules.policy;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;

/**
 * Recurring hours of the week, in local wall time; {@code until} is excluded. Where it is not after {@code from}, the
 * window runs across midnight and belongs to the day on which it starts. {@code from == until} is a whole day.
 */
public record Window(String name, Set<DayOfWeek> days, LocalTime from, LocalTime until, ZoneId timezone,
        Position position) {
    public Window {
        days = Set.copyOf(days);
    }
}
