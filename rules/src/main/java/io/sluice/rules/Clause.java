package io.sluice.rules;

import java.util.BitSet;
import java.util.List;

/**
 * A rule, or the part of it that concerns one operation.
 *
 * @param selectors for each selector field of the vocabulary, in its order, the values it matches, counted from the
 *     field's smallest
 */
public record Clause(int operation, List<BitSet> selectors, Term term) {
    public Clause {
        selectors = List.copyOf(selectors);
    }
}
