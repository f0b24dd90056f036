package io.sluice.journal;

/**
 * How many permitted requests of a flow, none of which the journal was told of by itself, each rule has allowed since the
 * flow began. Made once and filled again and again, so that packet threads can hand it over.
 */
public final class RuleReads {
    /** For flows of which nothing was counted so. */
    public static final RuleReads NONE = new RuleReads(0);

    private final int[] rules;
    private final long[] counts;
    private int size;
    private int places;

    /** @param most rules that there is room for */
    public RuleReads(int most) {
        rules = new int[most];
        counts = new long[most];
    }

    public void clear() {
        size = 0;
        places = 0;
    }

    /**
     * Puts in what a rule allowed.
     *
     * @param rule number in the policy of the event, or {@link io.sluice.rules.Verdict#DEFAULT} for several together
     */
    public void add(int rule, long count) {
        rules[size] = rule;
        counts[size++] = count;
    }

    /** At about how many places, of unit and address, the flow has read: up to 64, which stands for more as well. */
    public void places(int seen) {
        places = seen;
    }

    public int places() {
        return places;
    }

    public int size() {
        return size;
    }

    public int rule(int i) {
        return rules[i];
    }

    public long count(int i) {
        return counts[i];
    }
}
