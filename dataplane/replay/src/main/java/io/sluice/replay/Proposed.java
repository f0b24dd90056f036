package io.sluice.replay;

import io.sluice.rules.learn.Proposal;
import java.util.List;

/**
 * A policy that was learnt, for a page about it.
 *
 * @param name of the policy
 * @param source what it was learnt from
 * @param losses what was too much to remember, one sentence each
 */
public record Proposed(String name, Proposal proposal, String source, List<String> losses) {
    public Proposed {
        losses = List.copyOf(losses);
    }
}
