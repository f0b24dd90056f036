package io.sluice.rules;

import io.sluice.dissect.Shortfall;

/** What a {@link DecisionTable} said of one message. One object per worker, overwritten by each decision. */
public final class Verdict {
    /** {@link #rule} when no rule decided: nothing that was not named passes. */
    public static final int DEFAULT = -1;

    boolean allowed;
    int rule = DEFAULT;
    int shortfall = Shortfall.NONE;
    int span;
    int index;
    boolean narrowed;

    /** Forgets the previous decision. */
    void reset() {
        allowed = false;
        rule = DEFAULT;
        shortfall = Shortfall.NONE;
        span = 0;
        index = 0;
        narrowed = false;
    }

    public boolean allowed() {
        return allowed;
    }

    /**
     * Index into {@link CompiledPolicy#rules} of the rule that decided: the deny that was touched, or the allow that
     * covered the first item; {@link #DEFAULT} when no allow covered an item.
     */
    public int rule() {
        return rule;
    }

    /** The table itself would have allowed it; the one that narrows it did not. */
    public boolean narrowed() {
        return narrowed;
    }

    /** One of {@link Shortfall}'s numbers; {@link Shortfall#NONE} for an allow. */
    public int shortfall() {
        return shortfall;
    }

    /** The span of the item that was refused. */
    public int span() {
        return span;
    }

    /**
     * The item that was refused, counted from the span's first; where a span writes several values to its one item, the
     * value.
     */
    public int index() {
        return index;
    }
}
