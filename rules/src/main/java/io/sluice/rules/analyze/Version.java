package io.sluice.rules.analyze;

import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.policy.Policy;

/** A policy as written and as it decides; both of the same text. */
public record Version(Policy policy, CompiledPolicy compiled) {}
