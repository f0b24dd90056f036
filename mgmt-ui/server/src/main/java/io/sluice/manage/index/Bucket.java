package io.sluice.manage.index;

/**
 * What happened in one of equal spans of time.
 *
 * @param micros when it begins, microseconds since 1970-01-01T00:00Z
 */
public record Bucket(long micros, Counts counts) {}
