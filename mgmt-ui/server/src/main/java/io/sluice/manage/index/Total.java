package io.sluice.manage.index;

/**
 * How much meets a condition.
 *
 * @param firstMicros time of the first, microseconds since 1970-01-01T00:00Z; -1 where there is none
 * @param lastMicros time of the last
 */
public record Total(long records, Counts counts, long firstMicros, long lastMicros) {}
