package io.sluice.rules.policy;

/**
 * A token bucket for each source address: {@code tokens} per {@code nanos}, at most {@code burst} at once.
 */
public record Rate(long tokens, long nanos, long burst, Position position) {}
