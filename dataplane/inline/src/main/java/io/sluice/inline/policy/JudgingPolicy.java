package io.sluice.inline.policy;

import java.util.OptionalLong;

/**
 * A policy and how it came to judge.
 *
 * @param sinceNanos since 1970-01-01T00:00Z
 * @param nanosLeft until it is taken back, unless it is confirmed; empty: it is active
 */
public record JudgingPolicy(SoundPolicy policy, long sinceNanos, String who, OptionalLong nanosLeft) {}
