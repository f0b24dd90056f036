package io.sluice.inline.policy;

import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.Problem;
import java.util.List;

/**
 * A policy that can decide, that keeps what it promises, and that fits this appliance.
 *
 * @param warnings in the order of the text
 */
public record SoundPolicy(String yaml, Policy policy, CompiledPolicy compiled, List<Problem> warnings) {
    public SoundPolicy {
        warnings = List.copyOf(warnings);
    }

    public String hash() {
        return compiled.hash();
    }
}
