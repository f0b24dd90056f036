package io.sluice.rules;

import io.sluice.rules.policy.OnDeny;
import java.util.Optional;

/** What people want to know of a rule that decided. */
public record RuleInfo(String id, String conduit, boolean deny, OnDeny onDeny, Optional<String> because) {}
