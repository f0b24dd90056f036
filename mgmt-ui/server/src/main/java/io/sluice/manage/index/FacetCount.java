package io.sluice.manage.index;

/**
 * How often a value occurs.
 *
 * @param value empty for events that have none
 * @param records of the journal that have it
 * @param lastMicros when it was last seen, microseconds since 1970-01-01T00:00Z
 */
public record FacetCount(String value, long records, Counts counts, long lastMicros) {}
