package io.sluice.rules.policy;

import java.util.Optional;

/**
 * What must hold, or the policy is not activated.
 *
 * @param does one request in the words of the protocol
 * @param protocol which protocol's words, where the pair has conduits of several; empty: the only one
 * @param allow whether it must be allowed
 * @param rule the rule that must decide; empty: {@code default} for a deny, any rule for an allow
 */
public record Expectation(String from, String to, Optional<String> protocol, String does, boolean allow,
        Optional<String> rule, Position position) {}
