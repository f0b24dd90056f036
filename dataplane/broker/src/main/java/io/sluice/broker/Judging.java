package io.sluice.broker;

import io.sluice.rules.CompiledGrant;
import io.sluice.rules.CompiledPolicy;

/**
 * By what messages at a door are judged: both must allow them.
 *
 * @param policy the one in force at the firewall
 * @param grant compiled for it
 */
public record Judging(CompiledPolicy policy, CompiledGrant grant) {
    public Judging {
        if (!grant.policy().equals(policy)) {
            throw new IllegalArgumentException("the grant was compiled for another policy");
        }
    }
}
