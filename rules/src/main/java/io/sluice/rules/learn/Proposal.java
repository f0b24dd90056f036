package io.sluice.rules.learn;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A policy that was learnt.
 *
 * @param policy its text, with comments
 * @param leftOut what is in no rule, in the order in which people should look at it
 * @param counts for the summary: what there is in it
 * @param allowed the shapes that its rules cover
 * @param outline what the text says, in parts
 */
public record Proposal(String policy, List<LeftOut> leftOut, Counts counts, Map<Conversation, Set<Shape>> allowed,
        Outline outline) {
    /** Sums. */
    public record Counts(int zones, int assets, int conduits, int rules, int decisions, int expectations) {}

    public Proposal {
        leftOut = List.copyOf(leftOut);
        allowed = Map.copyOf(allowed);
    }

    /** Nothing was seen that could be in a rule. */
    public boolean isEmpty() {
        return counts.rules() == 0;
    }

    public boolean allows(Conversation conversation, Shape shape) {
        return allowed.getOrDefault(conversation, Set.of()).contains(shape);
    }
}
