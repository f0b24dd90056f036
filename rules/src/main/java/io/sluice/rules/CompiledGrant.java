package io.sluice.rules;

import io.sluice.dissect.Protocol;
import java.util.Optional;

/**
 * A grant ready to decide, together with the policy it was compiled for: a request passes if the policy allows it and
 * {@link #table} does.
 *
 * @param policy whose numbers the table uses
 * @param target place of the asset
 * @param protocol of the conduit; empty: it speaks of connections as a whole
 * @param port of the conduit's service; 0 where it has none
 */
public record CompiledGrant(Grant grant, CompiledPolicy policy, int target, Optional<Protocol> protocol, int port,
        DecisionTable table) {}
